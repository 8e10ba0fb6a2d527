//! `commissary backup` and `commissary restore`: the data folder in one file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use commissary_core::domain::AuditEvent;
use commissary_core::ports::Clock as _;
use commissary_core::{Actor, Origin, audit_event};
use commissary_store::{BackupError, DataFolder, OpenOptions, restore};
use serde_json::json;

use super::serve::{SystemClock, SystemRandom};
use crate::failure::{CONFLICT, Failure};
use crate::output::Format;
use crate::paths;
use crate::progress::Waiting;

/// Back the data of a server up into one file, while it runs or not.
///
/// Run it on the server's own machine: it reads the data folder, and asks no
/// server. The file holds everything but the root key, and says in its second
/// line which root keys it needs. Keep those elsewhere: without them the secrets
/// in the backup cannot be opened, by anybody.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary backup commissary-$(date +%F).backup
  commissary backup /mnt/backups/today --data-dir /var/lib/commissary
  head -2 /mnt/backups/today               what is in it, and which root key it needs")]
pub(crate) struct BackupArgs {
    /// The new file.
    file: PathBuf,
    /// The data folder of the server [default: below the home directory].
    #[arg(long, env = "COMMISSARY_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

/// Restore a backup into an empty data folder.
///
/// The root key file must hold every root key that the backup needs; it stays
/// where it is, and may lie in the folder already.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  commissary restore today.backup --data-dir /var/lib/commissary --root-key /etc/commissary/root.key
  commissary serve --data-dir /var/lib/commissary --root-key /etc/commissary/root.key")]
pub(crate) struct RestoreArgs {
    /// The backup.
    file: PathBuf,
    /// The empty data folder [default: below the home directory].
    #[arg(long, env = "COMMISSARY_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The file of the root key [default: root.key in the data folder].
    #[arg(long, env = "COMMISSARY_ROOT_KEY", value_name = "FILE")]
    root_key: Option<PathBuf>,
}

pub(crate) async fn back_up(args: BackupArgs, output: Format) -> Result<ExitCode, Failure> {
    let dir = folder(args.data_dir)?;
    let waiting = Waiting::new("copying the data");
    let open = DataFolder::look(&dir).await;
    let folder = open.map_err(|error| failed(error.into()))?;
    let version = env!("CARGO_PKG_VERSION");
    let taken = folder.back_up(&args.file, version, SystemClock.now()).await;
    let manifest = taken.map_err(failed)?;
    let noted = folder.note(&event("backup.create", &args.file)).await;
    folder.close().await;
    noted.map_err(failed)?;
    drop(waiting);
    let shown = args.file.display().to_string();
    output.print(&json!({ "file": shown, "manifest": manifest }), |_| {
        format!(
            "backed up to `{shown}` ({} bytes of data)\nit needs the root key {}, which is not in it",
            manifest.bytes,
            manifest.root_keys.join(" and "),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn run_restore(args: RestoreArgs, output: Format) -> Result<ExitCode, Failure> {
    let dir = folder(args.data_dir)?;
    let root_key = args.root_key.unwrap_or_else(|| dir.join("root.key"));
    let waiting = Waiting::new("restoring and checking the data");
    let options = OpenOptions {
        dir: dir.clone(),
        root_key,
    };
    let event = event("backup.restore", &args.file);
    let restored = restore(&args.file, options, &event).await.map_err(failed)?;
    drop(waiting);
    let shown = dir.display().to_string();
    let (manifest, audit) = (&restored.manifest, &restored.audit);
    let value = json!({ "dataDir": shown, "manifest": manifest, "audit": audit });
    output.print(&value, |_| {
        let log = match &audit.fault {
            None => format!("its audit log is whole: {} entries", audit.entries),
            Some(fault) => format!("its audit log is not whole: {fault}"),
        };
        format!(
            "restored into `{shown}` as of {}\n{log}\nstart it with `commissary serve --data-dir {shown}`",
            manifest.taken_at,
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn folder(named: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match named {
        Some(dir) => Ok(dir),
        None => paths::default_data_dir(false),
    }
}

fn event(action: &str, file: &Path) -> AuditEvent {
    let actor = Actor::process("command line", Origin::local());
    let target = file.file_name().unwrap_or_default().to_string_lossy();
    audit_event(
        &SystemClock,
        &SystemRandom,
        &actor,
        action,
        target.into_owned(),
    )
}

fn failed(error: BackupError) -> Failure {
    match error {
        BackupError::Exists(_) | BackupError::NotEmpty { .. } => {
            Failure::new(CONFLICT, error.to_string())
        }
        error => Failure::failed(error.to_string()),
    }
}
