//! `commissary audit`: who did what.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::Value;

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, table, text};

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// List the entries, the newest first.
    List,
}

pub(crate) async fn run(
    command: AuditCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let AuditCommand::List = command;
    let list = client.list(&["audit-events"]).await?;
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["at", "who", "from", "what", "on", "outcome"],
            rows,
            "nothing was done yet",
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn row(event: &Value) -> Vec<String> {
    let fields = ["actor", "from", "action", "target", "outcome"];
    std::iter::once(moment(text(event, "at")))
        .chain(fields.map(|field| text(event, field).to_owned()))
        .collect()
}
