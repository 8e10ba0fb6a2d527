//! Making a user in an account, and taking it back: what is asked for, what is planned, what is
//! told.

mod event;
mod hold;
mod keys;
mod line;
mod wish;
mod words;

use commissary_permissions::{Blueprint, Release, releases};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccessKey, AccessKeyId, Identity, Partition};

pub use event::UserEvent;
pub use hold::UserHold;
pub use keys::{KeyStatus, KnownKey, LastUsed};
pub use line::{BootstrapEvent, BootstrapState, BootstrapStep, PlanLine};
pub use wish::UserWish;
pub(crate) use wish::blueprint_fault;
pub use words::Words;

/// What is to be there in the end, and how far to go for it.
#[derive(Debug, Clone)]
pub struct BootstrapRequest {
    /// What is to be there.
    pub blueprint: Blueprint,
    /// The name that the user's policies are called after.
    pub policy_name: String,
    /// Whether a user that is there is moved to the blueprint's path.
    pub move_user: bool,
    /// Whether things that a bootstrap did not make may be changed: a policy of that name with
    /// another document, a role with another trust policy, another permissions boundary.
    pub change_others: bool,
    /// When an access key is made.
    pub key: KeyWish,
    /// What an earlier run noted that was about to make a key and did not keep its secret.
    pub interrupted: Option<Interrupted>,
    /// The ids of keys whose secrets are kept already.
    pub kept: Vec<String>,
    /// The present moment, for the age of keys.
    pub now: Timestamp,
    /// How the choices are called where this was asked for.
    pub words: Words,
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
    /// Ahead of the end of this one: who asks deletes it once the new one is where it belongs.
    AheadOf(AccessKeyId),
}

impl KeyWish {
    /// The key that a new one takes the place of.
    pub fn replaces(&self) -> Option<&AccessKeyId> {
        match self {
            Self::InPlaceOf(id) | Self::AheadOf(id) => Some(id),
            Self::IfNone | Self::Another => None,
        }
    }
}

/// A run that was about to make an access key and did not say that the key arrived. It holds no
/// secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Interrupted {
    /// What stays noted once it is certain that no key was made: that another one was deleted for
    /// it. Nothing that appears later is taken for the key.
    pub fn refused(self) -> Option<Self> {
        self.replaces.is_some().then_some(Self {
            at: Timestamp::UNIX_EPOCH,
            ..self
        })
    }
}

/// Whose bootstrap is undone.
#[derive(Debug, Clone)]
pub struct UndoRequest {
    /// A blueprint of the user, with every role that may have been made for it.
    pub blueprint: Blueprint,
    /// The name that the user's policies are called after.
    pub policy_name: String,
}

impl UndoRequest {
    /// Whatever the release and features were that it was made for.
    pub fn of(partition: &Partition, user_name: &str, policy_name: &str) -> Self {
        let blueprint = Blueprint::of_user(partition.as_str(), user_name, policy_name, &[]);
        let newest = releases().last().map(Release::with_all_features);
        Self {
            blueprint: match &newest {
                Some(selection) => blueprint.with_node_roles(selection),
                None => blueprint,
            },
            policy_name: policy_name.to_owned(),
        }
    }
}

/// What would be done in an account that was looked at; nothing is changed yet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Planned {
    /// Who would do it, and in which account.
    pub administrator: Identity,
    /// The lines in their order.
    pub lines: Vec<PlanLine>,
    /// Whether an access key would be made.
    pub makes_key: bool,
    /// The access keys that the user has.
    pub known_keys: Vec<KnownKey>,
}

impl Planned {
    /// Whether anything would be changed.
    pub fn changes(&self) -> bool {
        self.lines.iter().any(|line| line.changes)
    }
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
