//! `commissary man`: manual pages.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::args::Args;
use crate::failure::Failure;
use crate::output::say;

/// Write the manual pages, one per command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  commissary man ~/.local/share/man/man1 && man commissary-provider-check"
)]
pub(crate) struct ManArgs {
    /// The folder to write them to; made if it is missing.
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

pub(crate) fn run(args: &ManArgs) -> Result<ExitCode, Failure> {
    let shown = args.dir.display();
    let failed = |error: std::io::Error| {
        Failure::failed(format!(
            "no manual pages can be written to `{shown}`: {error}"
        ))
    };
    std::fs::create_dir_all(&args.dir).map_err(failed)?;
    clap_mangen::generate_to(Args::command(), &args.dir).map_err(failed)?;
    say(&format!("the manual pages are in {shown}"));
    Ok(ExitCode::SUCCESS)
}
