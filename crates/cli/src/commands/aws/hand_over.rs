//! Where a new access key goes: to a server, into an AWS credentials file, or,
//! if asked for, to the terminal. The way is tried before there is a key.

use std::path::Path;

use commissary_aws::{
    BootstrapOutcome, CredentialsFile, CredentialsFileError, Patience, SessionOptions, reveal,
    wait_until_usable,
};
use commissary_core::domain::{AccessKey, Region};
use serde_json::Value;

use super::bootstrap::HandOverArgs;
use crate::client::{Client, ServerArgs};
use crate::commands::provider::{Settings, provider, send_provider};
use crate::failure::{CONFLICT, Failure, NOT_FOUND};
use crate::output::say;
use crate::paths;
use crate::progress::Waiting;

/// Where the key goes.
pub(super) enum Destination {
    /// A server's workspace.
    Provider(Box<Registration>),
    /// A profile of a credentials file.
    File {
        file: CredentialsFile,
        profile: String,
    },
    /// The terminal.
    Terminal,
}

/// A provider to be.
pub(super) struct Registration {
    client: Client,
    workspace: String,
    name: String,
    settings: Settings,
    /// The access key of the provider of that name, if there is one already.
    existing: Option<String>,
}

/// A key that was handed over, now or before.
pub(super) struct Handed {
    pub(super) access_key_id: String,
    pub(super) to: String,
    pub(super) said: String,
}

impl Destination {
    /// Makes sure that the key can be taken, before there is one.
    pub(super) async fn prepare(
        args: HandOverArgs,
        user: &str,
        server: &ServerArgs,
        settings: Settings,
    ) -> Result<Self, Failure> {
        if args.show_secret {
            return Ok(Self::Terminal);
        }
        if let Some(target) = &args.register {
            let registration = Registration::prepare(target, server, settings).await?;
            return Ok(Self::Provider(Box::new(registration)));
        }
        let path = match args.credentials_file {
            Some(path) => path,
            None => paths::aws_credentials_file()?,
        };
        let profile = args.credentials_profile.unwrap_or_else(|| user.to_owned());
        let file = CredentialsFile::open(&path, &profile).map_err(cannot_write)?;
        Ok(Self::File { file, profile })
    }

    /// Whether the key is shown.
    pub(super) fn shows(&self) -> bool {
        matches!(self, Self::Terminal)
    }

    /// Refuses where a new key would take the place of another.
    pub(super) fn refuse_to_overwrite(&self) -> Result<(), Failure> {
        let (what, key, hint) = match self {
            Self::Provider(registration) => (
                format!("the provider `{}`", registration.name),
                registration.existing.clone(),
                "choose another name with --register",
            ),
            Self::File { file, profile } => (
                format!("the profile `{profile}` of `{}`", file.path().display()),
                file.replaces().map(ToString::to_string),
                "choose another with --credentials-profile, or remove that profile first",
            ),
            Self::Terminal => return Ok(()),
        };
        match key {
            Some(key) => Err(Failure::new(
                CONFLICT,
                format!("{what} holds the access key {key} already, whose secret would be lost"),
            )
            .with_hint(hint)),
            None => Ok(()),
        }
    }

    /// Takes a new key.
    pub(super) async fn take(self, key: &AccessKey, region: &Region) -> Result<Handed, Failure> {
        let (to, said) = match self {
            Self::Provider(registration) => {
                let said = registration.register(key, region).await?;
                (
                    format!("{}/{}", registration.workspace, registration.name),
                    said,
                )
            }
            Self::File { file, profile } => {
                file.write(key).map_err(cannot_write)?;
                let path = file.path().display().to_string();
                let said = format!(
                    "the access key {} is in the profile `{profile}` of {path}",
                    key.id
                );
                (path, said)
            }
            Self::Terminal => {
                reveal(key, &mut std::io::stdout()).map_err(|error| {
                    Failure::failed(format!("the key cannot be shown: {error}"))
                })?;
                ("terminal".to_owned(), String::new())
            }
        };
        Ok(Handed {
            access_key_id: key.id.to_string(),
            to,
            said,
        })
    }

    /// Tells where the key of an earlier run is, if that is known.
    pub(super) fn without_a_key(
        &self,
        outcome: &BootstrapOutcome,
    ) -> Result<Option<Handed>, Failure> {
        let known = |id: &String| outcome.known_keys.iter().any(|key| key.id.as_str() == id);
        let (id, to, said) = match self {
            Self::Provider(registration) => match &registration.existing {
                Some(id) => (
                    Some(id.clone()),
                    format!("{}/{}", registration.workspace, registration.name),
                    format!(
                        "the provider `{}` holds the access key {id} already",
                        registration.name
                    ),
                ),
                None => return Err(registration.no_key(outcome)),
            },
            Self::File { file, profile } => {
                let id = file.replaces().map(ToString::to_string);
                let path = file.path().display().to_string();
                let said =
                    format!("the profile `{profile}` of {path} holds its access key already");
                (id, path, said)
            }
            Self::Terminal => return Ok(None),
        };
        Ok(id.filter(known).map(|access_key_id| Handed {
            access_key_id,
            to,
            said,
        }))
    }
}

impl Registration {
    async fn prepare(
        target: &str,
        server: &ServerArgs,
        settings: Settings,
    ) -> Result<Self, Failure> {
        let (workspace, name) = target
            .split_once('/')
            .filter(|(workspace, name)| !workspace.is_empty() && !name.is_empty())
            .ok_or_else(|| {
                Failure::usage(format!("`{target}` names no provider"))
                    .with_hint("write it as WORKSPACE/NAME, for example team-a/prod")
            })?;
        let client = Client::connect(server)?;
        client
            .get(&["workspaces", workspace])
            .await
            .map_err(|failure| {
                let hint = format!("make it with `commissary workspace create {workspace}`");
                if failure.exit_code() == NOT_FOUND {
                    failure.with_hint(hint)
                } else {
                    failure
                }
            })?;
        let existing = match client.get(&provider(workspace, name)).await {
            Ok(found) => found
                .get("accessKeyId")
                .and_then(Value::as_str)
                .map(str::to_owned),
            Err(failure) if failure.exit_code() == NOT_FOUND => None,
            Err(failure) => return Err(failure),
        };
        Ok(Self {
            client,
            workspace: workspace.to_owned(),
            name: name.to_owned(),
            settings,
            existing,
        })
    }

    /// Saves the provider once AWS knows the key everywhere. If that fails the
    /// key goes into the credentials file: its secret is shown only once.
    async fn register(&self, key: &AccessKey, region: &Region) -> Result<String, Failure> {
        let waiting = Waiting::new("waiting until AWS knows the new key");
        let options = SessionOptions::default();
        let usable = wait_until_usable(key, region, &options, Patience::NEW_KEY, |waited| {
            waiting.say(&format!(
                "waiting until AWS knows the new key: {} s",
                waited.as_secs()
            ));
        })
        .await;
        drop(waiting);
        let saved = match usable {
            Ok(_) => {
                send_provider(
                    &self.client,
                    &self.workspace,
                    &self.name,
                    key,
                    &self.settings,
                    "now",
                )
                .await
            }
            Err(error) => Err(Failure::failed(error.to_string())),
        };
        match saved {
            Ok(_) => Ok(format!(
                "the access key {} is the provider `{}` of the workspace `{}`",
                key.id, self.name, self.workspace
            )),
            Err(failure) => Err(self.rescued(key, failure)),
        }
    }

    fn rescued(&self, key: &AccessKey, failure: Failure) -> Failure {
        let profile = format!("commissary-{}", key.id);
        let written = paths::aws_credentials_file()
            .and_then(|path| write(&path, &profile, key).map_err(cannot_write));
        match written {
            Ok(()) => failure.with_hint(format!(
                "nothing is lost: the key is in the AWS profile `{profile}`; go on with `commissary provider add aws {} --workspace {} --from-profile {profile}`",
                self.name, self.workspace
            )),
            Err(second) => {
                say(&format!("the key cannot be kept either: {}", second.message()));
                failure.with_hint(format!("delete the access key {} in AWS, and run this again", key.id))
            }
        }
    }

    /// The user has a key whose secret nobody can see any more.
    fn no_key(&self, outcome: &BootstrapOutcome) -> Failure {
        let keys: Vec<_> = outcome
            .known_keys
            .iter()
            .map(|key| key.id.to_string())
            .collect();
        Failure::new(
            CONFLICT,
            format!(
                "the provider `{}` was not saved: the user has the access key {} already, and AWS shows a secret only once",
                self.name,
                keys.join(" and ")
            ),
        )
        .with_hint("make another key with --new-key, or add the provider with the key that you have")
    }
}

fn write(path: &Path, profile: &str, key: &AccessKey) -> Result<(), CredentialsFileError> {
    CredentialsFile::open(path, profile)?.write(key)
}

fn cannot_write(error: CredentialsFileError) -> Failure {
    Failure::failed(error.to_string())
}
