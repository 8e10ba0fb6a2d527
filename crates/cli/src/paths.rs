//! Where things lie on this machine (XDG Base Directory Specification).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use commissary_aws::CredentialsFile;

use crate::failure::Failure;

/// The folder that `serve` keeps its data in when none is named; the sandbox
/// has one of its own, so that the two never mix.
pub(crate) fn default_data_dir(sandbox: bool) -> Result<PathBuf, Failure> {
    let name = if sandbox {
        "commissary-sandbox"
    } else {
        "commissary"
    };
    let base = xdg("XDG_DATA_HOME", ".local/share").ok_or_else(|| {
        Failure::usage("no home directory is known; name a folder with --data-dir")
    })?;
    Ok(base.join(name))
}

/// The configuration file, where none is named.
pub(crate) fn default_config_file() -> Option<PathBuf> {
    xdg("XDG_CONFIG_HOME", ".config").map(|base| base.join("commissary/config.toml"))
}

/// The file that tells where the administrator token of the server at `address`
/// lies, so that the command line on the same machine works at once.
pub(crate) fn local_server_file(address: SocketAddr) -> Option<PathBuf> {
    let base = xdg("XDG_STATE_HOME", ".local/state")?;
    let name = format!("{}_{}", address.ip(), address.port()).replace(':', "-");
    Some(base.join("commissary/servers").join(name))
}

/// The folder of the tokens that `commissary login` keeps.
pub(crate) fn login_tokens() -> Option<PathBuf> {
    xdg("XDG_CONFIG_HOME", ".config").map(|base| base.join("commissary/tokens"))
}

/// The folder of new access keys that are not handed over yet.
pub(crate) fn pending_keys() -> Result<PathBuf, Failure> {
    xdg("XDG_STATE_HOME", ".local/state")
        .map(|base| base.join("commissary/pending-keys"))
        .ok_or_else(|| Failure::usage("no home directory is known; set HOME"))
}

/// The AWS credentials file that the AWS tools use.
pub(crate) fn aws_credentials_file() -> Result<PathBuf, Failure> {
    CredentialsFile::default_path().ok_or_else(|| {
        Failure::usage("no home directory is known; name a file with --credentials-file")
    })
}

fn xdg(variable: &str, below_home: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    // The specification says that a relative path is to be ignored.
    let named = named.filter(|path| path.is_absolute());
    named.or_else(|| home().map(|home| home.join(below_home)))
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute() && home != Path::new("/"))
}
