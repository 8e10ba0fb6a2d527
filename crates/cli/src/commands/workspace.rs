//! `commissary workspace`: the workspaces of a server.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, say, table, text};

const PATH: &str = "workspaces";

/// What to do with workspaces.
#[derive(Debug, Subcommand)]
pub(crate) enum WorkspaceCommand {
    /// Add a workspace.
    #[command(after_help = "Example:\n  commissary workspace create team-a")]
    Create {
        /// Its name: lower-case letters, digits and `-`.
        name: String,
    },
    /// List the workspaces.
    List {
        /// Only those with this in their name.
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
    },
    /// Show one workspace.
    Show {
        /// Its name.
        name: String,
    },
    /// Who has which role in a workspace.
    #[command(subcommand)]
    Member(super::member::MemberCommand),
    /// Which namespaces of management clusters belong to a workspace.
    #[command(subcommand)]
    Namespaces(super::namespaces::NamespacesCommand),
    /// Remove a workspace that has no infrastructure providers and no namespaces.
    Delete {
        /// Its name.
        name: String,
    },
}

pub(crate) async fn run(
    command: WorkspaceCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    match command {
        WorkspaceCommand::Create { name } => {
            let made = client.post(&[PATH], &json!({ "name": name })).await?;
            output.print(&made, |_| format!("the workspace `{name}` is ready"))?;
        }
        WorkspaceCommand::List { search } => {
            let wanted = search.as_deref().map(|text| ("search", text));
            let list = client
                .list_some(&[PATH], wanted.as_slice(), usize::MAX)
                .await?;
            output.print(&list, |list| list_for_people(list, search.as_deref()))?;
        }
        WorkspaceCommand::Show { name } => {
            let shown = client.get(&[PATH, &name]).await?;
            output.print(&shown, |shown| {
                table(&["name", "created"], vec![row(shown)], "")
            })?;
        }
        WorkspaceCommand::Member(command) => {
            return super::member::run(command, client, output).await;
        }
        WorkspaceCommand::Namespaces(command) => {
            return super::namespaces::run(command, client, output).await;
        }
        WorkspaceCommand::Delete { name } => {
            client.delete(&[PATH, &name], &[]).await?;
            say(&format!("the workspace `{name}` is deleted"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list_for_people(list: &Value, searched: Option<&str>) -> String {
    let items = list.get("items").and_then(Value::as_array);
    let rows = items.into_iter().flatten().map(row).collect();
    let none = match searched {
        Some(text) => format!("no workspace has `{text}` in its name"),
        None => "no workspaces yet; make one with `commissary workspace create NAME`".to_owned(),
    };
    table(&["name", "created"], rows, &none)
}

fn row(workspace: &Value) -> Vec<String> {
    vec![
        text(workspace, "name").to_owned(),
        moment(text(workspace, "createdAt")),
    ]
}
