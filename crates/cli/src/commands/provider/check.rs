//! `commissary provider check`.

use std::process::ExitCode;

use commissary_core::domain::PermissionReport;
use serde_json::Value;

use super::provider;
use crate::client::Client;
use crate::commands::aws::verdict_exit;
use crate::failure::Failure;
use crate::output::{Format, Shown, print_report};
use crate::progress::Waiting;

/// Check what a provider's credential may do, now.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3 when a requirement is denied.\n\nExample:\n  commissary provider check prod --workspace team-a"
)]
pub(super) struct CheckArgs {
    /// Its name.
    name: String,
    /// Print only the smallest policy addition that would mend what is denied; where an addition
    /// cannot help, standard error says what must change instead.
    #[arg(long)]
    fix: bool,
    /// Show what is allowed as well.
    #[arg(long)]
    all: bool,
    /// Exit with 4 when something is unverifiable or conditional.
    #[arg(long)]
    strict: bool,
}

pub(super) async fn run(
    args: CheckArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = Shown {
        format: output,
        all: args.all,
        fix: args.fix,
    };
    shown.check()?;
    let [a, b, c, d] = provider(workspace, &args.name);
    let waiting = Waiting::new(&format!("checking `{}`", args.name));
    let result = client
        .follow(&[a, b, c, d, "check"], None, &|event| {
            waiting.say_check(event)
        })
        .await;
    drop(waiting);
    let report = understood(result?)?;
    print_report(&report, shown)?;
    Ok(verdict_exit(&report, args.strict))
}

/// The report in an answer.
pub(super) fn understood(report: Value) -> Result<PermissionReport, Failure> {
    serde_json::from_value(report).map_err(|_| {
        Failure::failed("the server's report is not understood")
            .with_hint("this command and the server are of different versions; use the server's")
    })
}
