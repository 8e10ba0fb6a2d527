//! `commissary audit`: who did what, and whether the record of it is whole.

mod export;
mod filter;
mod list;
mod verify;

use std::process::ExitCode;

use clap::Subcommand;

use crate::client::ServerArgs;
use crate::failure::Failure;
use crate::output::Format;

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    List(list::ListArgs),
    Export(export::ExportArgs),
    Verify(verify::VerifyArgs),
}

pub(crate) async fn run(
    command: AuditCommand,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    match command {
        AuditCommand::List(args) => list::run(args, server, output).await,
        AuditCommand::Export(args) => export::run(args, server).await,
        AuditCommand::Verify(args) => verify::run(args, server, output).await,
    }
}
