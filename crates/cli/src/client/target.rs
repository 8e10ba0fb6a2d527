//! Which server, and which token for it.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use reqwest::Url;
use zeroize::Zeroizing;

use super::saved;
use crate::failure::{Failure, NOT_ALLOWED};
use crate::paths;

/// Which server to talk to.
#[derive(Debug, clap::Args)]
pub(crate) struct ServerArgs {
    /// The server's address.
    #[arg(
        long,
        global = true,
        env = "COMMISSARY_SERVER",
        default_value = "http://127.0.0.1:8080",
        value_name = "URL"
    )]
    server: String,
    /// A file with an API token; COMMISSARY_TOKEN holds one itself. After
    /// `commissary login`, and on the server's own machine, neither is needed.
    #[arg(long, global = true, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

/// A server with a token for it. No `Debug`: it holds the token.
pub(super) struct Target {
    base: Url,
    token: Zeroizing<String>,
}

impl Target {
    /// The server with the token that is known for it.
    pub(super) fn find(args: &ServerArgs) -> Result<Self, Failure> {
        let mut target = Self::without_token(args)?;
        target.token = find_token(args.token_file.as_deref(), &target.base)?;
        Ok(target)
    }

    /// The server with the token that `commissary login` kept, if it did.
    pub(super) fn with_kept_token(args: &ServerArgs) -> Result<Option<Self>, Failure> {
        let target = Self::without_token(args)?;
        let kept = saved::token(&target.base)?;
        Ok(kept.map(|token| Self { token, ..target }))
    }

    /// The server with no token.
    pub(super) fn without_token(args: &ServerArgs) -> Result<Self, Failure> {
        let wrong = || {
            Failure::usage(format!("`{}` is not a server's address", args.server))
                .with_hint("write it like http://127.0.0.1:8080")
        };
        let base = Url::parse(&args.server).map_err(|_| wrong())?;
        let plain = matches!(base.scheme(), "http" | "https") && base.username().is_empty();
        if !plain || base.password().is_some() || !base.has_host() {
            return Err(wrong());
        }
        let token = Zeroizing::new(String::new());
        Ok(Self { base, token })
    }

    /// The same server with another token.
    pub(super) fn presenting(self, token: Zeroizing<String>) -> Self {
        Self { token, ..self }
    }

    /// The address without a path, by which tokens are kept.
    pub(super) fn address(&self) -> &Url {
        &self.base
    }

    /// Whether what is sent can be read on the way.
    pub(super) fn is_clear_text(&self) -> bool {
        self.base.scheme() == "http"
    }

    pub(super) fn base(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Whether the server is on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        ip_of(&self.base).is_some_and(|ip| ip.is_loopback())
    }

    /// The URL of a resource below `/api/v1`.
    pub(super) fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Failure> {
        // URLs have a meaning of their own for these: they would lead elsewhere.
        if let Some(name) = path.iter().find(|name| ["", ".", ".."].contains(*name)) {
            return Err(Failure::usage(format!("`{name}` is not a name")));
        }
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| Failure::usage("the server's address cannot have a path"))?
            .pop_if_empty()
            .extend(["api", "v1"].iter().chain(path));
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }
}

fn find_token(file: Option<&Path>, base: &Url) -> Result<Zeroizing<String>, Failure> {
    if let Some(file) = file {
        return read_token(file);
    }
    if let Ok(token) = std::env::var("COMMISSARY_TOKEN")
        && !token.trim().is_empty()
    {
        return Ok(Zeroizing::new(token.trim().to_owned()));
    }
    if let Some(token) = saved::token(base)? {
        return Ok(token);
    }
    match local_token_file(base) {
        Some(file) => read_token(&file),
        None => Err(Failure::new(
            NOT_ALLOWED,
            format!("no token is known for the server at {base}"),
        )
        .with_hint("sign in with `commissary login`, start a server on this machine with `commissary serve`, or give a token with --token-file or COMMISSARY_TOKEN")),
    }
}

fn read_token(file: &Path) -> Result<Zeroizing<String>, Failure> {
    std::fs::read_to_string(file)
        .map(|text| Zeroizing::new(text.trim().to_owned()))
        .map_err(|error| {
            let shown = file.display();
            Failure::new(
                NOT_ALLOWED,
                format!("the token file `{shown}` cannot be read: {error}"),
            )
        })
}

/// The token file of a server on this machine, which `serve` noted when it started.
fn local_token_file(base: &Url) -> Option<PathBuf> {
    let address = SocketAddr::new(ip_of(base)?, base.port_or_known_default()?);
    let noted = std::fs::read_to_string(paths::local_server_file(address)?).ok()?;
    Some(PathBuf::from(noted.trim()))
}

/// The address of a URL that names one.
fn ip_of(url: &Url) -> Option<IpAddr> {
    match url.host_str()? {
        "localhost" => Some(IpAddr::from([127, 0, 0, 1])),
        host => host.trim_matches(['[', ']']).parse().ok(),
    }
}
