//! The database's errors as the port's.

use commissary_core::ports::StoreError;
use sqlx::error::ErrorKind;

/// What the database said, in a sentence without the library's own words.
pub(crate) fn said(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::PoolTimedOut => "all connections are busy; try again".to_owned(),
        sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            "the store is shutting down".to_owned()
        }
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::ColumnDecode { index, .. } => {
            format!("the stored value `{index}` is damaged; restore a backup")
        }
        other => other.to_string(),
    }
}

/// An error that nobody foresaw.
pub(crate) fn unavailable(error: sqlx::Error) -> StoreError {
    StoreError::Unavailable(said(&error))
}

/// A stored value that is not what was stored.
pub(crate) fn damaged(what: &str) -> StoreError {
    StoreError::Unavailable(format!("the stored {what} is damaged; restore a backup"))
}

/// An error of an insert: `taken` if the key exists, `gone` if what the row
/// refers to does not.
pub(crate) fn refused_insert(error: sqlx::Error) -> StoreError {
    match kind(&error) {
        Some(ErrorKind::UniqueViolation) => StoreError::NameTaken,
        Some(ErrorKind::ForeignKeyViolation) => StoreError::Gone,
        _ => unavailable(error),
    }
}

/// An error of a delete: something still refers to the row.
pub(crate) fn refused_delete(error: sqlx::Error) -> StoreError {
    match kind(&error) {
        Some(ErrorKind::ForeignKeyViolation) => StoreError::NotEmpty,
        _ => unavailable(error),
    }
}

/// [`StoreError::Gone`] where nothing was changed.
pub(crate) fn must_exist(rows: u64) -> Result<(), StoreError> {
    if rows == 0 {
        return Err(StoreError::Gone);
    }
    Ok(())
}

fn kind(error: &sqlx::Error) -> Option<ErrorKind> {
    error.as_database_error().map(|error| error.kind())
}
