//! Packages of Debian 12 that are fetched and not installed, by lists of their own: those of the
//! machine, which may know no source packages, stay as they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{answers, run};

const SOURCES: &str = "\
Types: deb deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
";

/// Debian's archive, and the folder that is fetched to.
pub(super) struct Archive {
    folder: PathBuf,
    options: Vec<String>,
}

impl Archive {
    /// Reads what the archive has.
    pub(super) fn open(work: &Path) -> Result<Self> {
        if !answers(Command::new("apt-get").arg("--version")) {
            bail!(
                "there is no apt-get to fetch kube-apiserver's source with; fill a folder with `setup-envtest use -p path` and name it in KUBEBUILDER_ASSETS"
            );
        }
        let folder = work.join("fetched");
        let apt = work.join("apt");
        let sources = apt.join("sources");
        for made in [
            &folder,
            &sources,
            &apt.join("lists/partial"),
            &apt.join("archives/partial"),
        ] {
            fs::create_dir_all(made)?;
        }
        fs::write(sources.join("bookworm.sources"), SOURCES)?;
        let options = [
            ("Etc::SourceList", Path::new("/dev/null").to_owned()),
            ("Etc::SourceParts", sources),
            ("State::Lists", apt.join("lists")),
            ("Cache", apt),
        ];
        let options = options.map(|(name, path)| format!("-oDir::{name}={}", path.display()));
        let archive = Self {
            folder,
            options: options.into(),
        };
        run(archive.apt().args(["update", "-q"]))?;
        Ok(archive)
    }

    /// Where everything is fetched to.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Fetches a package and unpacks it; returns the folder that its files are in.
    pub(super) fn unpacked(&self, package: &str) -> Result<PathBuf> {
        run(self.apt().args(["download", "-q", package]))?;
        let unpacked = self.folder.join(package);
        run(Command::new("dpkg-deb")
            .arg("--extract")
            .arg(self.fetched(package, ".deb")?)
            .arg(&unpacked))?;
        Ok(unpacked)
    }

    /// Fetches the source of a package as its authors released it.
    pub(super) fn source(&self, package: &str) -> Result<PathBuf> {
        run(self
            .apt()
            .args(["source", "-q", "--download-only", "--tar-only", package]))?;
        self.fetched(package, ".orig.tar.gz")
    }

    fn fetched(&self, package: &str, ending: &str) -> Result<PathBuf> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(&format!("{package}_")) && name.ends_with(ending) {
                return Ok(path);
            }
        }
        None.with_context(|| format!("apt-get fetched no `{package}`"))
    }

    fn apt(&self) -> Command {
        let mut command = Command::new("apt-get");
        // As root apt fetches as a user of its own, who may not write to a checkout.
        command
            .args(&self.options)
            .args(["-o", "APT::Sandbox::User=root"])
            .current_dir(&self.folder);
        command
    }
}
