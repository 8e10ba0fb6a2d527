//! One at a time.

use jiff::Timestamp;
use uuid::Uuid;

/// A run's hold of a user in an account: until then no other run is about the same user, whichever
/// server it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserHold {
    /// The account.
    pub account_id: String,
    /// The user's name; upper and lower case are the same.
    pub user_name: String,
    /// The run.
    pub run: Uuid,
    /// When the hold ends by itself, if the run dies.
    pub until: Timestamp,
}
