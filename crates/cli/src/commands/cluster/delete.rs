//! `commissary management-cluster delete`.

use std::process::ExitCode;

use serde_json::Value;

use super::{PATH, place, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::say;
use crate::removal::ConfirmArgs;

/// Remove a management cluster with its sealed kubeconfig and the namespaces that workspaces have
/// there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary management-cluster delete capi-eu")]
pub(crate) struct DeleteArgs {
    /// Its name.
    name: String,
    #[command(flatten)]
    confirm: ConfirmArgs,
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
    args.confirm
        .remove(client, &path, goes, "Type the name to delete it:")
        .await?;
    say(&format!(
        "the management cluster `{}` is deleted",
        args.name
    ));
    Ok(ExitCode::SUCCESS)
}
