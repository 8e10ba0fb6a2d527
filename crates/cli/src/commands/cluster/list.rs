//! `commissary management-cluster list`.

use std::process::ExitCode;

use serde_json::Value;

use super::{PATH, place, status};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, or_dash, table, text};

/// List the management clusters.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {}

pub(super) async fn run(_: ListArgs, client: &Client, output: Format) -> Result<ExitCode, Failure> {
    let list = client.list(&[PATH]).await?;
    output.print(&list, |list| {
        let items = list.get("items").and_then(Value::as_array);
        let rows = items.into_iter().flatten().map(row).collect();
        table(
            &["name", "server", "version", "status", "last check"],
            rows,
            "no management clusters yet; add one with `commissary management-cluster add NAME --kubeconfig FILE`",
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn row(cluster: &Value) -> Vec<String> {
    let nothing = Value::Null;
    let check = cluster.get("lastCheck").unwrap_or(&nothing);
    vec![
        text(cluster, "name").to_owned(),
        place(cluster).to_owned(),
        or_dash(text(check, "version")),
        status(cluster),
        or_dash(&moment(text(check, "at"))),
    ]
}
