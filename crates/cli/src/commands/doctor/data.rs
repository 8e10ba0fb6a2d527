//! The data folder, the root key, the database, the audit log, the disk.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use commissary_seal::RootKeys;
use commissary_store::{DataFolder, OpenError};

use super::Finding;

/// What must never be open to other users, in the data folder.
const PRIVATE: [&str; 6] = [
    "commissary.db",
    "commissary.db-wal",
    "commissary.db-shm",
    "admin.token",
    "audit-head",
    "lock",
];
/// Less free space than this is a warning, and than a tenth of it broken.
const FREE: u64 = 1024 * 1024 * 1024;

/// Looks at a data folder, and says which regions its providers have.
pub(super) async fn look(dir: &Path, root_key: &Path) -> (Vec<Finding>, Vec<String>) {
    let mut findings = vec![folder(dir)];
    findings.extend(PRIVATE.iter().filter_map(|name| file(&dir.join(name))));
    findings.extend(space(dir));
    let keys = RootKeys::load(root_key);
    match &keys {
        Ok(keys) => findings.push(Finding::ok(
            "root key",
            format!(
                "`{}` holds the root key `{}`",
                root_key.display(),
                keys.current()
            ),
        )),
        Err(error) => findings.push(Finding::broken(
            "root key",
            error.to_string(),
            "name the right file with --root-key; without the key no stored secret opens",
        )),
    }
    let database = match DataFolder::look(dir).await {
        Ok(database) => database,
        Err(error) => {
            findings.push(schema(&error));
            return (findings, Vec::new());
        }
    };
    findings.push(Finding::ok("schema", "the database is of this version"));
    if let Ok(keys) = &keys {
        findings.push(needed(&database, keys).await);
    }
    findings.push(log(&database).await);
    let regions = database.regions().await.unwrap_or_default();
    database.close().await;
    (findings, regions)
}

fn folder(dir: &Path) -> Finding {
    let check = "data folder";
    let shown = dir.display();
    match fs::metadata(dir) {
        Err(error) => Finding::broken(
            check,
            format!("`{shown}` cannot be looked at: {error}"),
            "name the folder of the server with --data-dir",
        ),
        Ok(found) if !found.is_dir() => Finding::broken(
            check,
            format!("`{shown}` is not a directory"),
            "name the folder of the server with --data-dir",
        ),
        Ok(found) if found.permissions().mode() & 0o077 != 0 => Finding::warning(
            check,
            format!("other users may enter `{shown}`"),
            format!("run `chmod 700 {shown}`"),
        ),
        Ok(_) => Finding::ok(check, format!("`{shown}` is its owner's alone")),
    }
}

/// A fault of a file, if it is there.
fn file(path: &Path) -> Option<Finding> {
    let found = fs::metadata(path).ok()?;
    let shown = path.display();
    let open = found.permissions().mode() & 0o077 != 0;
    open.then(|| {
        Finding::broken(
            "permissions",
            format!("other users may read or write `{shown}`"),
            format!("run `chmod 600 {shown}`"),
        )
    })
}

fn space(dir: &Path) -> Option<Finding> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let said = format!("{} MiB are free for the data", free / 1024 / 1024);
    let mend = "make room, or move the data folder to a larger disk";
    Some(match free {
        free if free < FREE / 10 => Finding::broken("disk", said, mend),
        free if free < FREE => Finding::warning("disk", said, mend),
        _ => Finding::ok("disk", said),
    })
}

fn schema(error: &OpenError) -> Finding {
    let mend = match error {
        OpenError::OlderDatabase { .. } | OpenError::NoDatabase { .. } => {
            "start `commissary serve` on it once"
        }
        OpenError::NewerDatabase { .. } => "upgrade commissary",
        _ => "restore a backup with `commissary restore`",
    };
    Finding::broken("schema", error.to_string(), mend)
}

async fn needed(database: &DataFolder, keys: &RootKeys) -> Finding {
    let check = "root key of the data";
    let needed = match database.root_keys().await {
        Ok(needed) => needed,
        Err(error) => return Finding::broken(check, error.to_string(), "restore a backup"),
    };
    let held: Vec<String> = keys.ids().map(|id| id.to_string()).collect();
    match needed.iter().find(|id| !held.contains(id)) {
        Some(missing) => Finding::broken(
            check,
            format!("the database needs the root key `{missing}`, which the file does not hold"),
            "put that key's file in its place",
        ),
        None if needed.len() > 1 => Finding::warning(
            check,
            "a rotation of the root key is not finished",
            "go on with `commissary key rotate`",
        ),
        None => Finding::ok(check, "the file holds what the database needs"),
    }
}

async fn log(database: &DataFolder) -> Finding {
    let check = "audit log";
    match database.verify_audit(&[]).await {
        Ok(verified) => match verified.fault {
            None => Finding::ok(check, format!("it is whole: {} entries", verified.entries)),
            Some(fault) => Finding::broken(
                check,
                fault.to_string(),
                "keep a copy of the data folder, then see docs/how-to/audit.md, \"When it is not whole\"",
            ),
        },
        Err(error) => Finding::broken(check, error.to_string(), "restore a backup"),
    }
}
