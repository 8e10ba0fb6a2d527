//! The time of day.

use jiff::Timestamp;

/// Tells the time; a test can hold it still.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}
