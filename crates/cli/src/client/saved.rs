//! The tokens that `commissary login` keeps, one file for each server.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;

use reqwest::Url;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::paths;

/// The token that is kept for a server.
pub(super) fn token(base: &Url) -> Result<Option<Zeroizing<String>>, Failure> {
    let Some(file) = file(base) else {
        return Ok(None);
    };
    match fs::read_to_string(&file) {
        Ok(text) => Ok(Some(Zeroizing::new(text.trim().to_owned()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", &file, &error)),
    }
}

/// Keeps a token for a server, in place of any before it: in a file that only its
/// owner can read, written whole or not at all.
pub(super) fn keep(base: &Url, token: &str) -> Result<PathBuf, Failure> {
    let file = file(base).ok_or_else(|| Failure::usage("no home directory is known; set HOME"))?;
    let written = || -> std::io::Result<()> {
        if let Some(folder) = file.parent() {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true).mode(0o700).create(folder)?;
        }
        let unfinished = file.with_extension("unfinished");
        // A leftover of a killed process may have other permissions.
        let _ = fs::remove_file(&unfinished);
        let mut open = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)?;
        open.write_all(token.as_bytes())?;
        open.sync_all()?;
        fs::rename(&unfinished, &file)
    };
    written().map_err(|error| failed("written", &file, &error))?;
    Ok(file)
}

/// Forgets the token of a server.
pub(super) fn forget(base: &Url) -> Result<(), Failure> {
    let Some(file) = file(base) else {
        return Ok(());
    };
    match fs::remove_file(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(failed("removed", &file, &error))
        }
        _ => Ok(()),
    }
}

fn file(base: &Url) -> Option<PathBuf> {
    let port = base.port_or_known_default()?;
    let host = base.host_str()?.replace([':', '[', ']'], "-");
    let name = format!("{}_{host}_{port}", base.scheme());
    Some(paths::login_tokens()?.join(name))
}

fn failed(what: &str, file: &std::path::Path, error: &std::io::Error) -> Failure {
    let shown = file.display();
    Failure::failed(format!(
        "the token file `{shown}` cannot be {what}: {error}"
    ))
}
