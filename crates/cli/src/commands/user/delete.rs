//! `commissary user delete`.

use std::process::ExitCode;

use serde_json::Value;

use super::PATH;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::say;
use crate::removal::ConfirmArgs;

/// Remove a user with all sessions, tokens and roles.
///
/// What the user did stays in the audit log.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary user delete ada")]
pub(crate) struct DeleteArgs {
    /// The user's name.
    name: String,
    #[command(flatten)]
    confirm: ConfirmArgs,
}

pub(super) async fn run(args: DeleteArgs, client: &Client) -> Result<ExitCode, Failure> {
    let path = [PATH, args.name.as_str()];
    let goes = |_: &Value| {
        format!(
            "This removes the user `{}` with all sessions, tokens and roles.",
            args.name
        )
    };
    args.confirm
        .remove(client, &path, goes, "Type the name to delete the user:")
        .await?;
    say(&format!("the user `{}` is deleted", args.name));
    Ok(ExitCode::SUCCESS)
}
