//! Who people are, told by somebody else.

use async_trait::async_trait;

use zeroize::Zeroizing;

use crate::people::Challenge;

/// An identity provider that people sign in with.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// What it is called, for people.
    fn name(&self) -> &str;
    /// What tells it from every other provider; users are known by it and their subject.
    fn issuer(&self) -> &str;
    /// The address at which a browser is asked who uses it.
    async fn address(&self, challenge: &Challenge) -> Result<String, IdentityError>;
    /// Who came back from there: trades the code that came back for an identity which
    /// was made for this challenge and for nobody else.
    async fn identify(
        &self,
        code: Zeroizing<String>,
        challenge: &Challenge,
    ) -> Result<IdentityElsewhere, IdentityError>;
}

/// Who somebody is at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityElsewhere {
    /// The identity that never changes and is never given to somebody else.
    pub subject: String,
    /// What people call the person: it may change, be missing, or be anybody's choice.
    pub name: Option<String>,
    /// The groups that the person is in.
    pub groups: Vec<String>,
}

/// Why a provider did not say who somebody is. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// It cannot be asked.
    #[error(
        "the identity provider at {issuer} cannot be asked just now: {why}; try again in a minute, or sign in with a password if you have one"
    )]
    Unavailable {
        /// Where it should be.
        issuer: String,
        /// What stood in the way.
        why: String,
    },
    /// What answers does not describe itself as this provider.
    #[error(
        "what answers at {issuer} is not the identity provider that was set up: {why}; whoever runs this server should look at `commissary doctor`"
    )]
    Mistaken {
        /// Where it should be.
        issuer: String,
        /// What is wrong.
        why: String,
    },
    /// It does not take the code, or does not know this server.
    #[error(
        "the identity provider did not confirm this sign-in (`{code}`); begin again, and if that does not help whoever runs this server should compare its client id, secret and redirect URL with those at the provider"
    )]
    Refused {
        /// The provider's own word for it.
        code: String,
    },
    /// What it said cannot be believed.
    #[error(
        "what the identity provider said about you cannot be believed: {0}; nobody was signed in, so begin again, and tell whoever runs this server if it happens once more"
    )]
    Untrusted(String),
    /// The clocks are too far apart.
    #[error(
        "the identity provider's clock and this server's are {seconds} seconds apart, and more than {allowed} are not allowed; whoever runs this server should set both clocks (by NTP)"
    )]
    ClockSkew {
        /// By how much.
        seconds: u64,
        /// How much is allowed.
        allowed: u64,
    },
    /// There are more groups than the provider puts into an identity.
    #[error(
        "you are in more groups than the identity provider tells; whoever runs it should let it tell this application only the groups that matter here"
    )]
    TooManyGroups,
}

impl IdentityError {
    /// The reason in a few words, for the audit log.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } => "the provider cannot be asked",
            Self::Mistaken { .. } => "the provider is another one",
            Self::Refused { .. } => "the provider did not confirm it",
            Self::Untrusted(_) => "the identity cannot be believed",
            Self::ClockSkew { .. } => "the clocks are too far apart",
            Self::TooManyGroups => "the provider does not tell all groups",
        }
    }
}
