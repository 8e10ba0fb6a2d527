//! `commissary provider list`.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use commissary_core::domain::ProviderStatus;
use serde_json::Value;

use super::{providers, status, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, table};

/// List the infrastructure providers.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// Only those with this in their name or in their account.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// Only those that stand like this.
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(ProviderStatus::ALL.map(ProviderStatus::word)))]
    status: Option<String>,

    /// What to sort by; after `-`, the other way round.
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "name",
        allow_hyphen_values = true
    )]
    sort: String,
}

const EXAMPLES: &str = "\
Orders: name, account, status (the most urgent first), keySince, lastCheck, created.

Examples:
  commissary provider list --workspace team-a
  commissary provider list --workspace team-a --status missing
  commissary provider list --workspace team-a --sort keySince
  commissary provider list --workspace team-a --sort=-created --output json";

pub(super) async fn run(
    args: ListArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let given = [("search", &args.search), ("status", &args.status)];
    let given = given
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let parameters: Vec<(&str, &str)> = given.chain([("sort", args.sort.as_str())]).collect();
    let list = client
        .list_some(&providers(workspace), &parameters, usize::MAX)
        .await?;
    let none = match args.search.is_some() || args.status.is_some() {
        true => format!(
            "no infrastructure provider in `{workspace}` is like that; `commissary provider list` without --search and --status shows all"
        ),
        false => format!(
            "no infrastructure providers in `{workspace}` yet; add one with `commissary provider add aws NAME`, or make the AWS user too with `commissary aws bootstrap --register {workspace}/NAME`"
        ),
    };
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &[
                "name",
                "type",
                "authentication",
                "account",
                "status",
                "key since",
                "last check",
                "created",
            ],
            rows,
            &none,
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn row(provider: &Value) -> Vec<String> {
    let method = provider
        .get("authentication")
        .map_or("", |a| text(a, "method"));
    let checked = provider
        .get("lastCheck")
        .map_or("", |check| text(check, "at"));
    let cells = [
        text(provider, "name"),
        text(provider, "type"),
        method,
        text(provider, "accountId"),
        &status(provider),
        &moment(text(provider, "keySince")),
        &moment(checked),
        &moment(text(provider, "createdAt")),
    ];
    cells
        .map(|cell| {
            if cell.is_empty() {
                "–".to_owned()
            } else {
                cell.to_owned()
            }
        })
        .to_vec()
}
