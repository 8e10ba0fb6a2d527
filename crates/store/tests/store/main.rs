//! The store from outside: what goes in comes back, whatever happens meanwhile.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail where it stands"
)]

mod atomic;
mod audit;
mod audit_chain;
mod audit_tampering;
mod backup;
mod checks;
mod clusters;
mod concurrent;
mod database_file;
mod deliveries;
mod elsewhere;
mod kept_pages;
mod killed;
mod lock;
mod older;
mod people;
mod provider_lists;
mod providers;
mod repeatable;
mod reports;
mod restart;
mod root_key;
mod rotation;
mod samples;
mod sealed;
mod sign_in;
mod updates;
mod user_holds;
mod vitals;
mod workspaces;
