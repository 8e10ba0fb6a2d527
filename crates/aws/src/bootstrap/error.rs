//! Why a bootstrap did not go on.

use commissary_core::ports::CloudError;
use commissary_permissions::BlueprintError;

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
        "{0}; AWS may have made the access key all the same: run the same command again, and it is found and replaced"
    )]
    KeyUncertain(CloudError),
    /// That a key is about to be made could not be noted. No key was made.
    #[error("no access key was made: {0}")]
    NotNoted(String),
    /// Something that no bootstrap made says something else. Nothing was changed.
    #[error(
        "the {what} `{name}` exists already, says something else and was not made by a bootstrap of this user; nothing was changed; choose another name, or let it be changed with `--change-others`"
    )]
    Other {
        /// What it is, for people.
        what: &'static str,
        /// Its name or ARN.
        name: String,
    },
    /// Something that no bootstrap made is not bounded as asked. Nothing was changed.
    #[error(
        "the {what} `{name}` was not made by a bootstrap of this user, and its permissions boundary is {there} instead of `{boundary}`; nothing was changed; choose another name, or let it be changed with `--change-others`"
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
    },
    /// A user whose name differs in case only. Nothing was changed.
    #[error(
        "there is a user `{there}`, and names that differ only in upper and lower case are the same to IAM; nothing was changed; use that name with `--user-name`, or another"
    )]
    OtherCase {
        /// The name that exists.
        there: String,
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
