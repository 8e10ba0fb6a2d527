//! Why a bootstrap did not go on.

use commissary_core::ports::CloudError;

/// The most characters of a managed policy, white space not counted (IAM User Guide, "IAM and AWS
/// STS quotas").
pub(super) const MAX_POLICY: usize = 6_144;

/// Why a bootstrap stopped.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// AWS said no, or nothing. What was made until then stays and is used by the next run.
    #[error(transparent)]
    Cloud(#[from] CloudError),
    /// The answer to the making of an access key was lost.
    #[error(
        "{0}; AWS may have made the access key all the same: run again, and it is listed as never used"
    )]
    KeyUncertain(CloudError),
    /// A name is not one that IAM takes.
    #[error("`{name}` is not a {what} name: use 1 to {most} letters, digits and `+ = , . @ _ -`")]
    Name {
        /// `user` or `policy`.
        what: &'static str,
        /// The name.
        name: String,
        /// The most characters.
        most: usize,
    },
    /// The policy document is none.
    #[error("the policy document cannot be used: {0}")]
    Document(String),
    /// The policy document is longer than IAM takes.
    #[error(
        "the policy document has {size} characters without white space, and IAM takes {MAX_POLICY}; choose fewer features"
    )]
    TooLong {
        /// Its size as IAM counts.
        size: usize,
    },
    /// A policy of the name says something else. Nothing was changed.
    #[error(
        "the policy `{arn}` exists already and says something else; nothing was changed; choose another policy name, or give that policy this document as a new version first"
    )]
    OtherDocument {
        /// Its ARN.
        arn: String,
    },
    /// The user has as many access keys as IAM allows. Nothing was changed.
    #[error(
        "the user `{user}` has two access keys, and AWS allows no more: {keys}; nothing was changed; delete the one that is not needed (`aws iam delete-access-key --user-name {user} --access-key-id ID`), then run again"
    )]
    KeyLimit {
        /// The user's name.
        user: String,
        /// Its keys, for people.
        keys: String,
    },
    /// Somebody else made it between looking and making, or its name differs only in case.
    #[error(
        "the {what} `{name}` exists already, made just now or with a name that differs only in upper and lower case; look at it, then run again"
    )]
    Taken {
        /// `user` or `policy`.
        what: &'static str,
        /// The name.
        name: String,
    },
}
