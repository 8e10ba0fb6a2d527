//! `commissary provider`: the infrastructure providers of a workspace.

mod add;
mod check;
mod check_keys;
mod checks;
mod delete;
mod deliver;
mod deliveries;
mod export;
mod keys;
mod list;
mod show;
mod update;

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::Value;

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, text};

pub(crate) use add::{Settings, send_provider};
pub(crate) use update::send_keys;

/// Infrastructure providers of a workspace.
#[derive(Debug, clap::Args)]
pub(crate) struct ProviderArgs {
    /// The workspace.
    #[arg(
        long,
        short,
        global = true,
        env = "COMMISSARY_WORKSPACE",
        value_name = "NAME"
    )]
    workspace: Option<String>,

    #[command(subcommand)]
    command: ProviderCommand,
}

impl ProviderArgs {
    /// Whether the report of a check is printed, which has forms of its own.
    pub(crate) fn prints_report(&self) -> bool {
        matches!(
            self.command,
            ProviderCommand::Show(_) | ProviderCommand::Check(_) | ProviderCommand::CheckKeys(_)
        )
    }
}

/// What to do with providers.
#[derive(Debug, Subcommand)]
enum ProviderCommand {
    /// Add an infrastructure provider.
    #[command(subcommand)]
    Add(AddCommand),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Check(check::CheckArgs),
    Checks(checks::ChecksArgs),
    CheckKeys(check_keys::CheckKeysArgs),
    Update(update::UpdateArgs),
    Deliver(deliver::DeliverArgs),
    Delete(delete::DeleteArgs),
    Export(export::ExportArgs),
}

/// The types of provider there are.
#[derive(Debug, Subcommand)]
enum AddCommand {
    Aws(add::AddAwsArgs),
}

pub(crate) async fn run(
    args: ProviderArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let workspace = args.workspace.ok_or_else(|| {
        Failure::usage("which workspace?")
            .with_hint("name it with --workspace, or once for all with COMMISSARY_WORKSPACE")
    })?;
    match args.command {
        ProviderCommand::Add(AddCommand::Aws(args)) => {
            add::run(args, &workspace, client, output).await
        }
        ProviderCommand::List(args) => list::run(args, &workspace, client, output).await,
        ProviderCommand::Show(args) => show::run(args, &workspace, client, output).await,
        ProviderCommand::Check(args) => check::run(args, &workspace, client, output).await,
        ProviderCommand::Checks(args) => checks::run(args, &workspace, client, output).await,
        ProviderCommand::CheckKeys(args) => check_keys::run(args, &workspace, client, output).await,
        ProviderCommand::Update(args) => update::run(args, &workspace, client, output).await,
        ProviderCommand::Deliver(args) => deliver::run(args, &workspace, client, output).await,
        ProviderCommand::Delete(args) => delete::run(args, &workspace, client).await,
        ProviderCommand::Export(args) => export::run(args, &workspace, client, output).await,
    }
}

/// The path of a workspace's providers below `/api/v1`.
fn providers(workspace: &str) -> [&str; 3] {
    ["workspaces", workspace, "infrastructure-providers"]
}

/// The path of one provider.
pub(crate) fn provider<'a>(workspace: &'a str, name: &'a str) -> [&'a str; 4] {
    ["workspaces", workspace, "infrastructure-providers", name]
}

/// How a provider stands, in the console's words.
fn status(provider: &Value) -> String {
    let check = provider.get("lastCheck");
    let count = |field: &str| {
        let value = check
            .and_then(|check| check.get(field))
            .and_then(Value::as_u64);
        value.unwrap_or_default()
    };
    let total: u64 = ["allowed", "denied", "conditional", "unverifiable"]
        .iter()
        .map(|f| count(f))
        .sum();
    match text(provider, "status") {
        "ready" => "ready".to_owned(),
        "missing" => format!("{} missing", count("denied")),
        "partlyVerified" => format!("{} of {total} verified", count("allowed")),
        "invalid" => "invalid keys".to_owned(),
        _ => "not verified".to_owned(),
    }
}
