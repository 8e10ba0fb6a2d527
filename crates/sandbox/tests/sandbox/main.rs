//! The sandbox from outside: signed requests over HTTP, answers as AWS gives them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

mod access_keys;
mod authorization;
mod authorization_details;
mod conflicts_and_limits;
mod groups;
mod page;
mod pagination;
mod persistence;
mod policies;
mod profiles;
mod protocol;
mod secrets;
mod services;
mod signatures;
mod simulation;
mod users;
