//! Removing something from the server, once its name was typed.

use serde_json::Value;

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{ask, say};

/// The proof that it is meant.
#[derive(Debug, clap::Args)]
pub(crate) struct ConfirmArgs {
    /// The name once more, for scripts; without it you are asked to type it.
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
}

/// The proof, and the will to go on where something still depends on it.
#[derive(Debug, clap::Args)]
pub(crate) struct ForceArgs {
    #[command(flatten)]
    confirm: ConfirmArgs,
    /// Remove it although something still depends on it.
    #[arg(long)]
    force: bool,
}

impl ForceArgs {
    /// As [`ConfirmArgs::remove`].
    pub(crate) async fn remove(
        self,
        client: &Client,
        path: &[&str],
        goes: impl FnOnce(&Value) -> String,
    ) -> Result<(), Failure> {
        let confirm = self.confirm.typed(client, path, goes, QUESTION).await?;
        let force = if self.force { "true" } else { "false" };
        client
            .delete(path, &[("confirm", &confirm), ("force", force)])
            .await
    }
}

const QUESTION: &str = "Type the name to delete it:";

impl ConfirmArgs {
    /// Removes what is at `path`. Who has not typed the name yet reads what `goes`, told of what
    /// is there, and is asked the `question`.
    pub(crate) async fn remove(
        self,
        client: &Client,
        path: &[&str],
        goes: impl FnOnce(&Value) -> String,
        question: &str,
    ) -> Result<(), Failure> {
        let confirm = self.typed(client, path, goes, question).await?;
        client.delete(path, &[("confirm", &confirm)]).await
    }

    async fn typed(
        self,
        client: &Client,
        path: &[&str],
        goes: impl FnOnce(&Value) -> String,
        question: &str,
    ) -> Result<String, Failure> {
        match self.confirm {
            Some(confirm) => Ok(confirm),
            None => {
                let shown = client.get(path).await?;
                say(&goes(&shown));
                ask(question, "give the name once more with --confirm NAME")
            }
        }
    }
}
