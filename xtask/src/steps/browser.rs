//! The browser tests: Playwright drives Debian's Chromium through the console.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::stamp::Stamp;
use crate::run::{answers, apt_install, cargo, read, root, run as run_command, say};

const FOLDER: &str = "tests/browser";
const CHROMIUM: &str = "/usr/bin/chromium";

pub(crate) fn run() -> Result<()> {
    if !Path::new(CHROMIUM).exists() {
        say("installing Chromium (a minute, once)");
        apt_install(&["chromium"])?;
    }
    check_node()?;
    let folder = root()?.join(FOLDER);
    let modules = folder.join("node_modules");
    let stamp = Stamp::of(&modules, &folder.join("package-lock.json"))?;
    if !stamp.is_fresh() {
        run_command(
            Command::new("npm")
                .args(["ci", "--no-fund", "--no-audit"])
                .current_dir(&folder),
        )?;
        stamp.write()?;
    }
    run_command(cargo().args(["build", "--locked", "--package", "commissary-cli"]))?;
    let binary = target()?.join("debug/commissary");
    run_command(
        Command::new("npx")
            .args(["--no-install", "playwright", "test"])
            .env("COMMISSARY", binary)
            .env("CHROMIUM", CHROMIUM)
            .current_dir(&folder),
    )
}

/// Playwright's own lower bound; Debian 12's Node.js is older.
const NODE: u32 = 20;

fn check_node() -> Result<()> {
    let there = answers(Command::new("node").arg("--version"))
        && answers(Command::new("npm").arg("--version"));
    let version = if there {
        read(Command::new("node").arg("--version"))?
    } else {
        String::new()
    };
    let major = version.trim().trim_start_matches('v').split('.').next();
    match major.and_then(|major| major.parse::<u32>().ok()) {
        Some(major) if major >= NODE => Ok(()),
        Some(major) => bail!(
            "the browser tests need Node.js {NODE} or newer, this is {major}; install a newer one"
        ),
        None => bail!("the browser tests need Node.js {NODE} or newer with npm; install them"),
    }
}

/// Where cargo builds to, which its user may have moved.
pub(super) fn target() -> Result<std::path::PathBuf> {
    let metadata =
        crate::run::read(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let target = metadata
        .get("target_directory")
        .and_then(serde_json::Value::as_str);
    Ok(target.context("cargo tells no target directory")?.into())
}
