//! What a credential may do beyond what is required of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the policies allow beyond the requirements. Every action that is counted here is allowed on
/// some resource by the policies that were read; what was not read is named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Excess {
    /// Why it is not known what is beyond; none where it is known. It is then never to be read as
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
    /// What was not seen and may take away from what is told here, as a clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
    /// What is dangerous in it, the worst first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<Risk>,
    /// How many actions are allowed that no requirement names.
    #[serde(default)]
    pub actions: usize,
    /// How many more are allowed only where context keys have the right values.
    #[serde(default)]
    pub conditional: usize,
    /// The required actions that are allowed on more than is required.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wider: Vec<String>,
    /// The actions by service, the most dangerous first; not all where there are very many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ServiceExcess>,
    /// How many services are left out of the list.
    #[serde(default)]
    pub more_services: usize,
}

/// Something dangerous that a credential may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Risk {
    /// The name that programs use, such as `administrator`.
    pub id: String,
    /// How dangerous it is.
    pub severity: Severity,
    /// What it means, in a sentence without capital or stop.
    pub what: String,
    /// The actions that give it; empty where it is everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
}

/// How dangerous something is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Whoever has the credential has the account.
    Critical,
    /// It leads to more rights, or to secrets.
    High,
    /// It is seldom meant.
    Medium,
}

/// What is allowed beyond the requirements in one service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceExcess {
    /// What its actions begin with, such as `ec2`.
    pub service: String,
    /// Its name.
    pub title: String,
    /// How many actions, whatever they do.
    pub actions: usize,
    /// Those that change who may do what.
    pub permissions_management: usize,
    /// Those that change resources.
    pub write: usize,
    /// Those that change tags.
    pub tagging: usize,
    /// Those that read contents.
    pub read: usize,
    /// Those that list resources.
    pub list: usize,
    /// Actions that are allowed only where context keys have the right values; not counted above.
    #[serde(default)]
    pub conditional: usize,
    /// Some of the actions, the most dangerous first.
    pub examples: Vec<String>,
}

impl Severity {
    /// The severity for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
        }
    }
}

impl Excess {
    /// Whether whoever has the credential has the account.
    pub fn is_critical(&self) -> bool {
        let mut risks = self.risks.iter();
        risks.any(|risk| risk.severity == Severity::Critical)
    }

    /// Nothing is known, because.
    pub fn unknown(because: impl Into<String>) -> Self {
        Self {
            unknown: Some(because.into()),
            ..Self::default()
        }
    }

    /// Whether nothing is beyond the requirements, as far as could be seen.
    pub fn is_nothing(&self) -> bool {
        self.unknown.is_none()
            && self.risks.is_empty()
            && self.actions == 0
            && self.conditional == 0
            && self.wider.is_empty()
    }

    /// What is too much, in one line; none where nothing is to be said.
    pub fn line(&self) -> Option<String> {
        if let Some(because) = &self.unknown {
            return Some(format!("not known, because {because}"));
        }
        if self.is_nothing() {
            return None;
        }
        let mut parts = Vec::new();
        if self.actions > 0 {
            let services = self.services.len() + self.more_services;
            parts.push(format!(
                "{} beyond the requirements, in {}",
                counted(self.actions, "action"),
                counted(services, "service")
            ));
        }
        if self.conditional > 0 {
            parts.push(format!(
                "{} only where context keys have the right values",
                counted(self.conditional, "further action")
            ));
        }
        if !self.wider.is_empty() {
            parts.push(format!(
                "{} on more resources than are required",
                counted(self.wider.len(), "required action")
            ));
        }
        if parts.is_empty() {
            parts.push("the credential itself is".to_owned());
        }
        Some(parts.join("; "))
    }
}

impl ServiceExcess {
    /// What the actions of a service do, the most dangerous first.
    pub fn levels(&self) -> String {
        let levels = [
            (self.permissions_management, "change permissions"),
            (self.write, "write"),
            (self.tagging, "tag"),
            (self.read, "read"),
            (self.list, "list"),
            (self.conditional, "under a condition"),
        ];
        let told = levels.into_iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        told.join(", ")
    }
}

/// `1 action`, `2 actions`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
