//! The administrator token for the command line on the same machine.

use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use commissary_core::Commissary;

use crate::failure::Failure;
use crate::paths;

const TOKEN_FILE: &str = "admin.token";

/// Makes a new token, writes it to `DIR/admin.token` (mode 0600) and notes for
/// the command line where that file lies.
pub(super) async fn write_token(
    app: &Commissary,
    dir: &Path,
    address: SocketAddr,
) -> Result<(), Failure> {
    let token = app
        .renew_local_token(TOKEN_FILE)
        .await
        .map_err(|error| Failure::failed(error.to_string()))?;
    let path = dir.join(TOKEN_FILE);
    let text = token.hand_over();
    replace(&path, text.as_bytes()).map_err(|error| {
        Failure::failed(format!(
            "the token file `{}` cannot be written: {error}",
            path.display()
        ))
    })?;
    if let Err(error) = note(&path, address) {
        tracing::warn!(%error, "the command line will need --token-file: no note of the token's place could be written");
    }
    Ok(())
}

/// Writes a file that only its owner can read, whole or not at all.
fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    // A leftover of a killed process may have other permissions.
    let _ = fs::remove_file(&unfinished);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

fn note(token: &Path, address: SocketAddr) -> std::io::Result<()> {
    let Some(file) = paths::local_server_file(address) else {
        return Ok(());
    };
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    let token = fs::canonicalize(token)?;
    replace(&file, token.as_os_str().as_encoded_bytes())
}
