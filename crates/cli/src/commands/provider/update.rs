//! `commissary provider update`.

use std::process::ExitCode;

use commissary_core::domain::AccessKey;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::add::{Settings, described, tell_notices};
use super::{keys, provider, status, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::Format;
use crate::progress::Waiting;

/// Change a provider's keys, region, release, features or name.
///
/// What is not named stays as it is. New keys are asked about at AWS first and
/// then take the place of the old ones, which are gone. As with `add` the secret
/// key is never an argument. When somebody else changes the provider at the same
/// time, nothing is saved and the command exits with 7.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary provider update prod -w team-a --keys              asks for the new keys
  commissary provider update prod -w team-a --from-profile Kommander
  commissary provider update prod -w team-a --release capa-2.11 --feature ec2,eks
  commissary provider update prod -w team-a --rename staging")]
pub(super) struct UpdateArgs {
    /// Its name.
    name: String,
    /// Another name.
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    /// Replace the keys; those that no other option tells are asked for.
    #[arg(long)]
    keys: bool,
    #[command(flatten)]
    new_keys: keys::KeyArgs,
    #[command(flatten)]
    settings: Settings,
    /// Save without asking AWS, for when it cannot be reached.
    #[arg(long)]
    verify_later: bool,
}

/// Gives a provider, as it was when it had the entity tag `etag`, other keys, which AWS is asked
/// about first; all else of it stays.
pub(crate) async fn send_keys(
    client: &Client,
    workspace: &str,
    name: &str,
    key: &AccessKey,
    etag: &str,
) -> Result<Value, Failure> {
    let fields = Map::from_iter([("verify".to_owned(), json!("now"))]);
    let body = commissary_aws::provider_body(fields, key);
    let waiting = Waiting::new("asking AWS who the keys are");
    let changed = client
        .change(&provider(workspace, name), etag, body, &|event| {
            waiting.say_check(event)
        })
        .await?;
    drop(waiting);
    tell_notices(&changed);
    Ok(changed)
}

pub(super) async fn run(
    args: UpdateArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let mut fields = Map::new();
    if let Some(name) = &args.rename {
        fields.insert("name".to_owned(), json!(name));
    }
    args.settings.write(&mut fields);
    let replaces_keys = args.keys || args.new_keys.any();
    if fields.is_empty() && !replaces_keys {
        return Err(Failure::usage("there is nothing to change").with_hint(
            "name what is to change: --keys, --region, --release, --feature or --rename",
        ));
    }
    let verify = if args.verify_later { "later" } else { "now" };
    fields.insert("verify".to_owned(), json!(verify));
    let path = provider(workspace, &args.name);
    // Read first: a name that is not there is told before anybody types a secret.
    let seen = client.get(&path).await?;
    let body = match replaces_keys {
        true => {
            let read = keys::read(&args.new_keys).await?;
            keys::tell_trimmed(&read.trimmed);
            commissary_aws::provider_body(fields, &read.key)
        }
        false => Zeroizing::new(Value::Object(fields).to_string()),
    };
    let waiting = Waiting::new(&format!("changing `{}`", args.name));
    let updated = client
        .change(&path, text(&seen, "etag"), body, &|event| {
            waiting.say_check(event)
        })
        .await;
    drop(waiting);
    let updated = updated?;
    tell_notices(&updated);
    output.print(&updated, |updated| {
        format!("{} is changed: {}", described(updated), status(updated))
    })?;
    Ok(ExitCode::SUCCESS)
}
