//! What an operation can answer instead of its result.

use crate::domain::CheckId;
use crate::people::RefusedElsewhere;
use crate::ports::{CloudError, StoreError};

/// One field of an input that is at fault.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct FieldError {
    /// The field's JSON name, for example `name` or `secretAccessKey`.
    pub field: String,
    /// One sentence for people that says what to do.
    pub message: String,
}

impl FieldError {
    /// A fault of `field` with a sentence for people.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

/// Why an operation did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is not signed in, or no longer.
    #[error("sign in first")]
    NotSignedIn,
    /// Sign-in went wrong too often.
    #[error(
        "sign-in went wrong too often; try again in {}, or from a browser or an address that you signed in from before",
        duration(*.seconds)
    )]
    TooManyAttempts {
        /// After how many seconds an attempt is let through.
        seconds: u64,
    },
    /// Sign-in with the identity provider did not come to its end.
    #[error(transparent)]
    SignInElsewhere(#[from] RefusedElsewhere),
    /// The caller is known but may not do this.
    #[error("you are not allowed to {action}: it takes {takes}")]
    Forbidden {
        /// What was attempted, as a verb phrase.
        action: &'static str,
        /// What would be allowed to, for example `a global administrator`.
        takes: &'static str,
    },
    /// Nothing of that name can be seen by the caller.
    #[error("there is no {what} `{name}`")]
    NotFound {
        /// The kind of thing, for example `workspace`.
        what: &'static str,
        /// The name that was asked for.
        name: String,
    },
    /// The name is in use already.
    #[error("the {what} `{name}` exists already; choose another name")]
    NameTaken {
        /// The kind of thing, for example `infrastructure provider`.
        what: &'static str,
        /// The name that is taken.
        name: String,
    },
    /// What was to be changed is not what the caller saw.
    #[error("the {what} `{name}` was changed meanwhile; read it again and repeat your change")]
    Changed {
        /// The kind of thing, for example `infrastructure provider`.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// A check of the provider is under way already.
    #[error("a check of `{name}` is under way already: {id}; follow that one, or cancel it")]
    CheckRunning {
        /// The check that runs.
        id: CheckId,
        /// The provider's name.
        name: String,
    },
    /// Something stands in the way that the caller can remove.
    #[error("{0}")]
    Conflict(String),
    /// Something else depends on what was to go, so that it takes force.
    #[error("{message}")]
    InUse {
        /// One sentence for people, with some of what depends on it.
        message: String,
        /// What depends on it, as much as is told, each a phrase.
        by: Vec<String>,
    },
    /// The input is at fault, field by field; never empty.
    #[error("{}", sentences(.0))]
    Invalid(Vec<FieldError>),
    /// AWS refused the credential; the field says which part of it.
    #[error("{}", .0.message)]
    InvalidCredentials(FieldError),
    /// The cloud could not be asked, so nothing was decided.
    #[error("{0}")]
    CloudUnavailable(CloudError),
    /// Something was begun in the cloud and did not come to its end; the same again goes on.
    #[error("{0}")]
    Unfinished(String),
    /// What is kept could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The kind of error as a word that programs can rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not-signed-in",
            Self::SignInElsewhere(refusal) => refusal.code(),
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound { .. } => "not-found",
            Self::NameTaken { .. } => "name-taken",
            Self::Changed { .. } => "precondition-failed",
            Self::CheckRunning { .. } => "check-running",
            Self::Conflict(_) => "conflict",
            Self::InUse { .. } => "in-use",
            Self::Invalid(_) => "invalid-input",
            Self::InvalidCredentials(_) => "invalid-credentials",
            Self::TooManyAttempts { .. } => "too-many-attempts",
            Self::CloudUnavailable(cloud) => cloud.code(),
            Self::Unfinished(_) => "aws-unavailable",
            Self::Store(_) => "internal",
        }
    }

    /// The fields at fault.
    pub fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::InvalidCredentials(fault) => vec![fault.clone()],
            Self::NameTaken { .. } => vec![FieldError::new("name", self.to_string())],
            Self::InUse { by, .. } => by.iter().map(|by| FieldError::new("force", by)).collect(),
            _ => Vec::new(),
        }
    }

    /// There is no such workspace, or none that the caller can see.
    pub fn no_workspace(name: &str) -> Self {
        Self::NotFound {
            what: "workspace",
            name: name.to_owned(),
        }
    }

    /// A single fault of one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }
}

fn sentences(faults: &[FieldError]) -> String {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    messages.join("; ")
}

fn duration(seconds: u64) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
