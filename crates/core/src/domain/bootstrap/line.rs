//! What a plan is made of: lines for people.

use schemars::JsonSchema;
use serde::Serialize;

/// What a line is about, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum BootstrapStep {
    /// The IAM user.
    User,
    /// The user's permissions boundary.
    Boundary,
    /// A customer managed policy.
    Policy,
    /// The attachment of a policy to the user.
    Attachment,
    /// The inline policy that lets the user check itself.
    SelfCheck,
    /// A role of machines or control planes, with its policies.
    Role,
    /// An instance profile.
    InstanceProfile,
    /// The tags of something that is there.
    Tags,
    /// An access key.
    AccessKey,
}

impl BootstrapStep {
    /// The step for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Boundary => "boundary",
            Self::Policy => "policy",
            Self::Attachment => "attachment",
            Self::SelfCheck => "self-check",
            Self::Role => "role",
            Self::InstanceProfile => "instance profile",
            Self::Tags => "tags",
            Self::AccessKey => "access key",
        }
    }
}

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum BootstrapState {
    /// It is made.
    Made,
    /// It is there already.
    Existed,
    /// It is there otherwise and is changed.
    Changed,
    /// It is removed.
    Removed,
    /// It is left as it is, although one might think otherwise.
    Left,
}

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanLine {
    /// What it is about.
    pub step: BootstrapStep,
    /// What becomes of it.
    pub state: BootstrapState,
    /// One sentence for people.
    pub detail: String,
    /// What it would take to undo it; none where nothing is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
    /// Whether it changes something.
    pub changes: bool,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BootstrapEvent {
    /// What it is about.
    pub step: BootstrapStep,
    /// What became of it.
    pub state: BootstrapState,
    /// One sentence for people.
    pub detail: String,
}

impl BootstrapState {
    /// The state in one word, for what was done and, said of a plan, for what would be.
    pub fn word(self, planned: bool) -> &'static str {
        match (self, planned) {
            (Self::Made, false) => "made",
            (Self::Made, true) => "make",
            (Self::Existed, _) => "exists",
            (Self::Changed, false) => "changed",
            (Self::Changed, true) => "change",
            (Self::Removed, false) => "removed",
            (Self::Removed, true) => "remove",
            (Self::Left, _) => "leave",
        }
    }
}

impl BootstrapEvent {
    /// The line for people.
    pub fn line(&self) -> String {
        told(self.step, self.state.word(false), &self.detail)
    }
}

impl PlanLine {
    /// The line for people.
    pub fn line(&self) -> String {
        told(self.step, self.state.word(true), &self.detail)
    }
}

fn told(step: BootstrapStep, state: &str, detail: &str) -> String {
    format!("{state:<8} {:<17} {detail}", step.title())
}
