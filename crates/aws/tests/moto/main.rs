//! The wire formats and the state of IAM, refereed by moto: an implementation that is not ours.
//! It has no simulation and decides nothing here.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod needs;
mod obstacles;
mod role;
mod server;
#[path = "../sandbox/standby.rs"]
mod standby;
mod user;
