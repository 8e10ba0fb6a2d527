//! A permission report: for people, for scripts, for tickets and for CI.

mod flow;
mod markdown;
mod people;
mod remedy;
mod sarif;
mod words;

use commissary_core::domain::{PermissionReport, Remedy};

use super::{Format, print_text};
use crate::failure::Failure;

/// What of a report is printed, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) format: Format,
    /// The allowed actions as well.
    pub(crate) all: bool,
    /// Only what would mend the denials.
    pub(crate) fix: bool,
}

impl Shown {
    /// Refuses what cannot be printed, before AWS is asked.
    pub(crate) fn check(self) -> Result<(), Failure> {
        let holds_fix = matches!(self.format, Format::Markdown | Format::Sarif);
        if self.fix && holds_fix {
            return Err(Failure::usage(
                "--fix prints a policy, and a report for tickets or CI is none",
            )
            .with_hint("leave out --fix: the report holds what would mend the denials; or choose --output table, json or yaml"));
        }
        Ok(())
    }
}

/// Prints a report.
pub(crate) fn print_report(report: &PermissionReport, shown: Shown) -> Result<(), Failure> {
    shown.check()?;
    if shown.fix {
        return remedy::print(report, shown.format);
    }
    match shown.format {
        Format::Table => print_text(&people::report(report, shown.all)),
        Format::Markdown => print_text(&markdown::report(report, shown.all)),
        Format::Sarif => Format::Json.print(&sarif::log(report), |_| String::new()),
        Format::Json | Format::Yaml => print_data(report, shown.format),
    }
}

fn print_data(report: &PermissionReport, format: Format) -> Result<(), Failure> {
    let mut value = serde_json::to_value(report)
        .map_err(|error| Failure::failed(format!("no JSON can be made of the report: {error}")))?;
    if let Some(object) = value.as_object_mut() {
        object.insert("summary".to_owned(), serde_json::json!(report.summary()));
        object.insert("byKind".to_owned(), serde_json::json!(report.by_kind()));
        object.insert("fix".to_owned(), serde_json::json!(Remedy::of(report)));
    }
    format.print(&value, |_| String::new())
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
