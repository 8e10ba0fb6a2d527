//! What is SQLite's own: the connection, its settings, its error codes.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

/// The database behind the store.
pub(crate) type Db = sqlx::Sqlite;
/// A connection to it.
pub(crate) type Connection = sqlx::SqliteConnection;
/// The connections to it.
pub(crate) type Pool = sqlx::SqlitePool;
/// A row of an answer.
pub(crate) type Row = sqlx::sqlite::SqliteRow;
/// A query with values.
pub(crate) type Query<'a> = sqlx::query::Query<'a, Db, <Db as sqlx::Database>::Arguments>;
/// A transaction.
pub(crate) type Transaction = sqlx::Transaction<'static, Db>;

/// Begins a transaction that will write. SQLite refuses to turn a transaction
/// that has read into a writing one when another has written meanwhile, however
/// long one would wait; so the right to write is taken at the beginning, and an
/// operation may read first. PostgreSQL's twin is plain `BEGIN`.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Begins a transaction that reads, and sees one state of the data until it
/// ends. PostgreSQL's twin is `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`.
pub(crate) const BEGIN_READ: &str = "BEGIN";

/// How long a writer waits for its turn, and a request for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// Readers do not wait for each other nor for the writer (WAL).
const CONNECTIONS: u32 = 8;

/// What is wrong with a database file (SQLite documentation, "Result and Error
/// Codes").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// `SQLITE_NOTADB`.
    NotADatabase,
    /// `SQLITE_CORRUPT`.
    Corrupt,
}

/// Opens the database file, which must exist (an empty one will do).
pub(crate) async fn connect(path: &Path) -> Result<Pool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        // What was answered with "done" must be there after a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // Deleted secrets are overwritten, sealed though they were.
        .pragma("secure_delete", "ON")
        // The schema of the file is data: it may not call functions with side effects.
        .pragma("trusted_schema", "OFF");
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
}

/// Opens the database file to look at it, whoever else uses it.
pub(crate) async fn look(path: &Path) -> Result<Pool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(PATIENCE)
        .pragma("trusted_schema", "OFF")
        .pragma("query_only", "ON");
    SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
}

/// Whether the file's structure is sound; reads it once, whole.
pub(crate) async fn is_sound(pool: &Pool) -> Result<bool, sqlx::Error> {
    let said: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(pool)
        .await?;
    Ok(said == "ok")
}

/// What an error says about the file, if it does.
pub(crate) fn file_fault(error: &sqlx::Error) -> Option<FileFault> {
    let code = error.as_database_error()?.code()?;
    // The lowest byte is the primary code, whatever the extended one adds.
    match code.parse::<u32>().ok()? & 0xff {
        11 => Some(FileFault::Corrupt),
        26 => Some(FileFault::NotADatabase),
        _ => None,
    }
}
