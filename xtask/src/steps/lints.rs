//! Formatting, lints and documentation.

use anyhow::Result;

use crate::run::{cargo, run as run_command};

pub(super) fn run() -> Result<()> {
    run_command(cargo().args(["fmt", "--all", "--check"]))?;
    run_command(cargo().args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    run_command(cargo().env("RUSTDOCFLAGS", "--deny warnings").args([
        "doc",
        "--locked",
        "--workspace",
        "--no-deps",
        "--quiet",
    ]))
}
