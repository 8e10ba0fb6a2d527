//! `commissary workspace member`: who has which role in a workspace.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use super::token::RoleArg;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, say, table, text};

/// What to do with the people of a workspace.
#[derive(Debug, Subcommand)]
pub(crate) enum MemberCommand {
    /// List who has a role; global administrators need none.
    List {
        /// The workspace.
        workspace: String,
    },
    /// Give a user a role, in place of any before it.
    #[command(after_help = "Example:\n  commissary workspace member set team-a ada operator")]
    Set {
        /// The workspace.
        workspace: String,
        /// The user's name.
        user: String,
        /// The role.
        #[arg(value_enum)]
        role: RoleArg,
    },
    /// Take a user's role.
    Remove {
        /// The workspace.
        workspace: String,
        /// The user's name.
        user: String,
    },
}

pub(crate) async fn run(
    command: MemberCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    match command {
        MemberCommand::List { workspace } => {
            let list = client.list(&["workspaces", &workspace, "members"]).await?;
            output.print(&list, |list| {
                let items = list.get("items").and_then(Value::as_array);
                let rows = items.into_iter().flatten().map(row).collect();
                table(
                    &["name", "role", "sign-in"],
                    rows,
                    &format!("nobody has a role in `{workspace}`; give one with `commissary workspace member set {workspace} USER ROLE`"),
                )
            })?;
        }
        MemberCommand::Set {
            workspace,
            user,
            role,
        } => {
            let path = ["workspaces", workspace.as_str(), "members", user.as_str()];
            let member = client.put(&path, &json!({"role": role.name()})).await?;
            output.print(&member, |_| {
                format!("`{user}` has the role {} in `{workspace}` now", role.name())
            })?;
        }
        MemberCommand::Remove { workspace, user } => {
            let path = ["workspaces", workspace.as_str(), "members", user.as_str()];
            client.delete(&path, &[]).await?;
            say(&format!("`{user}` has no role in `{workspace}` any more"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(member: &Value) -> Vec<String> {
    let sign_in = match member.get("disabled").and_then(Value::as_bool) {
        Some(true) => "disabled",
        _ => "enabled",
    };
    let fields = ["name", "role"].map(|field| text(member, field).to_owned());
    fields.into_iter().chain([sign_in.to_owned()]).collect()
}
