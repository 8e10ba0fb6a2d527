//! `commissary user delete`.

use std::process::ExitCode;

use super::PATH;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{ask, say};

/// Remove a user with all sessions, tokens and roles.
///
/// What the user did stays in the audit log.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary user delete ada")]
pub(crate) struct DeleteArgs {
    /// The user's name.
    name: String,
    /// The name once more, for scripts; without it you are asked to type it.
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
}

pub(super) async fn run(args: DeleteArgs, client: &Client) -> Result<ExitCode, Failure> {
    let path = [PATH, args.name.as_str()];
    let confirm = match args.confirm {
        Some(confirm) => confirm,
        None => {
            client.get(&path).await?;
            say(&format!(
                "This removes the user `{}` with all sessions, tokens and roles.",
                args.name
            ));
            ask(
                "Type the name to delete the user:",
                "give the name once more with --confirm NAME",
            )?
        }
    };
    client.delete(&path, &[("confirm", &confirm)]).await?;
    say(&format!("the user `{}` is deleted", args.name));
    Ok(ExitCode::SUCCESS)
}
