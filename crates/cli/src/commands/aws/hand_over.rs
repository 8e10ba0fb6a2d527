//! Where a new access key goes: to a server, into an AWS credentials file, or,
//! if asked for, to the terminal. The way is tried before there is a key.

use commissary_aws::{
    AwsSession, BootstrapOutcome, CredentialsFile, CredentialsFileError, Patience, SessionOptions,
    reveal, wait_until_usable,
};
use commissary_core::domain::{AccessKey, ProviderName, WorkspaceName};
use serde_json::Value;

use super::bootstrap::HandOverArgs;
use crate::client::{Client, ServerArgs};
use crate::commands::provider::{Settings, provider, send_provider};
use crate::failure::{CONFLICT, Failure, NOT_FOUND};
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
    pub(super) async fn take(self, key: &AccessKey, admin: &AwsSession) -> Result<Handed, Failure> {
        let (to, said) = match self {
            Self::Provider(registration) => {
                let said = registration.register(key, admin).await?;
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

    /// Tells where the key of an earlier run is.
    ///
    /// # Errors
    /// It is not where it was to go, and AWS does not show its secret again.
    pub(super) fn without_a_key(
        &self,
        outcome: &BootstrapOutcome,
    ) -> Result<Option<Handed>, Failure> {
        let (held, place, to) = match self {
            Self::Provider(registration) => (
                registration.existing.clone(),
                format!("the provider `{}`", registration.name),
                format!("{}/{}", registration.workspace, registration.name),
            ),
            Self::File { file, profile } => {
                let path = file.path().display().to_string();
                let held = file.replaces().map(ToString::to_string);
                (held, format!("the profile `{profile}` of {path}"), path)
            }
            Self::Terminal => return Ok(None),
        };
        let known: Vec<&str> = outcome
            .known_keys
            .iter()
            .map(|key| key.id.as_str())
            .collect();
        match held {
            Some(id) if known.contains(&id.as_str()) => Ok(Some(Handed {
                said: format!("{place} holds the access key {id} already"),
                access_key_id: id,
                to,
            })),
            Some(id) => Err(Failure::new(
                CONFLICT,
                format!("{place} holds the access key {id} of another user"),
            )
            .with_hint("choose another name")),
            None => Err(Failure::new(
                CONFLICT,
                format!(
                    "the user has the access key {} already, it is not in {place}, and AWS shows a secret only once",
                    known.join(" and ")
                ),
            )
            .with_hint("make another key with --new-key, or hand over the one that you have")),
        }
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
        WorkspaceName::parse(workspace).map_err(|fault| Failure::usage(fault.message))?;
        ProviderName::parse(name).map_err(|fault| Failure::usage(fault.message))?;
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

    /// Saves the provider once AWS knows the key everywhere.
    async fn register(&self, key: &AccessKey, admin: &AwsSession) -> Result<String, Failure> {
        let waiting = Waiting::new("waiting until AWS knows the new key");
        let options = SessionOptions {
            endpoint: admin.endpoint().map(str::to_owned),
            ..SessionOptions::default()
        };
        let region = admin.region();
        wait_until_usable(key, region, &options, Patience::NEW_KEY, |waited| {
            waiting.say(&format!(
                "waiting until AWS knows the new key: {} s",
                waited.as_secs()
            ));
        })
        .await
        .map_err(|error| Failure::failed(error.to_string()))?;
        drop(waiting);
        send_provider(
            &self.client,
            &self.workspace,
            &self.name,
            key,
            &self.settings,
            "now",
        )
        .await?;
        Ok(format!(
            "the access key {} is the provider `{}` of the workspace `{}`",
            key.id, self.name, self.workspace
        ))
    }
}

fn cannot_write(error: CredentialsFileError) -> Failure {
    Failure::failed(error.to_string())
}
