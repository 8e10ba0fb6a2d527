//! `commissary token revoke`.

use std::process::ExitCode;

use serde_json::Value;

use super::PATH;
use crate::client::Client;
use crate::failure::{CONFLICT, Failure, NOT_FOUND};
use crate::output::{say, text};

/// Revoke a token: it works no more, at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary token revoke ci")]
pub(crate) struct RevokeArgs {
    /// Its name, or its id from `commissary token list`.
    token: String,
}

pub(super) async fn run(args: RevokeArgs, client: &Client) -> Result<ExitCode, Failure> {
    let list = client.list(&[PATH]).await?;
    let items = list.get("items").and_then(Value::as_array);
    let is_it =
        |token: &&Value| text(token, "id") == args.token || text(token, "name") == args.token;
    let found: Vec<&Value> = items.into_iter().flatten().filter(is_it).collect();
    let id = match found.as_slice() {
        [] => {
            let message = format!("there is no token `{}`", args.token);
            return Err(Failure::new(NOT_FOUND, message));
        }
        [one] => text(one, "id"),
        _ => {
            let message = format!("several tokens are called `{}`", args.token);
            return Err(Failure::new(CONFLICT, message)
                .with_hint("name it by its id, which `commissary token list` shows"));
        }
    };
    client.delete(&[PATH, id], &[]).await?;
    say(&format!("the token `{}` is revoked", args.token));
    Ok(ExitCode::SUCCESS)
}
