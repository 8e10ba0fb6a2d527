//! `commissary user invite`.

use std::process::ExitCode;

use serde_json::{Map, Value, json};

use super::rights;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, say, text};

/// Invite somebody: prints a link to hand over, this one time.
///
/// Whoever opens it chooses a password and is signed in with the rights given here.
/// The link works once, for a week. An admin of a workspace invites to that workspace.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary user invite ada --role team-a=operator
  commissary user invite grace --administrator")]
pub(crate) struct InviteArgs {
    /// The name that the user will have.
    name: String,
    /// Make a global administrator, who may do everything everywhere.
    #[arg(long)]
    administrator: bool,
    /// A role in a workspace: viewer, operator or admin; several can be given.
    #[arg(long, value_name = "WORKSPACE=ROLE")]
    role: Vec<String>,
}

pub(super) async fn run(
    args: InviteArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let mut roles = Map::new();
    for given in &args.role {
        let (workspace, role) = given.split_once('=').ok_or_else(|| {
            Failure::usage(format!("`{given}` is not a role in a workspace"))
                .with_hint("write it like team-a=operator")
        })?;
        roles.insert(workspace.to_owned(), json!(role));
    }
    let body = json!({
        "name": args.name,
        "administrator": args.administrator,
        "roles": Value::Object(roles),
    });
    let mut made = client.post(&["invitations"], &body).await?;
    let link = format!("{}{}", client.base(), text(&made, "path"));
    if let Some(made) = made.as_object_mut() {
        made.insert("link".to_owned(), json!(link));
    }
    output.print(&made, |_| link.clone())?;
    say(&format!(
        "hand this link to `{}`, who will be: {}; it works once, until {}",
        args.name,
        rights(&made),
        moment(text(&made, "expiresAt"))
    ));
    Ok(ExitCode::SUCCESS)
}
