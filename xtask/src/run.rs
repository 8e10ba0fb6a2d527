//! Running other programs, with a word about what is run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The top of the checkout.
pub(crate) fn root() -> Result<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest.parent().context("xtask lies in no workspace")?;
    Ok(root.to_owned())
}

/// The folder for what is installed for the tests; ignored by git.
pub(crate) fn cache() -> Result<PathBuf> {
    Ok(root()?.join(".cache"))
}

/// An empty folder in place of what was there.
pub(crate) fn remade(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder)?)
}

/// Says what is about to happen.
#[expect(
    clippy::print_stderr,
    reason = "a development task talks to its developer"
)]
pub(crate) fn say(text: &str) {
    eprintln!("\n==> {text}");
}

/// Runs a command; an exit code other than 0 is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    say(&shown(command));
    let status = command
        .status()
        .with_context(|| format!("`{}` cannot be started", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed: {status}", shown(command));
    }
    Ok(())
}

/// Runs a command for its output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{}` cannot be started", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` failed: {}", shown(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program is there and answers; what it says is not shown.
pub(crate) fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Installs Debian packages, as root or through sudo.
pub(crate) fn apt_install(packages: &[&str]) -> Result<()> {
    if !answers(Command::new("apt-get").arg("--version")) {
        bail!(
            "install {} with your system's package manager, then run this again",
            packages.join(", ")
        );
    }
    let is_root = read(Command::new("id").arg("-u"))?.trim() == "0";
    let apt = || {
        if is_root {
            return Command::new("apt-get");
        }
        let mut sudo = Command::new("sudo");
        sudo.arg("apt-get");
        sudo
    };
    run(apt().args(["update", "-q"]))?;
    run(apt()
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-qy", "--no-install-recommends"])
        .args(packages))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
