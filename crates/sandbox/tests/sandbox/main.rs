//! The sandbox from outside: signed requests over HTTP, answers as AWS gives them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

mod access_keys;
mod assumed_roles;
mod authorization;
mod authorization_details;
mod conflicts_and_limits;
mod controls;
mod coverage;
mod existing;
mod groups;
mod instance_profiles;
mod orders;
mod organization;
mod page;
mod pagination;
mod partitions;
mod persistence;
mod policies;
mod profiles;
mod protocol;
mod roles;
mod secrets;
mod services;
mod signatures;
mod simulation;
mod temporary_keys;
mod users;
