//! The port beside a provider that says whatever a test tells it to: what a certified one
//! never says. The way with a certified one is tested from outside, in `crates/cli`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

mod descriptions;
mod keys;
mod liar;
mod lies;
