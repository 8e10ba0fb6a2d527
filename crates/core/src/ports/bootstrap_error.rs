//! Why a bootstrap did not go on.

use commissary_permissions::BlueprintError;

use super::CloudError;
use crate::domain::AccessKeyId;

/// Why a bootstrap stopped.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// AWS said no, or nothing. What was made until then stays and is used by the next run.
    #[error(transparent)]
    Cloud(#[from] CloudError),
    /// IAM would not take what is to be made.
    #[error(transparent)]
    Blueprint(#[from] BlueprintError),
    /// The answer to the making of an access key was lost.
    #[error(
        "{0}; AWS may have made the access key all the same: do the same again, and it is found and replaced"
    )]
    KeyUncertain(CloudError),
    /// That a key is about to be made could not be noted. No key was made.
    #[error("no access key was made: {0}")]
    NotNoted(String),
    /// A new access key could not be kept, and was deleted again.
    #[error("the new access key could not be kept, and was deleted again: {0}")]
    NotKept(String),
    /// A new access key could not be kept, and not be deleted either.
    #[error(
        "the new access key `{id}` could not be kept: {why}; nor could it be deleted: {error}; do the same again, and it is found and replaced"
    )]
    KeyLeft {
        /// The key.
        id: AccessKeyId,
        /// Why it could not be kept.
        why: String,
        /// Why it could not be deleted.
        error: CloudError,
    },
    /// Whoever stands by does not want what was planned. Nothing was changed.
    #[error("{0}")]
    Unwanted(String),
    /// Something that no bootstrap made says something else. Nothing was changed.
    #[error(
        "the {what} `{name}` exists already, says something else and was not made by a bootstrap of this user; nothing was changed; choose another name, or let it be changed with {allow}"
    )]
    Other {
        /// What it is, for people.
        what: &'static str,
        /// Its name or ARN.
        name: String,
        /// How leave to change it is called.
        allow: &'static str,
    },
    /// Something that no bootstrap made is not bounded as asked. Nothing was changed.
    #[error(
        "the {what} `{name}` was not made by a bootstrap of this user, and its permissions boundary is {there} instead of `{boundary}`; nothing was changed; choose another name, or let it be changed with {allow}"
    )]
    NotBounded {
        /// `user` or `role`.
        what: &'static str,
        /// Its name.
        name: String,
        /// The boundary that was asked for.
        boundary: String,
        /// The one that it has, or that it has none.
        there: String,
        /// How leave to change it is called.
        allow: &'static str,
    },
    /// A user whose name differs in case only. Nothing was changed.
    #[error(
        "there is a user `{there}`, and names that differ only in upper and lower case are the same to IAM; nothing was changed; use that name with {choose}, or another"
    )]
    OtherCase {
        /// The name that exists.
        there: String,
        /// Where the name is chosen.
        choose: &'static str,
    },
    /// The instance profile has another role. Nothing was changed.
    #[error(
        "the instance profile `{name}` holds the role `{role}`; nothing was changed; take that role out of it first (`aws iam remove-role-from-instance-profile`)"
    )]
    OtherRole {
        /// The profile.
        name: String,
        /// The role in it.
        role: String,
    },
    /// The user has as many access keys as IAM allows. Nothing was changed.
    #[error(
        "the user `{user}` has two access keys, and AWS allows no more: {keys}; nothing was changed; {advice}"
    )]
    KeyLimit {
        /// The user's name.
        user: String,
        /// Its keys, for people.
        keys: String,
        /// Which one to give up, if that is known, and how.
        advice: String,
    },
    /// The key that is to be replaced is not one of the user's.
    #[error("the user `{user}` has no access key `{id}`; it has {keys}")]
    NoSuchKey {
        /// The user's name.
        user: String,
        /// The id that was given.
        id: String,
        /// Its keys, for people.
        keys: String,
    },
    /// Somebody else made it between looking and making, or its name differs only in case.
    #[error(
        "the {what} `{name}` exists already, made just now or with a name that differs only in upper and lower case; look at it, then run again"
    )]
    Taken {
        /// What it is, for people.
        what: &'static str,
        /// The name.
        name: String,
    },
}

impl BootstrapError {
    /// Whether an access key may have been made that nobody has the secret of. What was noted
    /// stays noted then, so that the next run finds it.
    pub fn may_have_left_a_key(&self) -> bool {
        matches!(self, Self::KeyUncertain(_) | Self::KeyLeft { .. })
    }
}
