//! The Store port over SQL: SQLite, embedded.
//!
//! A data directory holds the database and a lock; one process uses it at a
//! time. Secrets are sealed (`commissary-seal`) before they reach the database,
//! under a root key whose file may lie elsewhere; the database remembers which
//! root key it needs, and [`SqlStore::open`] refuses to go on without it.
//!
//! What is SQLite's own is in `sqlite.rs` and the migrations; all other SQL is
//! what PostgreSQL takes as well.

mod audit;
mod backup;
mod check_events;
mod checks;
mod cluster_leases;
mod cluster_port;
mod clusters;
mod data_dir;
mod deliveries;
mod delivery_port;
mod errors;
mod identities;
mod identity_users;
mod invitations;
mod kept_pages;
mod keys;
mod members;
mod namespaces;
mod offline;
mod open;
mod people;
mod port;
mod provider_lists;
mod providers;
mod repeatable;
mod reports;
mod root_key;
mod rotation;
mod rows;
mod secrets;
mod sessions;
mod sign_in;
mod sqlite;
mod tokens;
mod user_holds;
mod users;
mod vitals;
mod wanted_deliveries;
mod workspaces;
mod writing;

pub use backup::{BackupError, Manifest, Restored, restore};
pub use offline::DataFolder;
pub use open::{OpenError, OpenOptions, SqlStore};
