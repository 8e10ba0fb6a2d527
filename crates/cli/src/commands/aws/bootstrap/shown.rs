//! Plans for people and programs.

use std::fmt::Write as _;
use std::process::ExitCode;

use commissary_core::domain::{BootstrapState, Planned};
use serde_json::json;

use crate::failure::Failure;
use crate::output::{Format, ask, say};

/// A plan for people or programs.
pub(super) fn show_plan(planned: &Planned, output: Format) -> Result<ExitCode, Failure> {
    let value = json!({
        "accountId": planned.administrator.account_id,
        "by": planned.administrator.principal_arn,
        "changes": planned.changes(),
        "lines": planned.lines,
    });
    output.print(&value, |_| told(planned))?;
    Ok(ExitCode::SUCCESS)
}

/// The lines, and what it would take to undo those that `--undo` does not.
pub(super) fn told(planned: &Planned) -> String {
    let (administrator, lines) = (&planned.administrator, &planned.lines);
    let mut text = format!(
        "in account {} ({}), as {}:\n",
        administrator.account_id, administrator.partition, administrator.principal_arn
    );
    for line in lines {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {}", line.line());
        let undo = line.undo.as_ref().filter(|undo| !undo.contains("--undo"));
        if let Some(undo) = undo {
            let _ = writeln!(text, "{:<28} to undo: {undo}", "");
        }
    }
    if !planned.changes() {
        text.push_str("nothing would be changed\n");
    } else if lines.iter().any(|line| line.state == BootstrapState::Made) {
        text.push_str("`--undo` removes what is made here\n");
    }
    text
}

/// Shows a plan and asks.
pub(super) fn confirm(planned: &Planned) -> Result<(), Failure> {
    say(&told(planned));
    let answer = ask(
        "go on? [y/N]",
        "use --yes to go on without asking, or --plan to see the plan only",
    )?;
    match answer.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::failed("nothing was changed")),
    }
}
