//! `commissary aws`: users, policies and credentials in AWS; needs no server.

mod bootstrap;
mod check;
mod hand_over;
pub(crate) mod how;
mod needs;
mod pending;
mod policy;

use std::process::ExitCode;

use clap::Subcommand;
use commissary_core::domain::{CheckSummary, PermissionReport};

use crate::client::ServerArgs;
use crate::failure::{DENIED, Failure, UNVERIFIABLE};
use crate::output::Format;

/// What to do in AWS.
#[derive(Debug, Subcommand)]
pub(crate) enum AwsCommand {
    /// The policy that clusters need.
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    Bootstrap(bootstrap::BootstrapArgs),
    Check(check::CheckArgs),
}

pub(crate) async fn run(
    command: AwsCommand,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    match command {
        AwsCommand::Policy(command) => policy::run(command, output),
        AwsCommand::Bootstrap(args) => bootstrap::run(args, server, output).await,
        AwsCommand::Check(args) => check::run(args, output).await,
    }
}

/// The exit code that a report's verdicts ask for.
pub(crate) fn verdict_exit(report: &PermissionReport, strict: bool) -> ExitCode {
    summary_exit(&report.summary(), strict)
}

/// The exit code that a check's counts ask for.
fn summary_exit(summary: &CheckSummary, strict: bool) -> ExitCode {
    if summary.denied > 0 {
        return ExitCode::from(DENIED);
    }
    if strict && summary.conditional + summary.unverifiable > 0 {
        return ExitCode::from(UNVERIFIABLE);
    }
    ExitCode::SUCCESS
}
