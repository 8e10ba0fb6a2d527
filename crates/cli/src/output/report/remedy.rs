//! What would mend the denials of a report, alone.

use commissary_core::domain::{PermissionReport, Remedy};

use super::super::{Format, print_text, say};
use super::words;
use crate::failure::Failure;

/// Prints the addition; for people the document goes to standard output and the rest beside it.
pub(super) fn print(report: &PermissionReport, format: Format) -> Result<(), Failure> {
    let remedy = Remedy::of(report);
    if format != Format::Table {
        return format.print(&serde_json::json!(remedy.unwrap_or_default()), |_| {
            String::new()
        });
    }
    let (_, title, why) = words::verdict(report);
    say(&format!("{title}: {why}"));
    let Some(remedy) = remedy else {
        say("nothing is denied, so there is nothing to add");
        return Ok(());
    };
    if let Some(policy) = &remedy.policy {
        say(&format!(
            "add this to the policies of `{}` ({}, {} characters)",
            report.identity.principal_arn,
            words::counted(remedy.actions.len(), "action"),
            remedy.size
        ));
        print_text(&policy.to_pretty())?;
    }
    for elsewhere in &remedy.elsewhere {
        say(&format!(
            "an addition does not help with {}: {}",
            elsewhere.actions.join(", "),
            elsewhere.change
        ));
        if let Some(policy) = &elsewhere.policy {
            say(&format!(
                "what the {} must allow as well:\n{}",
                elsewhere.by.layer,
                policy.to_pretty()
            ));
        }
    }
    for note in &remedy.notes {
        say(note);
    }
    Ok(())
}
