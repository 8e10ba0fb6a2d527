//! The AWS credentials file: a profile is added or replaced, everything else stays (AWS SDKs and
//! Tools Reference Guide, "Using shared config and credentials files").

mod edit;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use commissary_core::domain::{AccessKey, AccessKeyId};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// Why a profile cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsFileError {
    /// The profile's name is none.
    #[error("`{0}` is not a profile name: use 1 to 64 letters, digits and `+ . @ _ - / : %`")]
    Profile(String),
    /// Another setting of the profile would win over an access key.
    #[error(
        "the profile `{profile}` of `{path}` has the setting `{setting}`, which would win over an access key; choose another profile name"
    )]
    OtherCredential {
        /// The profile's name.
        profile: String,
        /// The file.
        path: String,
        /// The setting.
        setting: String,
    },
    /// The file is not text.
    #[error("`{0}` is not a text file; choose another file")]
    NotText(String),
    /// The file or its folder cannot be used.
    #[error("`{path}` cannot be {what}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What was tried, for example `written`.
        what: &'static str,
        /// Why not.
        source: io::Error,
    },
}

/// A profile of a credentials file that can be written.
#[derive(Debug, Clone)]
pub struct CredentialsFile {
    path: PathBuf,
    profile: String,
    replaces: Option<AccessKeyId>,
}

impl CredentialsFile {
    /// The file that the AWS tools read: `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/credentials`;
    /// none without a home folder.
    pub fn default_path() -> Option<PathBuf> {
        match std::env::var_os("AWS_SHARED_CREDENTIALS_FILE").filter(|path| !path.is_empty()) {
            Some(path) => Some(PathBuf::from(path)),
            None => std::env::home_dir().map(|home| home.join(".aws").join("credentials")),
        }
    }

    /// Makes sure that the profile can be written, before there is a key that could be lost: the
    /// file is text, its folder (made if it is missing) takes new files, the profile has no other
    /// kind of credential. A link is followed, as the AWS CLI does.
    ///
    /// # Errors
    /// One of these is not so.
    pub fn open(path: &Path, profile: &str) -> Result<Self, CredentialsFileError> {
        let letters = |c: char| c.is_ascii_alphanumeric() || "+.@_-/:%".contains(c);
        if !(1..=64).contains(&profile.len()) || !profile.chars().all(letters) {
            let shown: String = profile.chars().take(64).collect();
            return Err(CredentialsFileError::Profile(
                shown.escape_debug().to_string(),
            ));
        }
        let path = resolved(path)?;
        let text = read(&path)?;
        if let Some(setting) = edit::other_credential(&text, profile) {
            return Err(CredentialsFileError::OtherCredential {
                profile: profile.to_owned(),
                path: path.display().to_string(),
                setting: setting.to_owned(),
            });
        }
        temporary(&path)?;
        Ok(Self {
            replaces: edit::access_key_id(&text, profile)
                .and_then(|id| AccessKeyId::parse(&id).ok()),
            path,
            profile: profile.to_owned(),
        })
    }

    /// The file, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The access key that the profile has now and that writing would replace.
    pub fn replaces(&self) -> Option<&AccessKeyId> {
        self.replaces.as_ref()
    }

    /// Writes the key into the profile. The file is replaced at once and whole, readable by its
    /// owner only; a crash leaves the old one.
    ///
    /// # Errors
    /// The file cannot be read or written; it is then as it was.
    pub fn write(&self, key: &AccessKey) -> Result<(), CredentialsFileError> {
        let text = edit::with_key(&read(&self.path)?, &self.profile, key);
        let mut file = temporary(&self.path)?;
        let failed = |source| failed(&self.path, "written", source);
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&self.path)
            .map_err(|error| failed(error.error))?;
        sync_folder(&self.path).map_err(failed)
    }
}

/// The file itself, if the path is a link to it.
fn resolved(path: &Path) -> Result<PathBuf, CredentialsFileError> {
    match fs::canonicalize(path) {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A link that leads nowhere would be replaced by the file instead of followed.
            if path.is_symlink() {
                return Err(failed(
                    path,
                    "followed: it is a link that leads nowhere",
                    error,
                ));
            }
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            make_folder(folder).map_err(|source| failed(folder, "made", source))?;
            let folder =
                fs::canonicalize(folder).map_err(|source| failed(folder, "found", source))?;
            let name = path
                .file_name()
                .ok_or_else(|| failed(path, "written", error))?;
            Ok(folder.join(name))
        }
        Err(error) => Err(failed(path, "found", error)),
    }
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// The text of the file; empty if there is none yet.
fn read(path: &Path) -> Result<Zeroizing<String>, CredentialsFileError> {
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Zeroizing::new(text)),
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                Err(CredentialsFileError::NotText(path.display().to_string()))
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Zeroizing::default()),
        Err(error) => Err(failed(path, "read", error)),
    }
}

/// A file beside `path`, readable by its owner only, that goes away unless it is kept.
fn temporary(path: &Path) -> Result<NamedTempFile, CredentialsFileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    NamedTempFile::with_prefix_in(".credentials-", folder)
        .map_err(|source| failed(folder, "written to", source))
}

/// So that the renaming outlasts a crash of the machine.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

fn failed(path: &Path, what: &'static str, source: io::Error) -> CredentialsFileError {
    CredentialsFileError::Io {
        path: path.display().to_string(),
        what,
        source,
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
