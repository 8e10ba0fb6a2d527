//! `commissary provider list`.

use std::process::ExitCode;

use serde_json::Value;

use super::{providers, status, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, table};

pub(super) async fn run(
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let list = client.list(&providers(workspace)).await?;
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["name", "type", "authentication", "account", "status", "last check", "created"],
            rows,
            &format!("no infrastructure providers in `{workspace}` yet; add one with `commissary provider add aws NAME`, or make the AWS user too with `commissary aws bootstrap --register {workspace}/NAME`"),
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
