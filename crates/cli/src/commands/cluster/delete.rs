//! `commissary management-cluster delete`.

use std::process::ExitCode;

use serde_json::Value;

use super::{PATH, place, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::say;
use crate::removal::ForceArgs;

/// Remove a management cluster with its sealed kubeconfig and the namespaces that workspaces have
/// there.
///
/// While providers are delivered there that is refused, unless it is forced: what is there then
/// stays, and nobody keeps it up to date.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary management-cluster delete capi-eu")]
pub(crate) struct DeleteArgs {
    /// Its name.
    name: String,
    #[command(flatten)]
    removal: ForceArgs,
}

pub(super) async fn run(args: DeleteArgs, client: &Client) -> Result<ExitCode, Failure> {
    let path = [PATH, args.name.as_str()];
    let goes = |shown: &Value| {
        format!(
            "This removes the management cluster `{}` ({}) with its kubeconfig.",
            text(shown, "name"),
            place(shown)
        )
    };
    args.removal.remove(client, &path, goes).await?;
    say(&format!(
        "the management cluster `{}` is deleted",
        args.name
    ));
    Ok(ExitCode::SUCCESS)
}
