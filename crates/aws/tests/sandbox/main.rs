//! The product's AWS against the sandbox: an account that decides as AWS does.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod account;
mod bootstrap;
mod by_administrator;
mod by_faults;
mod by_itself;
mod by_probes;
mod denials;
mod fault_proxy;
mod identify;
mod matrix;
mod moved;
mod ownership;
mod profile;
mod standby;
mod upkeep;
