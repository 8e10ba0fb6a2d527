//! moto: the referee for AWS's wire formats and state, in a locked virtual
//! environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::stamp::Stamp;
use crate::run::{answers, apt_install, cache, run, say};

/// The versions of moto and of all it needs, with their hashes.
const LOCK: &str = "tests/moto/requirements.txt";

/// Installs moto if it is not there yet; returns its server.
pub(super) fn install() -> Result<PathBuf> {
    let folder = cache()?.join("moto");
    let server = folder.join("bin/moto_server");
    let stamp = Stamp::of(&folder, Path::new(LOCK))?;
    if stamp.is_fresh() && server.exists() {
        say("moto is installed");
        return Ok(server);
    }
    say("installing moto (a minute, once)");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    // Debian ships the module apart from the interpreter.
    if !answers(Command::new("python3").args(["-c", "import ensurepip, venv"])) {
        apt_install(&["python3", "python3-venv"])?;
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(folder.join("bin/pip")).args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        LOCK,
    ]))?;
    stamp.write()?;
    Ok(server)
}
