//! The browser tests: Playwright drives Debian's Chromium through the console.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{kubernetes, node};
use crate::run::{apt_install, cargo, run as run_command, say};

const FOLDER: &str = "tests/browser";
const CHROMIUM: &str = "/usr/bin/chromium";

pub(crate) fn run() -> Result<()> {
    let folder = install()?;
    let oidc = node::install(node::OIDC)?;
    let api_server = kubernetes::install()?;
    let binary = built()?;
    run_command(
        Command::new("npx")
            .args(["--no-install", "playwright", "test"])
            .env("COMMISSARY", binary)
            .env("CHROMIUM", CHROMIUM)
            .env("COMMISSARY_OIDC", oidc)
            .env(kubernetes::ASSETS, api_server)
            .current_dir(&folder),
    )
}

/// What the console costs in a browser, by a release build.
pub(super) fn measure() -> Result<()> {
    let folder = install()?;
    let api_server = kubernetes::install()?;
    let build = ["build", "--release", "--locked", "--package"];
    run_command(cargo().args(build).arg("commissary-cli"))?;
    run_command(
        Command::new("node")
            .arg("measure/console.js")
            .env("COMMISSARY", target()?.join("release/commissary"))
            .env("CHROMIUM", CHROMIUM)
            .env(kubernetes::ASSETS, api_server)
            .current_dir(&folder),
    )
}

/// Installs what drives the browser, and the browser; returns the folder of the tests.
fn install() -> Result<PathBuf> {
    if !Path::new(CHROMIUM).exists() {
        say("installing Chromium (a minute, once)");
        apt_install(&["chromium"])?;
    }
    node::install(FOLDER)
}

/// Builds the product; returns where the program is.
pub(super) fn built() -> Result<PathBuf> {
    run_command(cargo().args(["build", "--locked", "--package", "commissary-cli"]))?;
    Ok(target()?.join("debug/commissary"))
}

/// Where cargo builds to, which its user may have moved.
fn target() -> Result<PathBuf> {
    let metadata =
        crate::run::read(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let target = metadata
        .get("target_directory")
        .and_then(serde_json::Value::as_str);
    Ok(target.context("cargo tells no target directory")?.into())
}
