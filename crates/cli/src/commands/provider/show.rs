//! `commissary provider show`.

use std::process::ExitCode;

use commissary_core::domain::PermissionReport;
use serde_json::Value;

use super::{deliveries, provider, status, text};
use crate::client::Client;
use crate::failure::{Failure, NOT_FOUND};
use crate::output::{Format, Shown, moment, print_report, print_text, table};

/// Show one with where it can be used, and its last report by resource kind.
///
/// As markdown and as SARIF the report alone is printed.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Its name.
    name: String,
    /// Print only the smallest policy addition that would mend what the last report finds denied.
    #[arg(long)]
    fix: bool,
    /// Show what is allowed as well.
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(
    args: ShowArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = Shown {
        format: output,
        all: args.all,
        fix: args.fix,
    };
    shown.check()?;
    let only_report = args.fix || matches!(output, Format::Markdown | Format::Sarif);
    if !only_report {
        let shown = with_deliveries(workspace, &args.name, client).await?;
        output.print(&shown, for_people)?;
        if output != Format::Table {
            return Ok(ExitCode::SUCCESS);
        }
    }
    match latest_report(workspace, &args.name, client).await? {
        Some(report) if only_report => print_report(&report, shown)?,
        Some(report) => {
            print_text("")?;
            print_report(&report, shown)?;
        }
        None if only_report => {
            return Err(Failure::new(
                NOT_FOUND,
                format!(
                    "the infrastructure provider `{}` was never checked, or is not there",
                    args.name
                ),
            )
            .with_hint(format!(
                "check it with `commissary provider check {} --workspace {workspace}`",
                args.name
            )));
        }
        None => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The provider, and as `deliveries` where it can be used.
async fn with_deliveries(workspace: &str, name: &str, client: &Client) -> Result<Value, Failure> {
    let path = provider(workspace, name);
    let mut shown = client.get(&path).await?;
    let [a, b, c, d] = path;
    let list = client.list(&[a, b, c, d, "deliveries"]).await?;
    if let (Some(shown), Some(items)) = (shown.as_object_mut(), list.get("items")) {
        shown.insert("deliveries".to_owned(), items.clone());
    }
    Ok(shown)
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
    let fields = table(&["field", "value"], rows, "");
    let there = shown.get("deliveries").and_then(Value::as_array);
    match there.filter(|there| !there.is_empty()) {
        Some(there) => format!("{fields}\n\n{}", deliveries::listed(there)),
        None => fields,
    }
}
