//! Opening the store.

use std::io;
use std::path::{Path, PathBuf};

use commissary_core::ports::StoreError;
use commissary_seal::{RootKeyFileError, RootKeyId, SealError};
use sqlx::migrate::{MigrateError, Migrator};

use crate::audit::{self, Anchor};
use crate::cluster_leases;
use crate::data_dir::{DataDir, not_writable};
use crate::errors::said;
use crate::keys::Keys;
use crate::root_key;
use crate::sqlite::{self, FileFault, Pool};
use crate::user_holds;

/// The steps that make the tables; compiled in.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!();

/// Where everything is kept.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// The data directory; made, readable by its owner only, if it is missing.
    pub dir: PathBuf,
    /// The file of the root key; made on the first run if it is missing.
    pub root_key: PathBuf,
}

/// Why the store was not opened. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The path, or a part of it, is a file.
    #[error("`{}` is not a directory; give a directory to keep the data in", .dir.display())]
    NotADirectory {
        /// The path that was given.
        dir: PathBuf,
    },
    /// Something in the data directory cannot be written.
    #[error(
        "`{}` cannot be written: {why}; give a data directory that this user may write to",
        .path.display()
    )]
    NotWritable {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Another process has the data directory.
    #[error(
        "the data directory `{}` is in use by another commissary process ({by}); stop that one first, or give another directory",
        .dir.display()
    )]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// The other process, for example `pid 4711`.
        by: String,
    },
    /// The database file holds something else.
    #[error(
        "`{}` is not a database of commissary; move the file away, or give another data directory",
        .path.display()
    )]
    NotADatabase {
        /// The database file.
        path: PathBuf,
    },
    /// The database file is damaged.
    #[error("the database `{}` is damaged; restore a backup", .path.display())]
    Corrupt {
        /// The database file.
        path: PathBuf,
    },
    /// The database has tables that this version does not know.
    #[error(
        "the database `{}` was written by a newer version; upgrade, or restore a backup of this version",
        .path.display()
    )]
    NewerDatabase {
        /// The database file.
        path: PathBuf,
    },
    /// The database lacks tables that this version needs.
    #[error(
        "the database `{}` was written by an older version; start `commissary serve` on it once, which brings it up to date",
        .path.display()
    )]
    OlderDatabase {
        /// The database file.
        path: PathBuf,
    },
    /// There is no database where one should be looked at.
    #[error("there is no database `{}`; name the data folder of the server", .path.display())]
    NoDatabase {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The database was made by a build whose tables differ from this one's.
    #[error(
        "the database `{}` was written by a build that was never released (its step {step} differs); use that build, or give another data directory",
        .path.display()
    )]
    OtherDatabase {
        /// The database file.
        path: PathBuf,
        /// The migration that differs.
        step: i64,
    },
    /// The database cannot be used for a reason of its own.
    #[error("the database `{}` cannot be used: {why}", .path.display())]
    Database {
        /// The database file.
        path: PathBuf,
        /// What the database said.
        why: String,
    },
    /// The root key file cannot be used, or not be made.
    #[error(transparent)]
    RootKeyFile(#[from] RootKeyFileError),
    /// The root key that the stored secrets need is not where it should be.
    #[error(
        "the root key `{id}` is lost: restore it to `{}`; without it the stored secrets cannot be opened",
        .path.display()
    )]
    RootKeyLost {
        /// The root key that the database needs.
        id: String,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The root key file holds another key than the stored secrets need.
    #[error(
        "the file `{}` holds the root key `{found}`, and this database needs the root key `{needed}`; restore that one",
        .path.display()
    )]
    OtherRootKey {
        /// The root key file.
        path: PathBuf,
        /// The key that it holds.
        found: RootKeyId,
        /// The key that the database needs.
        needed: String,
    },
    /// The root key has the right id, and does not open what it sealed.
    #[error("the database's record of the root key `{id}` does not open: {why}")]
    RootKeyCheck {
        /// The root key.
        id: String,
        /// Why it does not open.
        why: SealError,
    },
}

/// Everything that is kept, in one data directory.
///
/// The directory belongs to this value until it is dropped.
#[derive(Debug)]
pub struct SqlStore {
    pub(crate) pool: Pool,
    pub(crate) keys: Keys,
    pub(crate) anchor: Anchor,
    // Dropped last: the lock covers the connections.
    pub(crate) dir: DataDir,
}

impl SqlStore {
    /// Opens the store of a data directory; on the first run, makes it and its
    /// root key.
    ///
    /// Reads the database file once, whole, to see that it is sound.
    ///
    /// # Errors
    /// The directory is not one, cannot be written or is in use; the database is
    /// not one, damaged or newer; the root key is missing, unreadable or another
    /// one. Nothing is changed where the data and the root key do not fit.
    pub async fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let dir = DataDir::take(&options.dir)?;
        let path = dir.database_file()?;
        let of_database = |error| database_error(&path, &error);
        let pool = sqlite::connect(&path).await.map_err(of_database)?;
        if !sqlite::is_sound(&pool).await.map_err(of_database)? {
            return Err(OpenError::Corrupt { path });
        }
        let migrated = MIGRATIONS.run(&pool).await;
        migrated.map_err(|error| migration_error(&path, error))?;
        let sealer = root_key::settle(&pool, &path, &options.root_key).await?;
        let anchor = settle_audit(&pool, &dir, &path).await?;
        user_holds::release_all(&pool).await.map_err(of_database)?;
        cluster_leases::release(&pool, None)
            .await
            .map_err(of_database)?;
        tracing::info!(root_key = %sealer.root_key(), dir = %options.dir.display(), "store opened");
        Ok(Self {
            pool,
            keys: Keys::new(options.root_key, sealer),
            anchor,
            dir,
        })
    }

    /// Ends the connections in good order, after what is being written. Later
    /// calls answer that the store is shutting down.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Begins the audit log's chain where there is none, and takes the file that
/// notes its end. A log that does not fit the file is told and still served:
/// whoever cut it off must not get to stop the server as well.
async fn settle_audit(pool: &Pool, dir: &DataDir, database: &Path) -> Result<Anchor, OpenError> {
    let said = |error: StoreError| OpenError::Database {
        path: database.to_owned(),
        why: error.to_string(),
    };
    let head = audit::begin(pool).await.map_err(said)?;
    let fault = audit::fits(pool, dir.path(), head).await.map_err(said)?;
    if let Some(fault) = &fault {
        tracing::error!(%fault, "the audit log was tampered with, or another database was put here; run `commissary audit verify`");
    }
    Anchor::take(dir.path(), fault.is_none(), head)
        .map_err(|why| not_writable(&audit::path(dir.path()), why))
}

pub(crate) fn database_error(path: &Path, error: &sqlx::Error) -> OpenError {
    let path = path.to_owned();
    match sqlite::file_fault(error) {
        Some(FileFault::NotADatabase) => OpenError::NotADatabase { path },
        Some(FileFault::Corrupt) => OpenError::Corrupt { path },
        None => OpenError::Database {
            path,
            why: said(error),
        },
    }
}

fn migration_error(path: &Path, error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(_) => OpenError::NewerDatabase {
            path: path.to_owned(),
        },
        MigrateError::VersionMismatch(step) => OpenError::OtherDatabase {
            path: path.to_owned(),
            step,
        },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            database_error(path, &error)
        }
        other => OpenError::Database {
            path: path.to_owned(),
            why: other.to_string(),
        },
    }
}
