//! The binary from outside, as people use it. One test program, so that it is
//! linked once.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod audit;
mod bad_input;
mod bootstrap;
mod canary;
mod checks;
mod clusters;
mod config;
mod decide;
mod deliveries;
mod doctor;
mod handing_over;
mod killed;
#[expect(
    dead_code,
    reason = "the management clusters of the tests of `commissary-kubernetes`, of which not all is needed here"
)]
#[path = "../../../kubernetes/tests/kubernetes/support/mod.rs"]
mod kubernetes;
mod lint;
mod man;
mod moto;
mod oidc;
mod operate;
mod page;
mod people;
mod printed;
mod replacing;
mod reports;
mod sealed;
mod server_bootstrap;
mod support;
mod updates;
