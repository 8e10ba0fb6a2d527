//! Which entries of the audit log are wanted.

use jiff::Timestamp;

use super::AuditOutcome;
use crate::domain::{WorkspaceId, given};
use crate::error::FieldError;

/// A text as a whole, or its beginning (`provider.*`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFilter {
    /// The text must be this.
    Is(String),
    /// The text must begin with this.
    Begins(String),
}

impl TextFilter {
    /// Reads a filter; a `*` at the end stands for any rest.
    pub fn parse(text: &str) -> Self {
        match text.strip_suffix('*') {
            Some(beginning) => Self::Begins(beginning.to_owned()),
            None => Self::Is(text.to_owned()),
        }
    }
}

/// In which order entries are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AuditOrder {
    /// As people read a log.
    #[default]
    NewestFirst,
    /// As they were written.
    OldestFirst,
}

/// Which entries are wanted: those that meet everything that is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Who did it.
    pub actor: Option<TextFilter>,
    /// What was done.
    pub action: Option<TextFilter>,
    /// What it was done to.
    pub target: Option<TextFilter>,
    /// The workspace concerned.
    pub workspace_id: Option<WorkspaceId>,
    /// How it ended.
    pub outcome: Option<AuditOutcome>,
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// The order of the answer.
    pub order: AuditOrder,
}

/// A filter as people and programs write it: every part is text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilterInput {
    /// Who did it; `*` at the end stands for any rest.
    pub actor: Option<String>,
    /// What was done; `*` at the end stands for any rest.
    pub action: Option<String>,
    /// What it was done to; `*` at the end stands for any rest.
    pub target: Option<String>,
    /// The name of the workspace concerned.
    pub workspace: Option<String>,
    /// `done` or `refused`.
    pub outcome: Option<String>,
    /// Not before this moment or day.
    pub since: Option<String>,
    /// Before this moment, or to the end of this day.
    pub until: Option<String>,
    /// The order of the answer.
    pub order: AuditOrder,
}

impl AuditFilterInput {
    /// Reads every part but the workspace, whose id only the store knows.
    ///
    /// # Errors
    /// Each part that is at fault.
    pub fn parse(&self) -> Result<AuditFilter, Vec<FieldError>> {
        let mut faults = Vec::new();
        let text = |part: &Option<String>| given(part.as_deref()).map(TextFilter::parse);
        let outcome = given(self.outcome.as_deref()).and_then(|word| {
            let found = AuditOutcome::ALL
                .into_iter()
                .find(|known| known.word() == word);
            if found.is_none() {
                faults.push(FieldError::new("outcome", "give `done` or `refused`"));
            }
            found
        });
        let mut moment = |field: &str, part: &Option<String>, end_of_day: bool| {
            let read = given(part.as_deref()).map(|text| moment_of(text, end_of_day));
            if read == Some(None) {
                let message =
                    "give a day like `2026-03-04`, or a moment like `2026-03-04T05:06:07Z`";
                faults.push(FieldError::new(field, message));
            }
            read.flatten()
        };
        let (since, until) = (
            moment("since", &self.since, false),
            moment("until", &self.until, true),
        );
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(AuditFilter {
            actor: text(&self.actor),
            action: text(&self.action),
            target: text(&self.target),
            workspace_id: None,
            outcome,
            since,
            until,
            order: self.order,
        })
    }
}

/// How a day is written (ISO 8601).
const DAY: &str = "YYYY-MM-DD";

/// A moment, or the beginning or the end of a day in UTC.
fn moment_of(text: &str, end_of_day: bool) -> Option<Timestamp> {
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    // A moment without a zone would be read as its day.
    let day = Some(text).filter(|text| text.len() == DAY.len())?;
    let day: jiff::civil::Date = day.parse().ok()?;
    let day = if end_of_day {
        day.tomorrow().ok()?
    } else {
        day
    };
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(midnight.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_at_the_end_stands_for_any_rest() {
        let input = AuditFilterInput {
            action: Some("provider.*".to_owned()),
            actor: Some("admin".to_owned()),
            target: Some(" ".to_owned()),
            ..AuditFilterInput::default()
        };
        let filter = input.parse().unwrap();
        assert_eq!(
            filter.action,
            Some(TextFilter::Begins("provider.".to_owned()))
        );
        assert_eq!(filter.actor, Some(TextFilter::Is("admin".to_owned())));
        assert_eq!(filter.target, None);
    }

    #[test]
    fn a_day_is_meant_whole() {
        let day = Some("2026-03-04".to_owned());
        let input = AuditFilterInput {
            since: day.clone(),
            until: day,
            ..AuditFilterInput::default()
        };
        let filter = input.parse().unwrap();
        let moment = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        assert_eq!(filter.since, moment("2026-03-04T00:00:00Z"));
        assert_eq!(filter.until, moment("2026-03-05T00:00:00Z"));
    }

    #[test]
    fn each_part_that_cannot_be_meant_is_told() {
        let word = |text: &str| Some(text.to_owned());
        let input = AuditFilterInput {
            outcome: word("maybe"),
            since: word("yesterday"),
            until: word("2026-03-01T00:00:00"),
            ..AuditFilterInput::default()
        };
        let faults = input.parse().unwrap_err();
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["outcome", "since", "until"]);
    }
}
