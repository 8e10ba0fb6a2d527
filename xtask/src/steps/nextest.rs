//! The Rust tests.

use std::path::Path;

use anyhow::Result;

use crate::run::{answers, cargo, run as run_command, say};

/// Pinned, so that a new release changes nothing unasked.
const NEXTEST: &str = "0.9.143";

/// The server as a release is built, which lacks what is there for developers alone.
const AS_RELEASED: &str = "profile.dev.package.commissary-server.debug-assertions=false";

/// The seed of the property tests in a run of everything.
const PROPTEST_SEED: &str = "20261123";

/// Runs them; `installed` are the variables that tell where what they need is.
pub(super) fn run(installed: &[(&str, &Path)]) -> Result<()> {
    if !answers(cargo().args(["nextest", "--version"])) {
        say("installing cargo-nextest (some minutes, once)");
        run_command(cargo().args(["install", "--locked", "cargo-nextest", "--version", NEXTEST]))?;
    }
    run_command(
        cargo()
            .envs(installed.iter().copied())
            // A red run means that a change is at fault: new random cases are
            // looked for by hand and by `cargo xtask fuzz`.
            .env("PROPTEST_RNG_SEED", PROPTEST_SEED)
            // One run tells of every fault.
            .args([
                "nextest",
                "run",
                "--locked",
                "--no-fail-fast",
                "--workspace",
            ]),
    )?;
    let routes = "test(components::) + test(authorization::)";
    run_command(
        cargo()
            .args(["nextest", "run", "--locked", "--config", AS_RELEASED])
            .args(["--package", "commissary-server", "--filterset", routes]),
    )?;
    run_command(cargo().args(["test", "--locked", "--workspace", "--doc", "--quiet"]))
}
