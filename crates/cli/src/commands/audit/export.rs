//! `commissary audit export`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::filter::FilterArgs;
use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::say;

/// Write entries to a file or to standard output, the oldest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary audit export > audit.jsonl
  commissary audit export --format csv --since 2026-03-01 --to march.csv")]
pub(crate) struct ExportArgs {
    /// One JSON object a line, or CSV that is safe to open in a spreadsheet.
    #[arg(long, default_value = "jsonl", value_parser = ["jsonl", "csv"])]
    format: String,
    /// A new file to write to [default: standard output].
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    filter: FilterArgs,
}

pub(super) async fn run(args: ExportArgs, server: &ServerArgs) -> Result<ExitCode, Failure> {
    let client = Client::connect(server)?;
    let mut query = args.filter.query();
    query.push(("format", &args.format));
    let path = ["audit-events", "export"];
    match &args.to {
        None => {
            let mut out = std::io::stdout().lock();
            client.download(&path, &query, &mut out).await?;
        }
        Some(file) => {
            let shown = file.display();
            let mut out = std::fs::File::create_new(file).map_err(|error| {
                Failure::failed(format!("the file `{shown}` cannot be made: {error}"))
            })?;
            client.download(&path, &query, &mut out).await?;
            say(&format!("written to `{shown}`"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
