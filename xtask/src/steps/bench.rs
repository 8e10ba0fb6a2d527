//! How fast `crates/iam` decides, beside other engines, in one run; and what checks, pages and
//! deliveries cost.

mod table;
mod targets;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::stamp::Stamp;
use super::{browser, kubernetes, python};
use crate::run::{answers, apt_install, cache, cargo, read, root, run as run_command, say};

const PEERS: &str = "crates/iam/benches/peers";

/// One line of what a measuring program prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    engine: String,
    /// That of another's engine.
    version: Option<String>,
    workload: String,
    decisions_per_second: f64,
    /// How many of the requests it allows.
    allowed: usize,
    requests: usize,
}

/// Installs the other engines, measures all of them one after the other, prints the table, and
/// fails when a target is missed.
pub(crate) fn run() -> Result<()> {
    let python = python::MOTO.install()?.with_file_name("python");
    let peers = root()?.join(PEERS);
    let node = peers.join("node");
    install_node(&node)?;
    let folder = cache()?.join("bench");
    let target = folder.join("target");
    let build = ["build", "--quiet", "--release", "--locked", "--target-dir"];
    run_command(
        cargo()
            .args(build)
            .arg(&target)
            .current_dir(peers.join("rust")),
    )?;
    let workloads = folder.join("workloads");
    let script = |name| {
        let mut command = Command::new("node");
        command.arg(node.join(name)).arg(&workloads);
        command
    };
    run_command(&mut script("generate.mjs"))?;
    let mut measured = Vec::new();
    for command in [
        Command::new(target.join("release/iam-bench")).arg(&workloads),
        &mut script("measure.mjs"),
        Command::new(python)
            .arg(peers.join("python/measure.py"))
            .arg(&workloads),
    ] {
        say(&format!(
            "measuring with {}",
            command.get_program().display()
        ));
        measured.extend(lines(&read(command)?)?);
    }
    table::print(&measured);
    targets::check(&measured)
}

/// What a check costs behind a slow network, beside the same done with the AWS CLI.
pub(crate) fn check() -> Result<()> {
    let aws_cli = python::AWS_CLI.install()?;
    run_command(of_cli("check").env("COMMISSARY_AWS_CLI", aws_cli))
}

/// What it costs to deliver a thousand providers, beside the same objects applied with kubectl.
pub(crate) fn deliver() -> Result<()> {
    let assets = kubernetes::install()?;
    let client = kubernetes::client()?;
    let path = std::env::var("PATH").unwrap_or_default();
    run_command(
        of_cli("deliver")
            .env(kubernetes::ASSETS, assets)
            .env("PATH", format!("{}:{path}", client.display())),
    )
}

/// A measuring program of `crates/cli`.
fn of_cli(name: &str) -> Command {
    let mut command = cargo();
    command
        .args([
            "bench",
            "--locked",
            "--package",
            "commissary-cli",
            "--bench",
        ])
        .arg(name);
    command
}

/// The bytes and requests of each page, and how long the list of providers takes.
pub(crate) fn console() -> Result<()> {
    browser::measure()
}

fn install_node(folder: &Path) -> Result<()> {
    if !answers(Command::new("npm").arg("--version")) {
        apt_install(&["nodejs", "npm"])?;
    }
    let stamp = Stamp::of(
        &folder.join("node_modules"),
        &folder.join("package-lock.json"),
    )?;
    if stamp.is_fresh() {
        return Ok(());
    }
    run_command(
        Command::new("npm")
            .args(["ci", "--no-fund", "--no-audit"])
            .current_dir(folder),
    )?;
    stamp.write()
}

fn lines(text: &str) -> Result<Vec<Measured>> {
    text.lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("`{line}`")))
        .collect()
}

/// The engines that others are compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Peer {
    IamRs,
    IamRsExplained,
    IamSimulate,
    Moto,
    Yardstick,
}

impl Peer {
    const ALL: [Self; 5] = [
        Self::IamRs,
        Self::IamRsExplained,
        Self::IamSimulate,
        Self::Moto,
        Self::Yardstick,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::IamRs => "iam-rs",
            Self::IamRsExplained => "iam-rs, explained",
            Self::IamSimulate => "iam-simulate",
            Self::Moto => "moto",
            Self::Yardstick => "yardstick",
        }
    }
}

/// How many times as fast an engine is as a peer on the same workload.
fn ratio(measured: &[Measured], one: &Measured, peer: Peer) -> Option<f64> {
    let same = measured
        .iter()
        .filter(|other| other.workload == one.workload);
    let mut same = same.filter(|other| other.engine == peer.name());
    Some(one.decisions_per_second / same.next()?.decisions_per_second)
}
