//! `commissary token`: tokens for programs.

mod create;
mod list;
mod revoke;

use std::process::ExitCode;

use clap::Subcommand;
use commissary_core::ports::Clock as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::serve::SystemClock;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, text};

pub(crate) use create::RoleArg;

const PATH: &str = "tokens";

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    Create(create::CreateArgs),
    /// List one's own tokens; a global administrator's list has all.
    List,
    Revoke(revoke::RevokeArgs),
}

pub(crate) async fn run(
    command: TokenCommand,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    match command {
        TokenCommand::Create(args) => create::run(args, client, output).await,
        TokenCommand::List => list::run(client, output).await,
        TokenCommand::Revoke(args) => revoke::run(args, client).await,
    }
}

/// When a token expires, as the server takes it: `12h`, `30d`, `never` or a moment.
pub(super) fn expiry(text: &str) -> Result<String, Failure> {
    if text == "never" || text.parse::<Timestamp>().is_ok() {
        return Ok(text.to_owned());
    }
    let wrong = || {
        Failure::usage(format!("`{text}` is not a time to expire"))
            .with_hint("write it like `12h`, `30d` or 2027-01-31T12:00:00Z")
    };
    let (number, hours) = match (text.strip_suffix('d'), text.strip_suffix('h')) {
        (Some(days), _) => (days, 24),
        (_, Some(hours)) => (hours, 1),
        _ => return Err(wrong()),
    };
    let number: u16 = number.parse().map_err(|_| wrong())?;
    let life = SignedDuration::from_hours(i64::from(number) * hours);
    let at = SystemClock.now().checked_add(life).map_err(|_| wrong())?;
    Ok(at.to_string())
}

/// What a token may do, in the console's words.
fn scope(token: &Value) -> String {
    let read_only = token.get("readOnly").and_then(Value::as_bool);
    let what = match (read_only, text(token, "role")) {
        (Some(true), _) => "reads".to_owned(),
        (_, "") => "all its owner may".to_owned(),
        (_, role) => format!("at most {role}"),
    };
    let workspaces = token.get("workspaces").and_then(Value::as_array);
    match workspaces {
        None => what,
        Some(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            format!("{what} in {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::expiry;

    #[test]
    fn what_cannot_be_a_time_is_told() {
        for text in ["", "d", "30", "30m", "-1d", "99999999d", "tomorrow"] {
            assert!(expiry(text).is_err(), "{text}");
        }
        for text in ["12h", "30d", "never", "2027-01-31T12:00:00Z"] {
            assert!(expiry(text).is_ok(), "{text}");
        }
    }
}
