//! `commissary provider delete`.

use std::process::ExitCode;

use super::{provider, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{ask, say};

/// Remove a provider with its sealed key and its reports.
///
/// The account and its user in AWS stay as they are.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary provider delete prod --workspace team-a")]
pub(super) struct DeleteArgs {
    /// Its name.
    name: String,
    /// The name once more, for scripts; without it you are asked to type it.
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
}

pub(super) async fn run(
    args: DeleteArgs,
    workspace: &str,
    client: &Client,
) -> Result<ExitCode, Failure> {
    let path = provider(workspace, &args.name);
    let confirm = match args.confirm {
        Some(confirm) => confirm,
        None => {
            let shown = client.get(&path).await?;
            say(&format!(
                "This removes the provider `{}` (account {}) with its key and reports.",
                text(&shown, "name"),
                text(&shown, "accountId")
            ));
            ask(
                "Type the name to delete it:",
                "give the name once more with --confirm NAME",
            )?
        }
    };
    client.delete(&path, &[("confirm", &confirm)]).await?;
    say(&format!("the provider `{}` is deleted", args.name));
    Ok(ExitCode::SUCCESS)
}
