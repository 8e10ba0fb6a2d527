//! Programs of PyPI that the tests need, each in a locked virtual environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::stamp::Stamp;
use crate::run::{answers, apt_install, cache, run, say};

/// moto's server: the referee for AWS's wire formats and state.
pub(super) const MOTO: Program = Program {
    package: "moto",
    name: "moto_server",
    lock: "tests/moto/requirements.txt",
};

/// The AWS CLI, which runs what is printed for it.
pub(super) const AWS_CLI: Program = Program {
    package: "awscli",
    name: "aws",
    lock: "tests/awscli/requirements.txt",
};

/// schemathesis, which tries an API by its document.
pub(super) const SCHEMATHESIS: Program = Program {
    package: "schemathesis",
    name: "schemathesis",
    lock: "tests/schemathesis/requirements.txt",
};

/// A program and how to come by it.
pub(super) struct Program {
    package: &'static str,
    name: &'static str,
    /// The versions of the package and of all it needs, with their hashes.
    lock: &'static str,
}

impl Program {
    /// Installs the program if it is not there yet; returns where it is.
    pub(super) fn install(&self) -> Result<PathBuf> {
        let Self { package, lock, .. } = self;
        let folder = cache()?.join(package);
        let program = folder.join("bin").join(self.name);
        let stamp = Stamp::of(&folder, Path::new(lock))?;
        if stamp.is_fresh() && program.exists() {
            say(&format!("{package} is installed"));
            return Ok(program);
        }
        say(&format!("installing {package} (a minute, once)"));
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
            lock,
        ]))?;
        stamp.write()?;
        Ok(program)
    }
}
