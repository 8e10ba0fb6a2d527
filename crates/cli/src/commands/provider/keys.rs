//! Where the keys of a provider come from: asked for, from files, or from
//! an AWS profile. Never from the arguments.

use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use commissary_core::domain::{AccessKey, Region, SecretInput};

use crate::failure::Failure;
use crate::output::{ask, say};

/// The largest file that can be a key or a token.
const MAX_SECRET_FILE: u64 = 64 * 1024;

/// Where the keys come from.
#[derive(Debug, clap::Args)]
pub(super) struct KeyArgs {
    /// Take the keys of this profile of the AWS configuration.
    #[arg(long, value_name = "PROFILE", conflicts_with_all = ["access_key_id", "secret_key_file", "session_token_file"])]
    from_profile: Option<String>,
    /// The access key; asked for if not given.
    #[arg(long, value_name = "ID")]
    access_key_id: Option<String>,
    /// A file with the secret key, `-` for standard input; asked for if not given.
    #[arg(long, value_name = "FILE")]
    secret_key_file: Option<PathBuf>,
    /// A file with the session token of a temporary key.
    #[arg(long, value_name = "FILE")]
    session_token_file: Option<PathBuf>,
}

impl KeyArgs {
    /// Whether any of them was given.
    pub(super) fn any(&self) -> bool {
        self.from_profile.is_some()
            || self.access_key_id.is_some()
            || self.secret_key_file.is_some()
            || self.session_token_file.is_some()
    }
}

/// Keys as they were read.
pub(super) struct ReadKeys {
    pub(super) key: AccessKey,
    /// The fields that white space was trimmed from.
    pub(super) trimmed: Vec<&'static str>,
    /// The region of the profile that they came from.
    pub(super) region: Option<Region>,
}

/// Reads the keys.
pub(super) async fn read(args: &KeyArgs) -> Result<ReadKeys, Failure> {
    if let Some(profile) = &args.from_profile {
        let key = commissary_aws::profile_key(profile).await;
        return key
            .map(|(key, region)| ReadKeys {
                key,
                trimmed: Vec::new(),
                region: Some(region),
            })
            .map_err(|error| Failure::failed(error.to_string()));
    }
    let id = match &args.access_key_id {
        Some(id) => id.clone(),
        None => ask(
            "Access key:",
            "give the access key with --access-key-id, or --from-profile",
        )?,
    };
    let secret = match &args.secret_key_file {
        Some(file) => from_file(file)?,
        None => typed("Secret key (not shown): ")?,
    };
    let token = match &args.session_token_file {
        Some(file) => Some(from_file(file)?),
        None if id.trim().starts_with("ASIA") => Some(typed("Session token (not shown): ")?),
        None => None,
    };
    AccessKey::parse(&id, secret, token)
        .map(|(key, trimmed)| ReadKeys {
            key,
            trimmed,
            region: None,
        })
        .map_err(|faults| Failure::failed("these keys cannot be used").with_fields(faults))
}

/// Tells where white space was trimmed.
pub(super) fn tell_trimmed(fields: &[&'static str]) {
    for field in fields {
        say(&format!(
            "{field}: white space that was pasted along was removed"
        ));
    }
}

fn typed(question: &str) -> Result<SecretInput, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(
            "there is no terminal to ask for the secret key on; give it with --secret-key-file (`-` reads standard input)",
        ));
    }
    rpassword::prompt_password(question)
        .map(SecretInput::new)
        .map_err(|error| Failure::failed(format!("the secret cannot be read: {error}")))
}

fn from_file(file: &Path) -> Result<SecretInput, Failure> {
    let shown = file.display();
    let failed =
        |error: std::io::Error| Failure::failed(format!("`{shown}` cannot be read: {error}"));
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin()
            .take(MAX_SECRET_FILE)
            .read_to_string(&mut text)
    } else {
        let opened = std::fs::File::open(file).map_err(failed)?;
        opened.take(MAX_SECRET_FILE).read_to_string(&mut text)
    };
    let input = SecretInput::new(text);
    read.map(|_| input).map_err(failed)
}
