//! This server as a client of the provider.

use commissary_core::people::Challenge;
use commissary_core::ports::IdentityError;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AuthType, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, SubjectIdentifier, UserInfoClaims,
};
use zeroize::Zeroizing;

use crate::claims::Further;
use crate::failures;
use crate::http::Http;
use crate::options::OidcOptions;

pub(crate) type Answer = StandardTokenResponse<
    IdTokenFields<
        Further,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type OfProvider = Client<
    Further,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The client as the provider describes itself just now.
pub(crate) struct Exchange<'a> {
    pub(crate) client: OfProvider,
    options: &'a OidcOptions,
    http: &'a Http,
}

impl<'a> Exchange<'a> {
    /// The client; the secret is read where it is needed only.
    pub(crate) fn new(
        description: &CoreProviderMetadata,
        secret: Option<ClientSecret>,
        options: &'a OidcOptions,
        http: &'a Http,
    ) -> Result<Self, IdentityError> {
        let redirect = RedirectUrl::new(options.redirect_url.clone())
            .map_err(|error| failures::unavailable(&options.issuer, error))?;
        let id = ClientId::new(options.client_id.clone());
        let client = OfProvider::from_provider_metadata(description.clone(), id, secret)
            .set_redirect_uri(redirect)
            .set_auth_type(proof(description));
        Ok(Self {
            client,
            options,
            http,
        })
    }

    /// The address that asks a browser who uses it.
    pub(crate) fn address(&self, challenge: &Challenge) -> String {
        let state = challenge.state.to_string();
        let nonce = challenge.nonce.to_string();
        let verifier = PkceCodeVerifier::new(challenge.verifier.to_string());
        let scopes = self.options.scopes.iter();
        let (address, ..) = self
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(
                scopes
                    .filter(|scope| *scope != "openid")
                    .cloned()
                    .map(Scope::new),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        address.into()
    }

    /// Trades the code.
    pub(crate) async fn redeem(
        &self,
        code: Zeroizing<String>,
        challenge: &Challenge,
    ) -> Result<Answer, IdentityError> {
        let issuer = &self.options.issuer;
        self.client
            .exchange_code(AuthorizationCode::new(code.to_string()))
            .map_err(|_| failures::unavailable(issuer, "it does not say where codes are traded"))?
            .set_pkce_verifier(PkceCodeVerifier::new(challenge.verifier.to_string()))
            .request_async(self.http)
            .await
            .map_err(|error| failures::of_exchange(issuer, error))
    }

    /// What the provider tells beside the identity, if it tells anything.
    pub(crate) async fn more(
        &self,
        token: &AccessToken,
        subject: &SubjectIdentifier,
    ) -> Result<Option<UserInfoClaims<Further, CoreGenderClaim>>, IdentityError> {
        let issuer = &self.options.issuer;
        // What cannot stand in a header the library would not take well.
        if !token.secret().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(failures::unavailable(issuer, "its access token is none"));
        }
        let Ok(question) = self.client.user_info(token.clone(), Some(subject.clone())) else {
            return Ok(None);
        };
        question
            .request_async(self.http)
            .await
            .map(Some)
            .map_err(|error| failures::of_user_info(issuer, &error))
    }
}

/// How the client proves who it is: in the header (RFC 6749, section 2.3.1) unless the
/// provider only takes it in the body.
fn proof(description: &CoreProviderMetadata) -> AuthType {
    let taken = description.token_endpoint_auth_methods_supported();
    let takes = |method| taken.is_some_and(|taken| taken.contains(&method));
    let only_in_body = takes(CoreClientAuthMethod::ClientSecretPost)
        && !takes(CoreClientAuthMethod::ClientSecretBasic);
    match only_in_body {
        true => AuthType::RequestBody,
        false => AuthType::BasicAuth,
    }
}
