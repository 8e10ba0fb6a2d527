//! The cloud that providers are accounts of.

use async_trait::async_trait;

use crate::domain::{AccessKey, CheckEvent, CheckRequest, CheckResult, Identity, Region};

/// Why the cloud gave no answer, or a refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloudError {
    /// AWS does not know the access key.
    #[error(
        "AWS does not know this access key in partition `{partition}`: it may be mistyped, deleted or deactivated, or belong to another partition (choose a region there, for example `cn-north-1` or `us-gov-west-1`); a key made seconds ago may need a moment"
    )]
    UnknownAccessKey {
        /// The partition that was asked.
        partition: String,
    },
    /// The access key exists, and the secret is not the one that belongs to it.
    #[error(
        "AWS knows this access key, but the secret key does not belong to it; copy it again, or make a new key"
    )]
    WrongSecret,
    /// The session token has expired or does not belong to the key.
    #[error(
        "the session token has expired or does not belong to this access key; get a new temporary key"
    )]
    BadSessionToken,
    /// AWS says no to the call itself.
    #[error("AWS denies `{action}` to this credential: {message}")]
    Denied {
        /// The action that was denied.
        action: String,
        /// What AWS said.
        message: String,
    },
    /// The administrator's credential that was lent for a check cannot be used.
    #[error("the administrator's credential cannot be used for the check: {why}")]
    Administrator {
        /// The input field at fault, if it is one.
        field: Option<&'static str>,
        /// What is wrong with it.
        why: String,
    },
    /// AWS could not be reached.
    #[error(
        "AWS cannot be reached at {endpoint}: {why}; check the network and the endpoint, then try again"
    )]
    Unreachable {
        /// Where it was asked.
        endpoint: String,
        /// What went wrong.
        why: String,
    },
    /// AWS did not answer in time.
    #[error("AWS at {endpoint} did not answer within {seconds} seconds; try again")]
    TimedOut {
        /// Where it was asked.
        endpoint: String,
        /// How long was waited.
        seconds: u64,
    },
    /// AWS asks to slow down and did so until the retries ran out.
    #[error("AWS at {endpoint} is limiting the rate of requests; try again in a minute")]
    Throttled {
        /// Where it was asked.
        endpoint: String,
    },
    /// What answered does not speak as AWS does.
    #[error("what answered at {endpoint} is not AWS: {why}; check the endpoint")]
    Nonsense {
        /// Where it was asked.
        endpoint: String,
        /// What was wrong with the answer.
        why: String,
    },
    /// AWS refused for a reason of its own.
    #[error("AWS answered `{code}`: {message}")]
    Refused {
        /// AWS's error code.
        code: String,
        /// What AWS said.
        message: String,
    },
}

impl CloudError {
    /// The kind of error as a word that programs can rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Throttled { .. } => {
                "aws-unavailable"
            }
            Self::Nonsense { .. } => "aws-nonsense",
            Self::UnknownAccessKey { .. }
            | Self::WrongSecret
            | Self::BadSessionToken
            | Self::Administrator { .. }
            | Self::Denied { .. }
            | Self::Refused { .. } => "aws-refused",
        }
    }

    /// The input field that the refusal is about; none when the credential is
    /// not at fault.
    pub fn credential_field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownAccessKey { .. } => Some("accessKeyId"),
            Self::WrongSecret => Some("secretAccessKey"),
            Self::BadSessionToken => Some("sessionToken"),
            Self::Administrator { field, .. } => *field,
            _ => None,
        }
    }
}

/// Hears how a check goes on.
pub trait Progress: Send + Sync {
    /// Something happened.
    fn tell(&self, event: CheckEvent);
}

/// A listener for where nobody waits.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn tell(&self, _event: CheckEvent) {}
}

/// Asks a cloud about credentials. Every call ends within a bounded time.
#[async_trait]
pub trait Cloud: Send + Sync {
    /// Asks who the credential is.
    ///
    /// # Errors
    /// Whatever kept the cloud from telling.
    async fn identify(&self, key: &AccessKey, region: &Region) -> Result<Identity, CloudError>;

    /// Runs the verification ladder, with the rights of `administrator` to
    /// simulate and to read where one is lent. A rung that cannot be used is not
    /// an error: it is told in the result.
    ///
    /// # Errors
    /// The cloud cannot be asked at all.
    async fn check(
        &self,
        key: &AccessKey,
        administrator: Option<&AccessKey>,
        request: &CheckRequest,
        progress: &dyn Progress,
    ) -> Result<CheckResult, CloudError>;
}
