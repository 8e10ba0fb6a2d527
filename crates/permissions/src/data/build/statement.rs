//! One statement, with a requirement for each of its actions.

use std::collections::BTreeSet;

use super::Names;
use crate::data::DataError;
use crate::data::chain::insert_into;
use crate::data::checks::{all_known, missing, unique};
use crate::data::file::StatementFile;
use crate::kind::ResourceKind;
use crate::reason::Reason;
use crate::release::Statement;
use crate::requirement::{Condition, Requirement};
use crate::sample::{Template, unknown_in};

pub(super) struct Builder<'a> {
    pub(super) place: String,
    pub(super) index: usize,
    pub(super) statement: &'a StatementFile,
    pub(super) names: &'a Names<'a>,
    pub(super) repeated: &'a BTreeSet<&'a str>,
}

impl Builder<'_> {
    pub(super) fn build(&self) -> Result<Statement, DataError> {
        let statement = self.statement;
        unique(&self.place, "the action", statement.actions.iter())?;
        for (what, list) in [
            ("actions", &statement.actions),
            ("resources", &statement.resources),
        ] {
            self.not_empty(what, list)?;
        }
        let mut named = statement.features_of.keys().chain(statement.targets.keys());
        if let Some(action) = named.find(|action| !statement.actions.contains(action)) {
            return Err(self.missing("action", action));
        }
        self.placeholders(&statement.resources)?;
        if let Some(condition) = &statement.condition {
            self.placeholders([&condition.value])?;
        }
        let requirements = statement.actions.iter();
        Ok(Statement {
            id: statement.id.clone(),
            listing: self.listing()?,
            resources: statement.resources.clone(),
            requirements: requirements
                .map(|action| self.requirement(action))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The actions as the release lists them, with those that it lists twice.
    fn listing(&self) -> Result<Vec<String>, DataError> {
        let mut listing = self.statement.actions.clone();
        for repeat in &self.statement.repeat {
            if let Some(action) = repeat.actions.iter().find(|a| !listing.contains(a)) {
                return Err(self.missing("action", action));
            }
            insert_into(&self.place, &mut listing, repeat)?;
        }
        Ok(listing)
    }

    /// Policies are not of an account and region; the release's parameters alone fill them.
    fn placeholders<'s>(
        &self,
        texts: impl IntoIterator<Item = &'s String>,
    ) -> Result<(), DataError> {
        let known = self.names.placeholders;
        let mut unknown = texts.into_iter().filter_map(|text| unknown_in(text, known));
        match unknown.next() {
            Some(placeholder) => Err(self.missing("placeholder", &placeholder)),
            None => Ok(()),
        }
    }

    fn requirement(&self, action: &str) -> Result<Requirement, DataError> {
        let template = self.template(action)?;
        let (kind, also) = self.kinds(action)?;
        Ok(Requirement {
            id: self.id(action),
            action: action.to_owned(),
            resource: resource_pattern(&self.statement.resources, &template),
            condition: self
                .statement
                .condition
                .as_ref()
                .map(|condition| Condition {
                    operator: condition.operator.clone(),
                    key: condition.key.clone(),
                    value: condition.value.clone(),
                }),
            kind,
            also,
            features: self.features(action)?,
            statement: self.index,
            also_decided_by: self.statement.decided_elsewhere.clone(),
            reason: self.reason(action)?,
            template,
        })
    }

    fn id(&self, action: &str) -> String {
        if self.repeated.contains(action) {
            return format!("{action}@{}", self.statement.id);
        }
        action.to_owned()
    }

    /// What the action is for in this statement, or in any.
    fn reason(&self, action: &str) -> Result<Reason, DataError> {
        let reasons = &self.names.tables.reasons;
        let here = reasons.get(&format!("{action}@{}", self.statement.id));
        let reason = here.or_else(|| reasons.get(action));
        let reason = reason.ok_or_else(|| self.missing("reason for", action))?;
        Ok(reason.clone())
    }

    fn kinds(&self, action: &str) -> Result<(ResourceKind, Vec<ResourceKind>), DataError> {
        let of_action = || self.names.tables.kinds.get(action);
        let kinds = self.statement.kinds.as_ref().or_else(of_action);
        let kinds = kinds.ok_or_else(|| self.missing("kinds of", action))?;
        let (first, also) = kinds.split_first().ok_or_else(|| self.empty("kinds"))?;
        Ok((*first, also.to_vec()))
    }

    fn features(&self, action: &str) -> Result<Vec<String>, DataError> {
        let of_action = self.statement.features_of.get(action);
        let features = of_action.unwrap_or(&self.statement.features);
        self.not_empty("features", features)?;
        all_known(&self.place, features, self.names.features)?;
        Ok(features.clone())
    }

    fn not_empty(&self, what: &'static str, list: &[String]) -> Result<(), DataError> {
        if list.is_empty() {
            Err(self.empty(what))
        } else {
            Ok(())
        }
    }

    pub(super) fn empty(&self, what: &'static str) -> DataError {
        DataError::Empty {
            place: self.place.clone(),
            what,
        }
    }

    pub(super) fn missing(&self, what: &'static str, name: &str) -> DataError {
        missing(&self.place, what, name)
    }
}

/// The patterns that speak of the resources sampled; all, when none can be told to.
fn resource_pattern(patterns: &[String], template: &Template) -> String {
    let sampled: BTreeSet<_> = template
        .every
        .iter()
        .map(|t| resource_type(&t.arn))
        .collect();
    let fitting = patterns
        .iter()
        .filter(|p| sampled.contains(&resource_type(p)));
    let fitting: Vec<&str> = fitting.map(String::as_str).collect();
    if fitting.is_empty() {
        patterns.join(", ")
    } else {
        fitting.join(", ")
    }
}

/// `cluster` of `arn:aws:eks:us-east-1:123456789012:cluster/example`.
fn resource_type(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    resource.split(['/', ':']).next()
}
