//! `commissary management-cluster delete`.

use std::process::ExitCode;

use super::{PATH, place, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{ask, say};

/// Remove a management cluster with its sealed kubeconfig and the namespaces that workspaces have
/// there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary management-cluster delete capi-eu")]
pub(crate) struct DeleteArgs {
    /// Its name.
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
            let shown = client.get(&path).await?;
            say(&format!(
                "This removes the management cluster `{}` ({}) with its kubeconfig.",
                text(&shown, "name"),
                place(&shown)
            ));
            ask(
                "Type the name to delete it:",
                "give the name once more with --confirm NAME",
            )?
        }
    };
    client.delete(&path, &[("confirm", &confirm)]).await?;
    say(&format!(
        "the management cluster `{}` is deleted",
        args.name
    ));
    Ok(ExitCode::SUCCESS)
}
