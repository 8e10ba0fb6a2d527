//! `commissary provider show`.

use std::process::ExitCode;

use commissary_core::domain::PermissionReport;
use serde_json::Value;

use super::{provider, status, text};
use crate::client::Client;
use crate::failure::{Failure, NOT_FOUND};
use crate::output::{Format, moment, print_report, print_text, table};

pub(super) async fn run(
    workspace: &str,
    name: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = client.get(&provider(workspace, name)).await?;
    output.print(&shown, for_people)?;
    if output == Format::Table
        && let Some(report) = latest_report(workspace, name, client).await?
    {
        print_text("")?;
        print_report(&report, output, false)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The newest report; none if the provider was never checked.
async fn latest_report(
    workspace: &str,
    name: &str,
    client: &Client,
) -> Result<Option<PermissionReport>, Failure> {
    let [a, b, c, d] = provider(workspace, name);
    match client.get(&[a, b, c, d, "check"]).await {
        Ok(report) => super::check::understood(report).map(Some),
        Err(failure) if failure.exit_code() == NOT_FOUND => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn for_people(shown: &Value) -> String {
    let features: Vec<&str> = shown
        .get("features")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let fields = [
        ("name", text(shown, "name").to_owned()),
        ("status", status(shown)),
        ("refusal", text(shown, "refusal").to_owned()),
        ("account", text(shown, "accountId").to_owned()),
        ("partition", text(shown, "partition").to_owned()),
        ("principal", text(shown, "principalArn").to_owned()),
        ("access key", text(shown, "accessKeyId").to_owned()),
        ("region", text(shown, "region").to_owned()),
        ("release", text(shown, "release").to_owned()),
        ("features", features.join(", ")),
        ("created", moment(text(shown, "createdAt"))),
    ];
    let known = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = known
        .map(|(field, value)| vec![field.to_owned(), value])
        .collect();
    table(&["field", "value"], rows, "")
}
