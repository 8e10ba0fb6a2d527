//! Where the keys of a provider come from: asked for, from files, or from
//! an AWS profile. Never from the arguments.

use std::path::{Path, PathBuf};

use commissary_core::domain::{AccessKey, Region, SecretInput};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::output::{ask, say, secret};

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
    secret::typed(question, "--secret-key-file").map(input)
}

fn from_file(file: &Path) -> Result<SecretInput, Failure> {
    secret::from_file(file).map(input)
}

fn input(mut text: Zeroizing<String>) -> SecretInput {
    SecretInput::new(std::mem::take(&mut *text))
}
