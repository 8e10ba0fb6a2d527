//! The port against a real API server: etcd and kube-apiserver, with CAPA's kinds.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod deliver;
mod harness;
mod look;
mod rights;
mod samples;
#[expect(
    dead_code,
    unused_imports,
    reason = "the end to end tests need more of it"
)]
mod support;
mod users;
