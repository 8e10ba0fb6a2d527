//! Packages of npm that the tests need, each locked in a folder of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::stamp::Stamp;
use crate::run::{answers, read, root, run, say};

/// The OpenID Connect provider that people sign in with.
pub(super) const OIDC: &str = "tests/oidc";

/// The lower bound of Playwright; Debian 12's Node.js is older.
const NODE: u32 = 20;

/// Installs what the lock file of a folder asks for, if it is not there yet; returns where
/// the folder is.
pub(super) fn install(folder: &str) -> Result<PathBuf> {
    check_node()?;
    let path = root()?.join(folder);
    let modules = path.join("node_modules");
    let stamp = Stamp::of(&modules, &path.join("package-lock.json"))?;
    if stamp.is_fresh() {
        say(&format!("{folder} is installed"));
        return Ok(path);
    }
    say(&format!("installing {folder} (a minute, once)"));
    let mut npm = Command::new("npm");
    run(npm
        .args(["ci", "--no-fund", "--no-audit"])
        .current_dir(&path))?;
    stamp.write()?;
    Ok(path)
}

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
        Some(major) => {
            bail!("the tests need Node.js {NODE} or newer, this is {major}; install a newer one")
        }
        None => bail!("the tests need Node.js {NODE} or newer with npm; install them"),
    }
}
