//! `commissary workspace namespaces`: which namespaces of management clusters are a workspace's.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, table, text};

/// What to do with the namespaces of a workspace.
#[derive(Debug, Subcommand)]
pub(crate) enum NamespacesCommand {
    /// Show the namespaces, by management cluster.
    Show {
        /// The workspace.
        workspace: String,
    },
    /// Say which namespaces a workspace has in a management cluster, in place of those that it has
    /// there. Clusters in them may use the workspace's providers, and no others may. To take away
    /// one in which clusters use them is refused, unless it is forced.
    #[command(after_help = "\
Examples:
  commissary workspace namespaces set team-a capi-eu team-a team-a-staging
  commissary workspace namespaces set team-a capi-eu --none")]
    Set {
        /// The workspace.
        workspace: String,
        /// The management cluster.
        management_cluster: String,
        /// The namespaces.
        #[arg(required_unless_present = "none", conflicts_with = "none")]
        namespaces: Vec<String>,
        /// Take all namespaces away.
        #[arg(long)]
        none: bool,
        /// Take namespaces away although clusters in them use the workspace's providers.
        #[arg(long)]
        force: bool,
    },
}

pub(crate) async fn run(
    command: NamespacesCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    match command {
        NamespacesCommand::Show { workspace } => {
            let list = client
                .list(&["workspaces", &workspace, "namespaces"])
                .await?;
            output.print(&list, |list| {
                let items = list.get("items").and_then(Value::as_array);
                let rows = items.into_iter().flatten().map(row).collect();
                table(
                    &["management cluster", "namespaces"],
                    rows,
                    &format!("`{workspace}` has no namespaces yet; name them with `commissary workspace namespaces set {workspace} CLUSTER NAMESPACE`"),
                )
            })?;
        }
        NamespacesCommand::Set {
            workspace,
            management_cluster,
            namespaces,
            none: _,
            force,
        } => {
            let path = [
                "workspaces",
                workspace.as_str(),
                "namespaces",
                management_cluster.as_str(),
            ];
            let set = client
                .put(&path, &json!({"namespaces": namespaces, "force": force}))
                .await?;
            output.print(&set, |set| {
                let names = names(set);
                match names.is_empty() {
                    true => format!(
                        "`{workspace}` has no namespaces in `{management_cluster}` any more"
                    ),
                    false => format!("`{workspace}` has {names} in `{management_cluster}` now"),
                }
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(there: &Value) -> Vec<String> {
    vec![text(there, "managementCluster").to_owned(), names(there)]
}

fn names(there: &Value) -> String {
    let names = there.get("namespaces").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.collect::<Vec<_>>().join(", ")
}
