//! `commissary iam`: what policies mean; needs no server and no AWS account.

mod input;
mod lint;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;
use crate::output::Format;

/// What to find out about policies.
#[derive(Debug, Subcommand)]
pub(crate) enum IamCommand {
    Lint(lint::LintArgs),
}

pub(crate) fn run(command: IamCommand, output: Format) -> Result<ExitCode, Failure> {
    match command {
        IamCommand::Lint(args) => lint::run(&args, output),
    }
}
