//! `commissary audit verify`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use commissary_core::domain::AuditHead;
use commissary_store::DataFolder;
use serde_json::Value;

use crate::client::{Client, ServerArgs};
use crate::failure::{FAILED, Failure};
use crate::output::{Format, moment, text};
use crate::progress::Waiting;

/// See that the audit log is whole: every entry there, in its place, as it was written.
///
/// Each entry is chained to the one before by hash, and the newest is noted in the
/// data folder beside the database. Who may write all of the folder can make up
/// another log, though: keep the head that is printed somewhere else, and give it
/// with --head later.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary audit verify                                ask the server
  commissary audit verify --data-dir /var/lib/commissary without asking it, running or not
  commissary audit verify --head 42:9f86d081884c7d65…    and whether that is still in it

Exit codes: 0 the log is whole, 1 it is not.")]
pub(crate) struct VerifyArgs {
    /// A data folder to look at, in place of asking a server.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// A head that was printed earlier and kept elsewhere; may be given often.
    #[arg(long = "head", value_name = "HEAD")]
    heads: Vec<AuditHead>,
}

pub(super) async fn run(
    args: VerifyArgs,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    let waiting = Waiting::new("looking at every entry");
    let found = match &args.data_dir {
        Some(dir) => {
            let failed = |error: commissary_store::OpenError| Failure::failed(error.to_string());
            let folder = DataFolder::look(dir).await.map_err(failed)?;
            let verified = folder.verify_audit(&args.heads).await.map_err(failed)?;
            folder.close().await;
            serde_json::to_value(&verified).map_err(|error| Failure::failed(error.to_string()))?
        }
        None => {
            let heads: Vec<String> = args.heads.iter().map(AuditHead::to_string).collect();
            let query: Vec<(&str, &str)> =
                heads.iter().map(|head| ("head", head.as_str())).collect();
            Client::connect(server)?
                .get_with(&["audit-events", "verification"], &query)
                .await?
        }
    };
    drop(waiting);
    output.print(&found, for_people)?;
    match found.get("intact").and_then(Value::as_bool) {
        Some(true) => Ok(ExitCode::SUCCESS),
        _ => Ok(ExitCode::from(FAILED)),
    }
}

fn for_people(found: &Value) -> String {
    let number = |field: &str| found.get(field).and_then(Value::as_u64).unwrap_or_default();
    let entries = number("entries");
    let mut said = match found.get("fault") {
        Some(fault) if !fault.is_null() => format!(
            "\u{1b}[1;31mthe audit log is not whole\u{1b}[0m: {}\nup to entry {entries} it is",
            text(fault, "message")
        ),
        _ => format!("the audit log is whole: {entries} entries"),
    };
    let earlier = number("earlierEntries");
    if earlier > 0 {
        let since = moment(text(found, "begunAt"));
        // Writing to a string does not fail.
        let _ = write!(
            said,
            "\nthe first {earlier} are older than the chain, which was begun on {since}"
        );
    }
    let _ = write!(said, "\nhead: {}", text(found, "head"));
    said
}
