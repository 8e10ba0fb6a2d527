//! Sign-in with an identity provider.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use commissary_core::SignInElsewhere;
use commissary_core::people::GroupRule;
use commissary_oidc::{Issuer, OidcOptions, OidcProvider};
use jiff::SignedDuration;
use reqwest::Url;

use super::SystemClock;
use crate::failure::Failure;

/// Where browsers come back to.
const CALLBACK: &str = "/sign-in/oidc/callback";

/// Which identity provider people may sign in with.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Sign-in with OpenID Connect")]
pub(super) struct OidcArgs {
    /// The address that people reach this server by, which the provider must know with
    /// /sign-in/oidc/callback after it [default: the one that is listened on, if that is of
    /// this machine].
    #[arg(long, env = "COMMISSARY_PUBLIC_URL", value_name = "URL")]
    public_url: Option<Url>,
    /// The provider's issuer, to the letter as it calls itself.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_ISSUER",
        value_name = "URL",
        requires = "oidc_client_id"
    )]
    oidc_issuer: Option<Issuer>,
    /// What the provider calls this server.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_CLIENT_ID",
        value_name = "ID",
        requires = "oidc_issuer"
    )]
    oidc_client_id: Option<String>,
    /// A file with the secret that the provider gave this server; without one it is a public
    /// client. The file is read at each sign-in.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_CLIENT_SECRET_FILE",
        value_name = "FILE",
        requires = "oidc_issuer"
    )]
    oidc_client_secret_file: Option<PathBuf>,
    /// What people call the provider [default: the host of the issuer].
    #[arg(
        long,
        env = "COMMISSARY_OIDC_NAME",
        value_name = "NAME",
        requires = "oidc_issuer"
    )]
    oidc_name: Option<String>,
    /// The scopes to ask for, beside openid.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_SCOPES",
        value_name = "SCOPE",
        value_delimiter = ',',
        default_value = "profile,email"
    )]
    oidc_scopes: Vec<String>,
    /// The claim that names a person's groups; dots lead into nested ones.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_GROUPS_CLAIM",
        value_name = "CLAIM",
        default_value = "groups"
    )]
    oidc_groups_claim: String,
    /// What a group gives: a role in a workspace, or with `GROUP=admin` everything. May be given
    /// often; several in one are parted by `;`.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_ROLE",
        value_name = "GROUP=ROLE[@WORKSPACE]",
        value_delimiter = ';',
        requires = "oidc_issuer"
    )]
    oidc_role: Vec<GroupRule>,
    /// How many days what groups gave counts unless the person signs in again; API tokens do no
    /// more than their owner may.
    #[arg(
        long,
        env = "COMMISSARY_OIDC_ROLE_DAYS",
        value_name = "DAYS",
        default_value_t = 30,
        value_parser = clap::value_parser!(u16).range(1..=365)
    )]
    oidc_role_days: u16,
}

impl OidcArgs {
    /// The provider, if one is set up. It is not asked anything yet: a server whose provider
    /// is down starts and takes passwords.
    pub(super) fn elsewhere(
        self,
        listen: SocketAddr,
        base: &str,
    ) -> Result<Option<SignInElsewhere>, Failure> {
        let (Some(issuer), Some(client_id)) = (self.oidc_issuer, self.oidc_client_id) else {
            return Ok(None);
        };
        let public = match &self.public_url {
            Some(url) => origin(url)?,
            None if listen.ip().is_loopback() => base.to_owned(),
            None => {
                return Err(Failure::usage(
                    "with --oidc-issuer the server must know the address that people reach it by",
                )
                .with_hint("give --public-url, for example https://commissary.example.com"));
            }
        };
        if let Some(file) = &self.oidc_client_secret_file {
            let read = std::fs::read_to_string(file);
            let text = read.map_err(|error| {
                let shown = file.display();
                Failure::failed(format!(
                    "the client's secret `{shown}` cannot be read: {error}"
                ))
            })?;
            if text.trim().is_empty() {
                let shown = file.display();
                return Err(Failure::failed(format!(
                    "the client's secret `{shown}` is empty"
                )));
            }
        }
        if self.oidc_role.is_empty() {
            tracing::warn!(
                "no group gives a role (--oidc-role), so that the identity provider makes no user"
            );
        }
        let options = OidcOptions {
            name: self.oidc_name.unwrap_or_else(|| issuer.host()),
            issuer,
            client_id,
            client_secret_file: self.oidc_client_secret_file,
            redirect_url: format!("{public}{CALLBACK}"),
            scopes: self.oidc_scopes,
            groups_claim: self.oidc_groups_claim,
        };
        let provider = OidcProvider::new(options, Arc::new(SystemClock))
            .map_err(|error| Failure::failed(error.to_string()))?;
        Ok(Some(SignInElsewhere {
            provider: Arc::new(provider),
            rules: self.oidc_role,
            lasting: SignedDuration::from_hours(24 * i64::from(self.oidc_role_days)),
        }))
    }
}

/// A public address without a path: the console stands at the root.
fn origin(url: &Url) -> Result<String, Failure> {
    let plain = url.username().is_empty() && url.password().is_none();
    let whole = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    match matches!(url.scheme(), "http" | "https") && url.has_host() && plain && whole {
        true => Ok(url.as_str().trim_end_matches('/').to_owned()),
        false => Err(Failure::usage(format!(
            "`{url}` is not an address that the console can stand at"
        ))
        .with_hint("write it like https://commissary.example.com, with no path")),
    }
}
