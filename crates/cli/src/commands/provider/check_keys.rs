//! `commissary provider check-keys`.

use std::process::ExitCode;

use serde_json::Map;

use super::add::Settings;
use super::check::ToldArgs;
use super::keys;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::Format;
use crate::progress::Waiting;

/// Check keys before a provider is made of them.
///
/// AWS is asked whose they are, then every permission is checked. The server keeps neither the keys
/// nor the report.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 3 when a requirement is denied.

Examples:
  commissary provider check-keys -w team-a --from-profile Kommander
  commissary provider check-keys -w team-a --access-key-id AKIA… --secret-key-file - < secret.txt
  commissary provider check-keys -w team-a --from-profile Kommander --feature eks --fix")]
pub(super) struct CheckKeysArgs {
    #[command(flatten)]
    keys: keys::KeyArgs,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    told: ToldArgs,
}

pub(super) async fn run(
    args: CheckKeysArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = args.told.shown(output)?;
    let read = keys::read(&args.keys).await?;
    keys::tell_trimmed(&read.trimmed);
    let mut fields = Map::new();
    args.settings.or_in(read.region).write(&mut fields);
    let body = commissary_aws::provider_body(fields, &read.key);
    let waiting = Waiting::new("checking the keys");
    let hear = |event: &_| waiting.say_check(event);
    let path = ["workspaces", workspace, "key-checks"];
    let report = client.follow(&path, Some(body), &hear).await;
    drop(waiting);
    args.told.tell(report?, shown)
}
