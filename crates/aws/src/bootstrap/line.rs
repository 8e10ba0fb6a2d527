//! What a plan is made of: lines for people, each with the calls that it stands for.

use commissary_core::domain::{AccessKeyId, BootstrapState, BootstrapStep, PlanLine};
use commissary_permissions::ManagedPolicy;
use serde_json::Value;

/// One line of a plan, with what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// What it is about.
    pub(super) step: BootstrapStep,
    /// What becomes of it.
    pub(super) state: BootstrapState,
    /// One sentence for people.
    pub(super) detail: String,
    /// What it would take to undo it; none where nothing is changed.
    pub(super) undo: Option<String>,
    /// The calls, in their order.
    pub(super) calls: Vec<Call>,
}

impl Line {
    /// A line that changes nothing.
    pub(super) fn still(step: BootstrapStep, state: BootstrapState, detail: String) -> Self {
        Self {
            step,
            state,
            detail,
            undo: None,
            calls: Vec::new(),
        }
    }

    /// The line without its calls.
    pub(super) fn told(&self) -> PlanLine {
        PlanLine {
            step: self.step,
            state: self.state,
            detail: self.detail.clone(),
            undo: self.undo.clone(),
            changes: !self.calls.is_empty(),
        }
    }
}

/// Something that has tags, by its name, policies by their ARN.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tagged {
    User,
    Policy(String),
    Role(String),
    Profile(String),
}

/// One call of IAM that changes something. Each stands for itself: done twice, or never, it leaves
/// what the next look understands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Call {
    CreateUser,
    MoveUser,
    PutBoundary,
    DeleteUser,
    CreatePolicy(ManagedPolicy),
    CreatePolicyVersion {
        arn: String,
        document: String,
    },
    DeletePolicyVersion {
        arn: String,
        version: String,
    },
    DeletePolicy {
        arn: String,
    },
    AttachToUser {
        arn: String,
    },
    DetachFromUser {
        arn: String,
    },
    PutSelfCheck,
    DeleteInline {
        name: String,
    },
    CreateRole {
        name: String,
        description: String,
        trust: Value,
    },
    PutRoleBoundary {
        name: String,
    },
    /// Gives something all tags of the blueprint.
    Tag(Tagged),
    SetTrust {
        name: String,
        trust: Value,
    },
    AttachToRole {
        name: String,
        arn: String,
    },
    DetachFromRole {
        name: String,
        arn: String,
    },
    DeleteRole {
        name: String,
    },
    CreateProfile {
        name: String,
    },
    AddToProfile {
        name: String,
        role: String,
    },
    RemoveFromProfile {
        name: String,
        role: String,
    },
    DeleteProfile {
        name: String,
    },
    DeleteKey(AccessKeyId),
    CreateKey,
}
