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
        let confirm = match self.confirm {
            Some(confirm) => confirm,
            None => {
                let shown = client.get(path).await?;
                say(&goes(&shown));
                ask(question, "give the name once more with --confirm NAME")?
            }
        };
        client.delete(path, &[("confirm", &confirm)]).await
    }
}
