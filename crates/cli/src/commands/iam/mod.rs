//! `commissary iam`: AWS policies on this machine; needs neither a server nor an account.

mod cover;
mod diff;
mod input;
mod lint;
mod shown;
mod simulate;
mod test;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;
use crate::output::Format;
pub(crate) use lint::LintArgs;

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub(crate) enum IamCommand {
    Simulate(simulate::SimulateArgs),
    Cover(cover::CoverArgs),
    Diff(diff::DiffArgs),
    Lint(lint::LintArgs),
    Test(test::TestArgs),
}

pub(crate) fn run(command: IamCommand, output: Format) -> Result<ExitCode, Failure> {
    match command {
        IamCommand::Simulate(args) => simulate::run(&args, output),
        IamCommand::Cover(args) => cover::run(&args, output),
        IamCommand::Diff(args) => diff::run(&args, output),
        IamCommand::Lint(args) => lint::run(&args, output),
        IamCommand::Test(args) => test::run(&args, output),
    }
}
