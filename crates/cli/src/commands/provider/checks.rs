//! `commissary provider checks`.

use std::process::ExitCode;

use serde_json::Value;

use super::{provider, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, table};

/// List the checks of a provider, the newest first, and what each changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary provider checks prod --workspace team-a")]
pub(super) struct ChecksArgs {
    /// Its name.
    name: String,
}

pub(super) async fn run(
    args: ChecksArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let [a, b, c, d] = provider(workspace, &args.name);
    let list = client.list(&[a, b, c, d, "checks"]).await?;
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["started", "by", "state", "allowed", "denied", "conditional", "unverifiable", "what changed"],
            rows,
            &format!("`{}` was never checked; do so with `commissary provider check {} --workspace {workspace}`", args.name, args.name),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn row(check: &Value) -> Vec<String> {
    let count = |field: &str| {
        let counts = check.get("summary");
        let count = counts
            .and_then(|counts| counts.get(field))
            .and_then(Value::as_u64);
        count.map_or_else(|| "–".to_owned(), |count| count.to_string())
    };
    vec![
        moment(text(check, "startedAt")),
        text(check, "startedBy").to_owned(),
        text(check, "state").to_owned(),
        count("allowed"),
        count("denied"),
        count("conditional"),
        count("unverifiable"),
        changed(check),
    ]
}

/// What a check found otherwise than the one before, or why it failed.
fn changed(check: &Value) -> String {
    if let Some(failure) = check.get("failure").filter(|failure| failure.is_object()) {
        return text(failure, "detail").to_owned();
    }
    let Some(changes) = check.get("changes").filter(|changes| changes.is_object()) else {
        return "–".to_owned();
    };
    let lists = [
        ("newlyDenied", "newly denied"),
        ("newlyAllowed", "newly allowed"),
        ("newlyConditional", "newly conditional"),
        ("newlyUnverifiable", "newly unverifiable"),
        ("newlyRequired", "newly required"),
        ("noLongerRequired", "no longer required"),
    ];
    let told: Vec<String> = lists
        .into_iter()
        .filter_map(|(field, words)| {
            let actions = changes.get(field)?.as_array()?;
            let first = actions.first()?.as_str()?;
            Some(match actions.len() {
                1 => format!("{words}: {first}"),
                more => format!("{words}: {first} and {} more", more - 1),
            })
        })
        .collect();
    if told.is_empty() {
        return "nothing".to_owned();
    }
    told.join("; ")
}
