//! From an administrator's session to a user that clusters can be built with: the user, its
//! policy, the attachment, an access key.
//!
//! The account is looked at first and everything that stands in the way is said before anything
//! is changed. What is there already is used, so that a run that was killed between any two calls
//! goes on when it is run again.

mod apply;
mod error;
mod inspect;
mod keys;
mod plan;
mod usable;

use commissary_core::domain::AccessKey;
use jiff::Timestamp;

pub use self::error::BootstrapError;
pub use self::keys::{KeyStatus, KnownKey, LastUsed};
pub use self::plan::{BootstrapPlan, PlannedStep};
pub use self::usable::{Patience, wait_until_usable};

/// The name of the inline policy that lets the user check itself.
pub const SELF_CHECK_POLICY: &str = "commissary-self-check";

/// What is to be there in the end.
#[derive(Debug, Clone)]
pub struct BootstrapRequest {
    /// The user's name.
    pub user_name: String,
    /// The name of the customer managed policy.
    pub policy_name: String,
    /// The policy's document, as JSON.
    pub policy_document: String,
    /// Whether the user may simulate its own rights (an inline policy of its own).
    pub self_check: bool,
    /// Whether an access key is made although the user has one.
    pub new_key: bool,
    /// The present moment, for the age of keys.
    pub now: Timestamp,
}

/// A step of the bootstrap, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BootstrapStep {
    /// The IAM user.
    User,
    /// The customer managed policy.
    Policy,
    /// The attachment of the policy to the user.
    Attachment,
    /// The inline policy that lets the user check itself.
    SelfCheck,
    /// The access key.
    AccessKey,
}

impl BootstrapStep {
    /// The step for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Policy => "policy",
            Self::Attachment => "attachment",
            Self::SelfCheck => "self-check",
            Self::AccessKey => "access key",
        }
    }
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BootstrapState {
    /// It was made now.
    Made,
    /// It was there already.
    Existed,
    /// It was there otherwise and was changed now.
    Changed,
}

/// A step that was done.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BootstrapEvent {
    /// Which.
    pub step: BootstrapStep,
    /// What became of it.
    pub state: BootstrapState,
    /// One sentence for people.
    pub detail: String,
}

/// What is there in the end.
#[derive(Debug)]
pub struct BootstrapOutcome {
    /// The user's ARN.
    pub user_arn: String,
    /// The policy's ARN.
    pub policy_arn: String,
    /// The access key that was made; AWS shows its secret this once.
    pub access_key: Option<AccessKey>,
    /// The access keys that the user had before.
    pub known_keys: Vec<KnownKey>,
}
