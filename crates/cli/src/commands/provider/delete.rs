//! `commissary provider delete`.

use std::process::ExitCode;

use serde_json::Value;

use super::{provider, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::say;
use crate::removal::ConfirmArgs;

/// Remove a provider with its sealed key and its reports.
///
/// The account and its user in AWS stay as they are.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary provider delete prod --workspace team-a")]
pub(super) struct DeleteArgs {
    /// Its name.
    name: String,
    #[command(flatten)]
    confirm: ConfirmArgs,
}

pub(super) async fn run(
    args: DeleteArgs,
    workspace: &str,
    client: &Client,
) -> Result<ExitCode, Failure> {
    let path = provider(workspace, &args.name);
    let goes = |shown: &Value| {
        format!(
            "This removes the provider `{}` (account {}) with its key and reports.",
            text(shown, "name"),
            text(shown, "accountId")
        )
    };
    args.confirm
        .remove(client, &path, goes, "Type the name to delete it:")
        .await?;
    say(&format!("the provider `{}` is deleted", args.name));
    Ok(ExitCode::SUCCESS)
}
