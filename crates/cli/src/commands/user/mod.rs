//! `commissary user`: who may sign in.

mod delete;
mod edit;
mod invite;
mod list;

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::Value;

use crate::client::Client;
use crate::failure::Failure;
use crate::output::Format;

const PATH: &str = "users";

/// What to do with users.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// List the users.
    List,
    Invite(invite::InviteArgs),
    /// Take the right to sign in; sessions end and tokens stop working at once.
    Disable {
        /// The user's name.
        name: String,
    },
    /// Give the right to sign in back.
    Enable {
        /// The user's name.
        name: String,
    },
    /// Say whether a user is a global administrator; roles in a workspace are given
    /// with `commissary workspace member set`.
    Role {
        /// The user's name.
        name: String,
        /// What the user is to be.
        #[arg(value_enum)]
        role: edit::GlobalRole,
    },
    Delete(delete::DeleteArgs),
}

pub(crate) async fn run(
    command: UserCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    use edit::{Edit, GlobalRole};
    match command {
        UserCommand::List => list::run(client, output).await,
        UserCommand::Invite(args) => invite::run(args, client, output).await,
        UserCommand::Disable { name } => edit::run(&name, Edit::Disable, client, output).await,
        UserCommand::Enable { name } => edit::run(&name, Edit::Enable, client, output).await,
        UserCommand::Role { name, role } => {
            let edit = match role {
                GlobalRole::Administrator => Edit::Promote,
                GlobalRole::Member => Edit::Demote,
            };
            edit::run(&name, edit, client, output).await
        }
        UserCommand::Delete(args) => delete::run(args, client).await,
    }
}

/// What somebody may do, in the console's words.
fn rights(user: &Value) -> String {
    if user.get("administrator").and_then(Value::as_bool) == Some(true) {
        return "global administrator".to_owned();
    }
    let roles = user.get("roles").and_then(Value::as_object);
    let written = |(workspace, role): (&String, &Value)| {
        format!("{} in {workspace}", role.as_str().unwrap_or_default())
    };
    let roles: Vec<String> = roles.into_iter().flatten().map(written).collect();
    match roles.is_empty() {
        true => "no role yet".to_owned(),
        false => roles.join(", "),
    }
}
