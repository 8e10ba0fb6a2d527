//! Taking a backup.

use std::fs::Permissions;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use commissary_core::domain::AuditEvent;
use commissary_seal::RootKeyId;
use jiff::Timestamp;

use super::{BackupError, Manifest, file};
use crate::audit;
use crate::errors::unavailable;
use crate::offline::DataFolder;
use crate::open::OpenError;
use crate::sqlite;

impl DataFolder {
    /// Takes a backup of everything that was written up to now, beside whoever
    /// reads and writes meanwhile. The file appears whole or not at all.
    ///
    /// # Errors
    /// There is such a file already, it cannot be written, or the data cannot be
    /// read.
    pub async fn back_up(
        &self,
        path: &Path,
        version: &str,
        at: Timestamp,
    ) -> Result<Manifest, BackupError> {
        let not_written = |why| BackupError::NotWritten {
            path: path.to_owned(),
            why,
        };
        if path.exists() {
            return Err(BackupError::Exists(path.to_owned()));
        }
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let private = Permissions::from_mode(0o700);
        let scratch = tempfile::Builder::new()
            .prefix(".commissary-backup-")
            .permissions(private)
            .tempdir_in(&folder)
            .map_err(not_written)?;
        let copy = scratch.path().join("commissary.db");
        self.copy_to(&copy).await?;
        let manifest = manifest(&copy, version, at).await?;
        let unfinished = scratch.path().join("backup");
        let mut out = crate::data_dir::open_private(&unfinished).map_err(not_written)?;
        file::write(&mut out, &manifest, &copy).map_err(not_written)?;
        out.flush()
            .and_then(|()| out.sync_all())
            .map_err(not_written)?;
        // A link is made only where there is nothing yet.
        std::fs::hard_link(&unfinished, path).map_err(|why| match why.kind() {
            std::io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
            _ => not_written(why),
        })?;
        let kept = std::fs::File::open(&folder).and_then(|folder| folder.sync_all());
        kept.map_err(not_written)?;
        Ok(manifest)
    }

    /// Notes in the audit log what was done from beside the server.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn note(&self, event: &AuditEvent) -> Result<(), BackupError> {
        let pool = sqlite::connect(&self.database).await.map_err(unavailable)?;
        let begun = pool.begin_with(sqlite::BEGIN_WRITE).await;
        let mut tx = begun.map_err(unavailable)?;
        audit::append(&mut tx, event).await?;
        tx.commit().await.map_err(unavailable)?;
        pool.close().await;
        Ok(())
    }

    /// A copy of the database as it is at one moment, without what was deleted.
    /// PostgreSQL's twin is `pg_dump`.
    async fn copy_to(&self, copy: &Path) -> Result<(), BackupError> {
        let pool = sqlite::connect(&self.database).await.map_err(unavailable)?;
        let done = sqlx::query("VACUUM INTO $1")
            .bind(copy.display().to_string())
            .execute(&pool)
            .await;
        pool.close().await;
        done.map_err(unavailable)?;
        Ok(())
    }
}

/// What is in a copy.
async fn manifest(copy: &Path, version: &str, at: Timestamp) -> Result<Manifest, BackupError> {
    let pool = sqlite::look(copy).await.map_err(unavailable)?;
    let noted: Vec<String> = sqlx::query_scalar("SELECT id FROM root_keys")
        .fetch_all(&pool)
        .await
        .map_err(unavailable)?;
    let wrapping: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT DISTINCT substr(sealed, 2, 8) FROM sealed_secrets")
            .fetch_all(&pool)
            .await
            .map_err(unavailable)?;
    let wrapping = wrapping.into_iter().filter_map(|id| id.try_into().ok());
    let mut root_keys: Vec<String> = noted
        .into_iter()
        .chain(wrapping.map(|id| RootKeyId::from_bytes(id).to_string()))
        .collect();
    root_keys.sort();
    root_keys.dedup();
    let steps = sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version")
        .fetch_all(&pool)
        .await
        .map_err(unavailable)?;
    let audit_head = audit::head(&pool).await?.to_string();
    pool.close().await;
    let bytes = std::fs::metadata(copy).map_err(|error| {
        BackupError::Open(OpenError::Database {
            path: copy.to_owned(),
            why: error.to_string(),
        })
    })?;
    Ok(Manifest {
        version: version.to_owned(),
        taken_at: at,
        root_keys,
        steps,
        audit_head,
        bytes: bytes.len(),
    })
}
