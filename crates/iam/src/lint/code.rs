//! The codes of findings. They are stable: scripts rely on them.

use std::fmt;

/// How bad a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot work as written, or IAM refuses it.
    Error,
    /// It probably works otherwise than it reads, or grants more than it has to.
    Warning,
    /// It can be left out or left as it is.
    Note,
}

/// What kind of fault a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`summary` says it, to people as well")]
pub enum Code {
    UnknownService,
    UnknownAction,
    UnknownConditionKey,
    InvalidConditionValue,
    ContradictoryConditions,
    BrokenVariable,
    VariablesWithoutVersion,
    NotAnArn,
    EmptyList,
    DuplicateSid,
    InvalidSid,
    ServiceLinkedRoleMismatch,
    ExpectedActionMissing,
    TooLarge,
    ActionTakesNoResource,
    UndocumentedResource,
    ResourceTypeMismatch,
    UnusedResource,
    HardCodedPartition,
    PassRoleOnAnyRole,
    UntagNarrowerThanTag,
    AlwaysDenied,
    ShadowedStatement,
    RedundantAction,
    OldVersion,
    Incomplete,
}

/// A line of the table of codes.
struct Row {
    name: &'static str,
    severity: Severity,
    summary: &'static str,
}

impl Code {
    /// All of them, the most severe first.
    pub const ALL: [Self; 26] = [
        Self::UnknownService,
        Self::UnknownAction,
        Self::UnknownConditionKey,
        Self::InvalidConditionValue,
        Self::ContradictoryConditions,
        Self::BrokenVariable,
        Self::VariablesWithoutVersion,
        Self::NotAnArn,
        Self::EmptyList,
        Self::DuplicateSid,
        Self::InvalidSid,
        Self::ServiceLinkedRoleMismatch,
        Self::ExpectedActionMissing,
        Self::TooLarge,
        Self::ActionTakesNoResource,
        Self::UndocumentedResource,
        Self::ResourceTypeMismatch,
        Self::UnusedResource,
        Self::HardCodedPartition,
        Self::PassRoleOnAnyRole,
        Self::UntagNarrowerThanTag,
        Self::AlwaysDenied,
        Self::ShadowedStatement,
        Self::RedundantAction,
        Self::OldVersion,
        Self::Incomplete,
    ];

    /// The code as it is printed, such as `unknown-action`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// What it means: one sentence for people.
    pub fn summary(self) -> &'static str {
        self.row().summary
    }

    fn row(self) -> Row {
        use Severity::{Error, Note, Warning};
        let (name, severity, summary) = match self {
            Self::UnknownService => (
                "unknown-service",
                Error,
                "An action begins with a prefix that no service has.",
            ),
            Self::UnknownAction => (
                "unknown-action",
                Error,
                "The service has no such action, or a pattern fits none of its actions: the entry does nothing.",
            ),
            Self::UnknownConditionKey => (
                "unknown-condition-key",
                Error,
                "No service has the condition key, so no request does. A key that AWS only does not list with the action is not reported: it may work.",
            ),
            Self::InvalidConditionValue => (
                "invalid-condition-value",
                Error,
                "A value is not of the operator's kind and compares to nothing: a date, a number, an address, a boolean, an ARN.",
            ),
            Self::ContradictoryConditions => (
                "contradictory-conditions",
                Error,
                "The conditions never hold together: the statement never applies.",
            ),
            Self::BrokenVariable => (
                "broken-variable",
                Error,
                "A policy variable is not closed or has no name: it matches nothing.",
            ),
            Self::VariablesWithoutVersion => (
                "variables-without-version",
                Error,
                "A policy of version 2008-10-17, or of none, takes `${…}` as plain text.",
            ),
            Self::NotAnArn => (
                "not-an-arn",
                Error,
                "A resource can match no ARN: the statement never applies to it.",
            ),
            Self::EmptyList => (
                "empty-list",
                Error,
                "A list has no entries: nothing matches it, or everything does where it is negated.",
            ),
            Self::DuplicateSid => (
                "duplicate-sid",
                Error,
                "Two statements have the same `Sid`; IAM refuses the policy.",
            ),
            Self::InvalidSid => (
                "invalid-sid",
                Error,
                "A `Sid` has other characters than letters and digits; IAM refuses the policy.",
            ),
            Self::ServiceLinkedRoleMismatch => (
                "service-linked-role-mismatch",
                Error,
                "The path of a service-linked role names one service and the condition `iam:AWSServiceName` another: the statement very likely never applies.",
            ),
            Self::ExpectedActionMissing => (
                "expected-action-missing",
                Error,
                "What the policy was said to need is not allowed by it.",
            ),
            Self::TooLarge => (
                "too-large",
                Error,
                "The policy has more characters than IAM takes; white space between the elements does not count.",
            ),
            Self::ActionTakesNoResource => (
                "action-takes-no-resource",
                Warning,
                "AWS documents `*` only for the action, and the statement lists narrower resources: it probably never applies.",
            ),
            Self::UndocumentedResource => (
                "undocumented-resource",
                Warning,
                "AWS documents `*` only for the action; the narrower resource is seen to work all the same.",
            ),
            Self::ResourceTypeMismatch => (
                "resource-type-mismatch",
                Warning,
                "The action takes other resource types than the statement lists: it probably never applies.",
            ),
            Self::UnusedResource => (
                "unused-resource",
                Warning,
                "No action of the statement takes the resource.",
            ),
            Self::HardCodedPartition => (
                "hard-coded-partition",
                Warning,
                "An ARN names its partition while others leave it open, or while the policy is to be portable: it fails in AWS China and AWS GovCloud.",
            ),
            Self::PassRoleOnAnyRole => (
                "pass-role-on-any-role",
                Warning,
                "`iam:PassRole` on every role, to any service: whoever has it can act as any role that a service assumes.",
            ),
            Self::UntagNarrowerThanTag => (
                "untag-narrower-than-tag",
                Warning,
                "Tags may be set on more resource types than they may be removed from.",
            ),
            Self::AlwaysDenied => (
                "always-denied",
                Warning,
                "What is allowed here is always denied by another statement.",
            ),
            Self::ShadowedStatement => (
                "shadowed-statement",
                Note,
                "Other statements say all that this one says.",
            ),
            Self::RedundantAction => (
                "redundant-action",
                Note,
                "The action stands elsewhere already, for the same resources or more.",
            ),
            Self::OldVersion => (
                "old-version",
                Note,
                "The policy is of version 2008-10-17, or names none; later features do not work in it.",
            ),
            Self::Incomplete => (
                "incomplete",
                Note,
                "The policy is so large that not every pair of its patterns was compared.",
            ),
        };
        Row {
            name,
            severity,
            summary,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}
