//! A data directory that is looked at beside the server that uses it, or
//! without one: SQLite lets others read while one process writes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use commissary_core::domain::{AuditHead, AuditVerification};

use crate::audit;
use crate::open::{MIGRATIONS, OpenError, database_error};
use crate::sqlite::{self, Pool};

/// A data directory to look at. Nothing in it is changed, and a server that
/// uses it goes on.
#[derive(Debug)]
pub struct DataFolder {
    pub(crate) dir: PathBuf,
    pub(crate) database: PathBuf,
    pub(crate) pool: Pool,
}

impl DataFolder {
    /// Opens the database of a data directory for reading.
    ///
    /// # Errors
    /// There is none, it is not one, it is damaged, or another version's.
    pub async fn look(dir: &Path) -> Result<Self, OpenError> {
        let database = dir.join("commissary.db");
        if !database.is_file() {
            return Err(OpenError::NoDatabase { path: database });
        }
        let of_database = |error| database_error(&database, &error);
        let pool = sqlite::look(&database).await.map_err(of_database)?;
        let folder = Self {
            dir: dir.to_owned(),
            database: database.clone(),
            pool,
        };
        folder.is_of_this_version().await?;
        Ok(folder)
    }

    async fn is_of_this_version(&self) -> Result<(), OpenError> {
        let found = self.steps().await?;
        let known = known_steps();
        let path = self.database.clone();
        if found.iter().any(|step| !known.contains(step)) {
            return Err(OpenError::NewerDatabase { path });
        }
        if known.iter().any(|step| !found.contains(step)) {
            return Err(OpenError::OlderDatabase { path });
        }
        Ok(())
    }

    /// The steps that made the tables.
    async fn steps(&self) -> Result<BTreeSet<i64>, OpenError> {
        let found: Result<Vec<i64>, sqlx::Error> =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success")
                .fetch_all(&self.pool)
                .await;
        match found {
            Ok(found) => Ok(found.into_iter().collect()),
            Err(error) if is_no_table(&error) => Err(OpenError::NotADatabase {
                path: self.database.clone(),
            }),
            Err(error) => Err(database_error(&self.database, &error)),
        }
    }

    /// Looks at the whole audit log, as [`commissary_core::ports::Store::verify_audit`] does.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn verify_audit(&self, known: &[AuditHead]) -> Result<AuditVerification, OpenError> {
        let verified = audit::verify(&self.pool, &self.dir, known).await;
        verified.map_err(|error| OpenError::Database {
            path: self.database.clone(),
            why: error.to_string(),
        })
    }

    /// The public fingerprints of the root keys that the database needs.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn root_keys(&self) -> Result<Vec<String>, OpenError> {
        self.texts("SELECT id FROM root_keys ORDER BY created_at DESC, id DESC")
            .await
    }

    /// The regions of the providers.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn regions(&self) -> Result<Vec<String>, OpenError> {
        self.texts("SELECT DISTINCT region FROM providers ORDER BY region")
            .await
    }

    async fn texts(&self, query: &'static str) -> Result<Vec<String>, OpenError> {
        let found = sqlx::query_scalar(query).fetch_all(&self.pool).await;
        found.map_err(|error| database_error(&self.database, &error))
    }

    /// Ends the connections.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

/// The steps that this version knows.
pub(crate) fn known_steps() -> BTreeSet<i64> {
    MIGRATIONS.iter().map(|step| step.version).collect()
}

fn is_no_table(error: &sqlx::Error) -> bool {
    let error = error.as_database_error();
    error.is_some_and(|error| error.message().starts_with("no such table"))
}
