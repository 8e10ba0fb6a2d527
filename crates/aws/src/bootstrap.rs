//! From an administrator's session to a user that clusters can be built with: the user, its
//! policies, an access key, and the roles that machines run with. And the way back.
//!
//! What is to be there is a [`Blueprint`]. The account is looked at first (`inspect`), and what is
//! missing becomes a plan (`plan`, `undo`; pure). Everything that stands in the way is said before
//! anything is changed. A plan is a list of single calls, each of which leaves a state that the
//! next run understands, so that a run that was killed between any two of them goes on when it is
//! run again.

mod account;
mod apply;
mod error;
mod inspect;
mod key_plan;
mod keys;
mod line;
mod plan;
mod role_plan;
mod undo;
mod usable;

use commissary_core::domain::{AccessKey, AccessKeyId};
use commissary_permissions::Blueprint;
use jiff::Timestamp;

pub use self::apply::delete_key;
pub use self::error::BootstrapError;
pub use self::keys::{KeyStatus, KnownKey, LastUsed};
pub use self::line::{BootstrapEvent, BootstrapState, BootstrapStep, PlanLine};
pub use self::plan::BootstrapPlan;
pub use self::undo::{UndoPlan, UndoRequest};
pub use self::usable::{Patience, wait_until_usable};

/// What is to be there in the end, and how far to go for it.
#[derive(Debug, Clone)]
pub struct BootstrapRequest {
    /// What is to be there.
    pub blueprint: Blueprint,
    /// The name that the user's policies are called after.
    pub policy_name: String,
    /// Whether things that a bootstrap did not make may be changed: a policy of that name with
    /// another document, a role with another trust policy, another permissions boundary.
    pub change_others: bool,
    /// When an access key is made.
    pub key: KeyWish,
    /// What an earlier run noted that was about to make a key and did not keep its secret.
    pub interrupted: Option<Interrupted>,
    /// The ids of keys whose secrets earlier runs kept and did not hand over.
    pub kept: Vec<String>,
    /// The present moment, for the age of keys.
    pub now: Timestamp,
}

/// When an access key is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyWish {
    /// Where the user has none.
    IfNone,
    /// In any case, beside the one that it has.
    Another,
    /// In place of this one, which is deleted.
    InPlaceOf(AccessKeyId),
    /// Ahead of the end of this one: who asks deletes it ([`delete_key`]) once the new one is where
    /// it belongs.
    AheadOf(AccessKeyId),
}

/// A run that was about to make an access key and did not say that the key arrived.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interrupted {
    /// The keys that the user had before.
    pub known: Vec<String>,
    /// The key that was to be deleted for it.
    #[serde(default)]
    pub replaces: Option<String>,
    /// When it was about to make the key.
    pub at: Timestamp,
}

/// What is there in the end.
#[derive(Debug)]
pub struct BootstrapOutcome {
    /// The user's ARN.
    pub user_arn: String,
    /// The ARNs of the user's policies.
    pub policy_arns: Vec<String>,
    /// The access key that was made; AWS shows its secret this once.
    pub access_key: Option<AccessKey>,
    /// The access keys that the user had before and still has.
    pub known_keys: Vec<KnownKey>,
}
