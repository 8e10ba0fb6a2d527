//! The sandbox beside the server.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use commissary_core::ports::{Clock as _, Random as _};
use commissary_sandbox::Sandbox;

use super::listen;
use super::ports::{SystemClock, SystemRandom};
use super::signals::Shutdown;
use crate::failure::Failure;

/// A sandbox that is running.
pub(super) struct Running {
    /// Where it answers.
    pub(super) endpoint: String,
    /// The account that it plays.
    pub(super) account_id: String,
    /// A shell file that points every AWS tool at it, and the command line at the server.
    pub(super) env_file: PathBuf,
}

/// Starts the sandbox on a loopback address, its account kept below `dir`;
/// `server` is where the product itself is reached.
pub(super) async fn start(
    address: SocketAddr,
    dir: &Path,
    server: &str,
    shutdown: Shutdown,
) -> Result<Running, Failure> {
    if !address.ip().is_loopback() {
        return Err(Failure::usage(format!(
            "the sandbox answers this machine only; {address} is not a loopback address"
        )));
    }
    let listener = listen::bind(address, "--sandbox-listen").await?;
    let endpoint = format!("http://{}", listen::address(&listener)?);
    let failed = |error: commissary_sandbox::SandboxError| Failure::failed(error.to_string());
    // The env file is read from other folders.
    let dir = &std::fs::canonicalize(dir).map_err(|error| {
        Failure::failed(format!("`{}` cannot be found: {error}", dir.display()))
    })?;
    let sandbox = Sandbox::open(
        &dir.join("sandbox"),
        Arc::new(|| SystemClock.now()),
        Arc::new(|bytes: &mut [u8]| SystemRandom.fill(bytes)),
    )
    .map_err(failed)?;
    let profile = sandbox.write_profile(&endpoint).map_err(failed)?;
    let running = Running {
        account_id: sandbox.account_id().to_owned(),
        env_file: dir.join("sandbox/env"),
        endpoint,
    };
    let exports = [
        ("AWS_CONFIG_FILE", profile.config.display().to_string()),
        (
            "AWS_SHARED_CREDENTIALS_FILE",
            profile.credentials.display().to_string(),
        ),
        ("AWS_PROFILE", "sandbox-admin".to_owned()),
        ("AWS_ENDPOINT_URL", running.endpoint.clone()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("COMMISSARY_SERVER", server.to_owned()),
    ];
    let lines = exports.map(|(name, value)| format!("export {name}={}\n", quoted(&value)));
    // A proxy of the environment would look for the sandbox on its own machine.
    let direct = ["NO_PROXY", "no_proxy"]
        .map(|name| format!("export {name}=\"127.0.0.1,::1${{{name}:+,${name}}}\"\n"));
    std::fs::write(&running.env_file, lines.concat() + &direct.concat()).map_err(|error| {
        Failure::failed(format!(
            "`{}` cannot be written: {error}",
            running.env_file.display()
        ))
    })?;
    tokio::spawn(async move {
        if let Err(error) = sandbox.serve(listener, shutdown.requested()).await {
            tracing::error!(%error, "the sandbox stopped");
        }
    });
    Ok(running)
}

/// A value for a POSIX shell.
pub(super) fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}
