//! The port.

use std::sync::Arc;

use async_trait::async_trait;
use commissary_core::people::Challenge;
use commissary_core::ports::{Clock, IdentityElsewhere, IdentityError, IdentityProvider};
use openidconnect::core::CoreProviderMetadata;
use openidconnect::{ClientSecret, Nonce, OAuth2TokenResponse as _, TokenResponse as _};
use zeroize::Zeroizing;

use crate::claims::{Groups, name};
use crate::discovery::Discovery;
use crate::exchange::{Answer, Exchange};
use crate::failures;
use crate::http::Http;
use crate::options::OidcOptions;
use crate::verify::{Claims, Doubt, Token, believed};

/// A provider that is asked over HTTP.
pub struct OidcProvider {
    options: OidcOptions,
    http: Http,
    clock: Arc<dyn Clock>,
    discovery: Discovery,
}

impl OidcProvider {
    /// The provider; it is not asked anything before somebody signs in.
    ///
    /// # Errors
    /// No HTTP client can be made, for lack of the system's certificates.
    pub fn new(options: OidcOptions, clock: Arc<dyn Clock>) -> Result<Self, IdentityError> {
        let http = Http::new(&options.issuer)
            .map_err(|error| failures::unavailable(&options.issuer, error))?;
        Ok(Self {
            discovery: Discovery::new(clock.clone()),
            options,
            http,
            clock,
        })
    }

    async fn description(&self) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let asked = self.discovery.description(&self.options.issuer, &self.http);
        asked.await
    }

    /// The client's secret, as its file has it now.
    fn secret(&self) -> Result<Option<ClientSecret>, IdentityError> {
        let Some(file) = &self.options.client_secret_file else {
            return Ok(None);
        };
        match std::fs::read_to_string(file).map(Zeroizing::new) {
            Ok(text) => Ok(Some(ClientSecret::new(text.trim().to_owned()))),
            Err(error) => {
                tracing::error!(%error, file = %file.display(), "the client's secret cannot be read");
                let why =
                    "this server cannot read its secret for it, which its log tells more about";
                Err(failures::unavailable(&self.options.issuer, why))
            }
        }
    }

    /// What an identity says, checked with fresh keys if those that are known do not do.
    async fn claims(
        &self,
        token: &Token,
        exchange: &Exchange<'_>,
        nonce: &Nonce,
    ) -> Result<Claims, IdentityError> {
        let now = self.clock.now();
        let told = match believed(token, exchange.client.id_token_verifier(), nonce, now) {
            Ok(claims) => return Ok(claims.clone()),
            Err(Doubt::Other(error)) => return Err(error),
            Err(Doubt::Key(told)) => told,
        };
        let renewed = self.discovery.renewed(&self.options.issuer, &self.http);
        let Some(description) = renewed.await? else {
            return Err(told);
        };
        let exchange = Exchange::new(&description, None, &self.options, &self.http)?;
        match believed(token, exchange.client.id_token_verifier(), nonce, now) {
            Ok(claims) => Ok(claims.clone()),
            Err(Doubt::Key(error) | Doubt::Other(error)) => Err(error),
        }
    }

    /// Who an identity is. Where it tells no groups the provider is asked for more.
    async fn person(
        &self,
        claims: &Claims,
        answer: &Answer,
        exchange: &Exchange<'_>,
    ) -> Result<IdentityElsewhere, IdentityError> {
        let claim = &self.options.groups_claim;
        let mut called = name(claims.preferred_username(), claims.email());
        let mut groups = claims.additional_claims().groups(claim);
        if groups == Groups::Untold
            && let Some(more) = exchange
                .more(answer.access_token(), claims.subject())
                .await?
        {
            groups = more.additional_claims().groups(claim);
            called = called.or_else(|| name(more.preferred_username(), more.email()));
        }
        Ok(IdentityElsewhere {
            subject: claims.subject().to_string(),
            name: called,
            groups: match groups {
                Groups::These(groups) => groups,
                Groups::Untold => Vec::new(),
                Groups::TooMany => return Err(IdentityError::TooManyGroups),
            },
        })
    }
}

#[async_trait]
impl IdentityProvider for OidcProvider {
    fn name(&self) -> &str {
        &self.options.name
    }

    fn issuer(&self) -> &str {
        self.options.issuer.as_str()
    }

    async fn address(&self, challenge: &Challenge) -> Result<String, IdentityError> {
        let description = self.description().await?;
        let exchange = Exchange::new(&description, None, &self.options, &self.http)?;
        Ok(exchange.address(challenge))
    }

    async fn identify(
        &self,
        code: Zeroizing<String>,
        challenge: &Challenge,
    ) -> Result<IdentityElsewhere, IdentityError> {
        let description = self.description().await?;
        let secret = self.secret()?;
        let exchange = Exchange::new(&description, secret, &self.options, &self.http)?;
        let answer = exchange.redeem(code, challenge).await?;
        let token = answer
            .id_token()
            .ok_or_else(|| IdentityError::Untrusted("it tells no identity".to_owned()))?;
        let nonce = Nonce::new(challenge.nonce.to_string());
        let claims = self.claims(token, &exchange, &nonce).await?;
        self.person(&claims, &answer, &exchange).await
    }
}
