//! `commissary audit list`.

use std::process::ExitCode;

use serde_json::Value;

use super::filter::FilterArgs;
use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{Format, moment, table, text};

/// List entries, the newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary audit list --limit 20
  commissary audit list --action 'provider.*' --outcome refused --since 2026-03-01")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// The most entries to list [default: all].
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) async fn run(
    args: ListArgs,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    let client = Client::connect(server)?;
    let query = args.filter.query();
    let list = client
        .list_some(&["audit-events"], &query, args.limit.unwrap_or(usize::MAX))
        .await?;
    let nothing = match query.is_empty() {
        true => "nothing was done yet",
        false => "no entry meets this filter",
    };
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["no", "at", "who", "from", "what", "on", "outcome"],
            rows,
            nothing,
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn row(event: &Value) -> Vec<String> {
    let fields = ["actor", "from", "action", "target", "outcome"];
    let number = event.get("sequence").map(Value::to_string);
    [number.unwrap_or_default(), moment(text(event, "at"))]
        .into_iter()
        .chain(fields.map(|field| text(event, field).to_owned()))
        .collect()
}
