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
mod support;
mod users;
