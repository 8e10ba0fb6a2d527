//! The fuzz targets of `crates/iam`, each for a bounded time.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{answers, apt_install, cache, cargo, root, run as run_command, say};

const CRATE: &str = "crates/iam/fuzz";
const TARGETS: [&str; 5] = ["parser", "patterns", "variables", "dates", "ip_ranges"];

/// For each target, unless said otherwise.
const SECONDS: u32 = 20;

/// For each target in a run of everything.
const BRIEFLY: u32 = 5;

/// Pinned, so that a new release changes nothing unasked.
const CARGO_FUZZ: &str = "0.13.2";

/// The targets for so long as the developer asks for.
pub(crate) fn run(seconds: Option<&str>) -> Result<()> {
    let seconds = match seconds {
        Some(text) => text
            .parse()
            .ok()
            .filter(|seconds| *seconds > 0)
            .with_context(|| {
                format!("`{text}` is no number of seconds; give a whole number from 1")
            })?,
        None => SECONDS,
    };
    fuzz_all(seconds)
}

/// The targets for a moment, as a part of a run of everything.
pub(super) fn briefly() -> Result<()> {
    fuzz_all(BRIEFLY)
}

/// Builds the targets and runs one after the other. What they learn stays in the cache, so that
/// the next run goes on from there.
fn fuzz_all(seconds: u32) -> Result<()> {
    // libFuzzer is written in C++.
    if !answers(Command::new("c++").arg("--version")) {
        say("installing a C++ compiler (a minute, once)");
        apt_install(&["g++"])?;
    }
    if !answers(cargo().args(["fuzz", "--version"])) {
        say("installing cargo-fuzz (a minute, once)");
        run_command(cargo().args(["install", "--locked", "cargo-fuzz", "--version", CARGO_FUZZ]))?;
    }
    let folder = cache()?.join("fuzz");
    run_command(&mut tool("build", &folder)?)?;
    for target in TARGETS {
        let executions = fuzz(target, seconds, &folder)?;
        say(&format!("{target}: {executions} executions, no fault"));
    }
    Ok(())
}

fn fuzz(target: &str, seconds: u32, folder: &Path) -> Result<String> {
    let corpus = folder.join("corpus").join(target);
    fs::create_dir_all(&corpus)?;
    say(&format!("fuzzing {target} for {seconds} s"));
    let mut command = tool("run", folder)?;
    command
        .arg(target)
        .arg(&corpus)
        .arg(root()?.join(CRATE).join("seeds").join(target))
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        // No input of this size may take long.
        .args(["-max_len=4096", "-timeout=5", "-rss_limit_mb=1024"])
        .arg("-print_final_stats=1");
    let output = command.output().context("cargo-fuzz cannot be started")?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{told}\nthe fuzz target {target} found a fault; its input is named above");
    }
    let executions = told
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .with_context(|| format!("{told}\nthe fuzz target {target} did not say what it ran"))?;
    Ok(executions.trim().to_owned())
}

/// cargo-fuzz without a sanitizer: there is no unsafe code whose faults one would find. What it
/// asks of the compiler is unstable, but there in every release.
fn tool(task: &str, folder: &Path) -> Result<Command> {
    let mut command = cargo();
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["fuzz", task, "--sanitizer", "none", "--fuzz-dir"])
        .arg(root()?.join(CRATE))
        .arg("--target-dir")
        .arg(folder.join("target"));
    Ok(command)
}
