//! `commissary provider delete`.

use std::process::ExitCode;

use serde_json::Value;

use super::{provider, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::say;
use crate::removal::ForceArgs;

/// Remove a provider with its sealed key and its reports.
///
/// The account and its user in AWS stay as they are. What was delivered of it is taken out of the
/// management clusters; while clusters there use it that is refused, unless it is forced.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  commissary provider delete prod --workspace team-a\n  commissary provider delete prod --workspace team-a --confirm prod --force"
)]
pub(super) struct DeleteArgs {
    /// Its name.
    name: String,
    #[command(flatten)]
    removal: ForceArgs,
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
    args.removal.remove(client, &path, goes).await?;
    say(&format!("the provider `{}` is deleted", args.name));
    Ok(ExitCode::SUCCESS)
}
