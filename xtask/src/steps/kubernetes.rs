//! A real Kubernetes API server for the tests: `etcd` and `kube-apiserver` in one folder, which
//! is what `KUBEBUILDER_ASSETS` names by the convention of its ecosystem.
//!
//! Where nobody names one, it is made of Debian's own packages: etcd as it is, the API server
//! built from the source package.

mod archive;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use self::archive::Archive;
use super::stamp::Stamp;
use crate::run::{answers, apt_install, cache, remade, root, run as run_command, say};

/// The variable that names the folder, here and to the tests.
pub(super) const ASSETS: &str = "KUBEBUILDER_ASSETS";

/// What must be in it.
const PROGRAMS: [&str; 2] = ["etcd", "kube-apiserver"];

/// The sources that are built, with their hashes.
const LOCK: &str = "tests/kubernetes/sources.sha256";

/// Kubernetes 1.20 is built with the compiler that Debian builds it with, whichever else there is.
const GO: &str = "/usr/lib/go-1.19/bin";

/// What the build calls, and the packages that have it.
const TOOLS: [(&str, &str); 5] = [
    ("/usr/lib/go-1.19/bin/go", "golang-1.19-go"),
    ("jq", "jq"),
    ("make", "make"),
    ("rsync", "rsync"),
    ("tar", "tar"),
];

/// The vendored package that crashes under Go 1.18 and later, and where Debian has a later one.
const VENDORED: &str = "vendor/github.com/modern-go/reflect2";
const REFLECT2: &str = "usr/share/gocode/src/github.com/modern-go/reflect2";

/// Provides the programs, and says how tests that are run by hand find them.
pub(crate) fn run() -> Result<()> {
    let folder = install()?;
    say(&format!("export {ASSETS}={}", folder.display()));
    Ok(())
}

/// Provides the programs if they are not there yet; returns the folder that they are in.
pub(super) fn install() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(ASSETS) {
        let folder = PathBuf::from(named);
        return match missing(&folder) {
            None => Ok(folder),
            Some(name) => bail!(
                "{ASSETS} names `{}`, where no `{name}` runs; fill it with `setup-envtest use -p path`, or unset it",
                folder.display()
            ),
        };
    }
    let folder = cache()?.join("kubernetes");
    let programs = folder.join("bin");
    let stamp = Stamp::of(&folder, Path::new(LOCK))?;
    if stamp.is_fresh() && missing(&programs).is_none() {
        say("etcd and kube-apiserver are there");
        return Ok(programs);
    }
    say(
        "building kube-apiserver from Debian's source package (5 to 10 minutes, 2 GB while it is \
         built, once; set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver to do without)",
    );
    let begun = Instant::now();
    remade(&folder)?;
    fs::create_dir(&programs)?;
    tools()?;
    let work = folder.join("build");
    fs::create_dir(&work)?;
    let archive = Archive::open(&work)?;
    etcd(&archive, &programs)?;
    api_server(&archive, &work, &programs)?;
    if let Some(name) = missing(&programs) {
        bail!("`{name}` was made and does not run");
    }
    fs::remove_dir_all(&work)?;
    stamp.write()?;
    say(&format!(
        "etcd and kube-apiserver are there, after {} seconds",
        begun.elapsed().as_secs()
    ));
    Ok(programs)
}

/// Provides Debian's kubectl, unpacked and not installed: the machine may have another one. Returns
/// the folder that it is in.
pub(super) fn client() -> Result<PathBuf> {
    let folder = cache()?.join("kubernetes-client");
    let program = folder.join("kubectl");
    if answers(Command::new(&program).args(["version", "--client"])) {
        return Ok(folder);
    }
    say("fetching kubectl from Debian's package (once)");
    remade(&folder)?;
    let work = folder.join("fetched");
    fs::create_dir(&work)?;
    let unpacked = Archive::open(&work)?.unpacked("kubernetes-client")?;
    fs::copy(unpacked.join("usr/bin/kubectl"), program)?;
    fs::remove_dir_all(&work)?;
    Ok(folder)
}

/// The first program that is not in a folder, or does not run.
fn missing(folder: &Path) -> Option<&'static str> {
    PROGRAMS
        .into_iter()
        .find(|name| !answers(Command::new(folder.join(name)).arg("--version")))
}

fn tools() -> Result<()> {
    let there = |program: &str| {
        let argument = if program.ends_with("/go") {
            "version"
        } else {
            "--version"
        };
        answers(Command::new(program).arg(argument))
    };
    let wanted = TOOLS.into_iter().filter(|(program, _)| !there(program));
    let packages: Vec<_> = wanted.map(|(_, package)| package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    apt_install(&packages)
}

/// Taken out of its package and not installed: that would start it as a service.
fn etcd(archive: &Archive, programs: &Path) -> Result<()> {
    let unpacked = archive.unpacked("etcd-server")?;
    fs::copy(unpacked.join("usr/bin/etcd"), programs.join("etcd"))?;
    Ok(())
}

fn api_server(archive: &Archive, work: &Path, programs: &Path) -> Result<()> {
    let tarball = archive.source("kubernetes")?;
    let reflect2 = archive.unpacked("golang-github-modern-go-reflect2-dev")?;
    run_command(Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet"])
        .arg(root()?.join(LOCK))
        .current_dir(archive.folder()))
    .context("Debian has other sources than these tests were made with; name a folder with etcd and kube-apiserver in KUBEBUILDER_ASSETS")?;
    let source = work.join("source");
    fs::create_dir(&source)?;
    run_command(
        Command::new("tar")
            .args(["--strip-components=1", "-xf"])
            .arg(tarball)
            .arg("-C")
            .arg(&source),
    )?;
    replace_go_files(&reflect2.join(REFLECT2), &source.join(VENDORED))?;
    build(work, &source)?;
    fs::copy(
        source.join("_output/bin/kube-apiserver"),
        programs.join("kube-apiserver"),
    )?;
    Ok(())
}

fn replace_go_files(from: &Path, to: &Path) -> Result<()> {
    for old in crate::tidy::files(to, "go")? {
        fs::remove_file(old)?;
    }
    for new in crate::tidy::files(from, "go")? {
        let name = new.file_name().context("a file without a name")?;
        fs::copy(&new, to.join(name))?;
    }
    Ok(())
}

/// The build of 1.20 wants its source to lie where its import path says.
fn build(work: &Path, source: &Path) -> Result<()> {
    let go_path = source.join(".go");
    let place = go_path.join("src/k8s.io");
    fs::create_dir_all(&place)?;
    std::os::unix::fs::symlink("../../..", place.join("kubernetes"))?;
    let path = std::env::var("PATH").unwrap_or_default();
    run_command(
        Command::new("make")
            .args(["WHAT=cmd/kube-apiserver", "GOLDFLAGS=-s -w"])
            .current_dir(source)
            .env("PATH", format!("{GO}:{path}"))
            .env("GOPATH", go_path)
            .env("CGO_ENABLED", "0")
            // Its caches go with the folder.
            .env("HOME", work)
            .env_remove("GOFLAGS")
            .env_remove("GOROOT"),
    )
}
