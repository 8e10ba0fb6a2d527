//! `commissary token create`.

use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::json;

use super::{PATH, expiry};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, say, text};

/// A role in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleArg {
    /// Sees infrastructure providers and their reports.
    Viewer,
    /// Adds, checks, changes and deletes them.
    Operator,
    /// Decides about the people of the workspace.
    Admin,
}

impl RoleArg {
    /// The role as the API writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

/// Make a token and print it, this one time.
///
/// It may do no more than you may. A token that is made with a token reaches no
/// further and lives no longer than that.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary token create ci --workspace team-a --role operator --expires 30d
  commissary token create dashboard --read-only > token")]
pub(crate) struct CreateArgs {
    /// What it is called.
    name: String,
    /// It may only read.
    #[arg(long)]
    read_only: bool,
    /// The highest role that it has in any workspace.
    #[arg(long, value_enum, value_name = "ROLE")]
    role: Option<RoleArg>,
    /// A workspace that it sees; several can be given. Without it, it sees all that you see.
    #[arg(long, short, value_name = "NAME")]
    workspace: Vec<String>,
    /// When it expires: `12h`, `30d`, `never`, or a moment [default: 90d].
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,
}

pub(super) async fn run(
    args: CreateArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let expires = args.expires.as_deref().map(expiry).transpose()?;
    let body = json!({
        "name": args.name,
        "readOnly": args.read_only,
        "role": args.role.map(RoleArg::name),
        "workspaces": (!args.workspace.is_empty()).then_some(args.workspace),
        "expiresAt": expires,
    });
    let made = client.post(&[PATH], &body).await?;
    output.print(&made, |made| text(made, "token").to_owned())?;
    let until = match text(&made, "expiresAt") {
        "" => "until it is revoked".to_owned(),
        at => format!("until {}", moment(at)),
    };
    say(&format!(
        "the token `{}` works {until}; it is not shown again",
        args.name
    ));
    Ok(ExitCode::SUCCESS)
}
