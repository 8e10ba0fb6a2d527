//! `commissary aws policy`: the policy that clusters need.

mod diff;
mod explain;
mod print;
mod releases;

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::iam::{self, IamCommand, LintArgs};
use crate::failure::Failure;
use crate::output::Format;

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    Print(print::PrintArgs),
    Lint(LintArgs),
    Releases(releases::ReleasesArgs),
    Diff(diff::DiffArgs),
    Explain(explain::ExplainArgs),
}

pub(super) fn run(command: PolicyCommand, output: Format) -> Result<ExitCode, Failure> {
    match command {
        PolicyCommand::Print(args) => print::run(&args)?,
        PolicyCommand::Lint(args) => return iam::run(IamCommand::Lint(args), output),
        PolicyCommand::Releases(args) => releases::run(&args, output)?,
        PolicyCommand::Diff(args) => diff::run(&args, output)?,
        PolicyCommand::Explain(args) => explain::run(&args, output)?,
    }
    Ok(ExitCode::SUCCESS)
}
