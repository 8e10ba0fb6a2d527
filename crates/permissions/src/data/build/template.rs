//! The requests that decide a requirement, before they are put into an account.

use std::collections::BTreeMap;

use super::statement::Builder;
use crate::data::DataError;
use crate::data::checks::all_known;
use crate::data::file::{TargetFile, TargetsFile};
use crate::sample::{Target, Template, unknown_in, unknown_in_value};

impl Builder<'_> {
    pub(super) fn template(&self, action: &str) -> Result<Template, DataError> {
        let targets = self.targets_of(action)?;
        self.check_doubt(action, targets)?;
        Ok(Template {
            every: self.targets(&targets.every)?,
            alternatives: self.targets(&targets.alternatives)?,
            doubt: targets.doubt.clone(),
            context: self.context(action)?,
        })
    }

    /// The statement's own targets name features of its release; the shared table may also name
    /// features of other releases, which are never chosen here.
    fn targets_of(&self, action: &str) -> Result<&TargetsFile, DataError> {
        let Some(own) = self.statement.targets.get(action) else {
            let shared = self.names.tables.targets.get(action);
            return shared.ok_or_else(|| self.missing("resources of", action));
        };
        for target in own.every.iter().chain(&own.alternatives) {
            all_known(&self.place, target.features(), self.names.features)?;
        }
        Ok(own)
    }

    fn check_doubt(&self, action: &str, targets: &TargetsFile) -> Result<(), DataError> {
        let place = format!("`{action}` in {}", self.place);
        if targets.every.is_empty() && targets.alternatives.is_empty() {
            return Err(DataError::Empty {
                place,
                what: "resources",
            });
        }
        if targets.alternatives.is_empty() == targets.doubt.is_some() {
            return Err(DataError::Undoubted { place });
        }
        Ok(())
    }

    fn targets(&self, files: &[TargetFile]) -> Result<Vec<Target>, DataError> {
        let targets = files.iter().map(|file| {
            let (arn, assumes) = self.arn(file.resource())?;
            let features = file.features().to_vec();
            Ok(Target {
                arn,
                assumes,
                features,
            })
        });
        targets.collect()
    }

    fn arn(&self, resource: &str) -> Result<(String, Option<String>), DataError> {
        if resource == "*" {
            return Ok((resource.to_owned(), None));
        }
        let format = self.names.tables.formats.get(resource);
        let format = format.ok_or_else(|| self.missing("ARN format", resource))?;
        if let Some(placeholder) = unknown_in(&format.arn, self.names.placeholders) {
            return Err(self.missing("placeholder", &placeholder));
        }
        Ok((format.arn.clone(), format.assumes.clone()))
    }

    /// What every request to the service carries, and what the statement's requests carry.
    fn context(&self, action: &str) -> Result<BTreeMap<String, Vec<String>>, DataError> {
        let service = action.split(':').next().unwrap_or(action);
        let context = self.names.tables.services.get(service);
        let mut context = context
            .ok_or_else(|| self.missing("service", service))?
            .clone();
        context.extend(self.statement.context.clone());
        for value in context.values().flatten() {
            if let Some(placeholder) = unknown_in_value(value, self.names.placeholders) {
                return Err(self.missing("placeholder", &placeholder));
            }
        }
        let condition = self.statement.condition.as_ref();
        match condition.filter(|condition| !context.contains_key(&condition.key)) {
            Some(condition) => Err(self.missing("context of", &condition.key)),
            None => Ok(context),
        }
    }
}
