//! `commissary key`: the root key that seals the secrets.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, text};
use crate::progress::Waiting;

/// What to do with the root key.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Show which root key seals the secrets; of the key itself nothing is shown.
    Show,
    /// Replace the root key by a new one while the server runs.
    ///
    /// The server makes the new key beside the old one in its key file, wraps every
    /// secret anew, and then moves the old key to a file of its own. It can be stopped
    /// or killed at any point; the same command goes on.
    #[command(after_help = "\
Example:
  commissary key rotate

Keep the old key's file as long as you keep backups that were taken before.")]
    Rotate,
}

pub(crate) async fn run(
    command: KeyCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let state = match command {
        KeyCommand::Show => client.get(&["root-key"]).await?,
        KeyCommand::Rotate => rotate(client).await?,
    };
    output.print(&state, for_people)?;
    Ok(ExitCode::SUCCESS)
}

async fn rotate(client: &Client) -> Result<Value, Failure> {
    let waiting = Waiting::new("making a new root key");
    let nothing = json!({});
    let begun = client.post(&["root-key", "rotation"], &nothing).await?;
    let all = left(&begun);
    let mut state = begun;
    while is_open(&state) {
        let done = all.saturating_sub(left(&state));
        waiting.say(&format!("secrets wrapped anew: {done} of {all}"));
        let step = ["root-key", "rotation", "step"];
        state = client.post(&step, &nothing).await?;
    }
    Ok(state)
}

fn older(state: &Value) -> impl Iterator<Item = &Value> {
    let keys = state.get("older").and_then(Value::as_array);
    keys.into_iter().flatten()
}

/// Whether a rotation is begun and not finished.
fn is_open(state: &Value) -> bool {
    older(state).next().is_some()
}

fn secrets(key: &Value) -> u64 {
    key.get("secrets")
        .and_then(Value::as_u64)
        .unwrap_or_default()
}

/// How many secrets are wrapped by an older key still.
fn left(state: &Value) -> u64 {
    older(state).map(secrets).sum()
}

fn for_people(state: &Value) -> String {
    let mut lines = vec![format!("root key: {}", text(state, "rootKey"))];
    for key in older(state) {
        lines.push(format!(
            "an older one is still needed: {} (secrets wrapped by it: {}); go on with `commissary key rotate`",
            text(key, "id"),
            secrets(key),
        ));
    }
    let retired = state.get("retired").and_then(Value::as_array);
    for file in retired.into_iter().flatten().filter_map(Value::as_str) {
        lines.push(format!(
            "the old one is in `{file}` on the server; nothing here needs it any more: keep it for backups that were taken before, then delete it"
        ));
    }
    lines.join("\n")
}
