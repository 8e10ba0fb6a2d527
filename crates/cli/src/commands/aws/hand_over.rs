//! Where a new access key goes: to a server, into an AWS credentials file, or,
//! if asked for, to the terminal. The way is tried before there is a key.

use std::process::ExitCode;

use commissary_aws::{
    AwsSession, CredentialsFile, CredentialsFileError, Patience, SessionOptions, reveal,
    wait_until_usable,
};
use commissary_core::domain::{
    AccessKey, AccessKeyId, BootstrapOutcome, CheckEvent, CheckSummary, ProviderName, WorkspaceName,
};
use serde_json::Value;

use super::bootstrap::HandOverArgs;
use super::summary_exit;
use crate::client::{Client, ServerArgs};
use crate::commands::provider::{Settings, provider, send_keys, send_provider};
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
        /// The key that the new one takes the place of, here as in AWS.
        replaced: Option<AccessKeyId>,
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
    /// The entity tag of that provider.
    etag: String,
    /// The key that the new one takes the place of, there as in AWS.
    replaced: Option<AccessKeyId>,
}

/// A key that was handed over, now or before.
pub(super) struct Handed {
    pub(super) access_key_id: String,
    pub(super) to: String,
    pub(super) said: String,
    /// What the check of the provider found, if the key went to one and it was checked.
    pub(super) check: Option<CheckSummary>,
}

impl Handed {
    /// The exit code that the provider's check asks for.
    pub(super) fn exit_code(&self, strict: bool) -> ExitCode {
        self.check
            .as_ref()
            .map_or(ExitCode::SUCCESS, |check| summary_exit(check, strict))
    }
}

impl Destination {
    /// Makes sure that the key can be taken, before there is one.
    pub(super) async fn prepare(
        args: HandOverArgs,
        user: &str,
        replaced: Option<AccessKeyId>,
        server: &ServerArgs,
        settings: Settings,
    ) -> Result<Self, Failure> {
        if args.show_secret {
            return Ok(Self::Terminal);
        }
        if let Some(target) = &args.register {
            let registration = Registration::prepare(target, replaced, server, settings).await?;
            return Ok(Self::Provider(Box::new(registration)));
        }
        let path = match args.credentials_file {
            Some(path) => path,
            None => paths::aws_credentials_file()?,
        };
        let profile = args.credentials_profile.unwrap_or_else(|| user.to_owned());
        let file = CredentialsFile::open(&path, &profile).map_err(cannot_write)?;
        Ok(Self::File {
            file,
            profile,
            replaced,
        })
    }

    /// Whether the key is shown.
    pub(super) fn shows(&self) -> bool {
        matches!(self, Self::Terminal)
    }

    /// Whether a provider holds the key that is replaced, so that this goes when the provider has
    /// the new one; `pending` are the keys on their way there.
    pub(super) fn retires(&self, pending: &[String]) -> bool {
        let Self::Provider(registration) = self else {
            return false;
        };
        let (Some(held), Some(replaced)) = (&registration.existing, &registration.replaced) else {
            return false;
        };
        held == replaced.as_str() || pending.contains(held)
    }

    /// Refuses where a new key would take the place of another.
    pub(super) fn refuse_to_overwrite(&self) -> Result<(), Failure> {
        let (what, key, hint) = match self {
            Self::Provider(registration) => (
                format!("the provider `{}`", registration.name),
                registration.overwritten().map(str::to_owned),
                "choose another name with --register, or replace that key with --replace-key",
            ),
            Self::File {
                file,
                profile,
                replaced,
            } => (
                format!("the profile `{profile}` of `{}`", file.path().display()),
                file.replaces()
                    .filter(|held| replaced.as_ref() != Some(*held))
                    .map(ToString::to_string),
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

    /// Whether it has this key already: a run may be killed when all but its own notes is done.
    fn has(&self, key: &AccessKey) -> bool {
        match self {
            Self::Provider(registration) => {
                registration.existing.as_deref() == Some(key.id.as_str())
            }
            Self::File { file, .. } => file.replaces() == Some(&key.id),
            Self::Terminal => false,
        }
    }

    /// Takes a new key.
    pub(super) async fn take(self, key: &AccessKey, admin: &AwsSession) -> Result<Handed, Failure> {
        if !self.has(key) {
            self.refuse_to_overwrite()?;
        }
        let (to, said) = match self {
            Self::Provider(registration) => return registration.register(key, admin).await,
            Self::File { file, profile, .. } => {
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
            check: None,
        })
    }

    /// Tells where the key of an earlier run is.
    ///
    /// # Errors
    /// It is not where it was to go, and AWS does not show its secret again.
    pub(super) async fn without_a_key(
        &self,
        outcome: &BootstrapOutcome,
    ) -> Result<Option<Handed>, Failure> {
        let (held, place, to) = match self {
            Self::Provider(registration) => (
                registration.existing.clone(),
                format!("the provider `{}`", registration.name),
                format!("{}/{}", registration.workspace, registration.name),
            ),
            Self::File { file, profile, .. } => {
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
            Some(id) if known.contains(&id.as_str()) => {
                let said = format!("{place} holds the access key {id} already");
                if let Self::Provider(registration) = self {
                    return registration.checked_again(id, &said).await.map(Some);
                }
                Ok(Some(Handed {
                    access_key_id: id,
                    to,
                    said,
                    check: None,
                }))
            }
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
    /// The key that would be lost.
    fn overwritten(&self) -> Option<&str> {
        let replaced = self.replaced.as_ref().map(AccessKeyId::as_str);
        self.existing
            .as_deref()
            .filter(|held| replaced != Some(held))
    }

    async fn prepare(
        target: &str,
        replaced: Option<AccessKeyId>,
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
        let found = match client.get(&provider(workspace, name)).await {
            Ok(found) => Some(found),
            Err(failure) if failure.exit_code() == NOT_FOUND => None,
            Err(failure) => return Err(failure),
        };
        let text = |field| {
            let found = found.as_ref()?.get(field)?;
            found.as_str().map(str::to_owned)
        };
        Ok(Self {
            client,
            workspace: workspace.to_owned(),
            name: name.to_owned(),
            settings,
            existing: text("accessKeyId"),
            etag: text("etag").unwrap_or_default(),
            replaced,
        })
    }

    /// Saves the provider once AWS knows the key everywhere, and has it checked.
    async fn register(&self, key: &AccessKey, admin: &AwsSession) -> Result<Handed, Failure> {
        let id = key.id.to_string();
        let said = format!(
            "the access key {id} is the provider `{}` of the workspace `{}`",
            self.name, self.workspace
        );
        if self.existing.as_ref() == Some(&id) {
            return self.checked_again(id, &said).await;
        }
        wait_for(key, admin).await?;
        self.send(key).await?;
        let mut check = self.last_check().await?;
        // What the user was given a moment ago may not count everywhere yet.
        for turn in 1..=RECHECKS {
            if check.as_ref().is_none_or(|check| check.denied == 0) {
                break;
            }
            let waiting = Waiting::new(&format!(
                "waiting until AWS knows the new policies: check {turn} of {RECHECKS}"
            ));
            tokio::time::sleep(Patience::BETWEEN_CHECKS).await;
            drop(waiting);
            self.check().await?;
            check = self.last_check().await?;
        }
        Ok(self.handed(id, &said, check))
    }

    /// Sends it, and again while the place where the server asks does not know the key.
    async fn send(&self, key: &AccessKey) -> Result<(), Failure> {
        let mut turn = 0;
        loop {
            let (client, settings) = (&self.client, &self.settings);
            let (workspace, name) = (&self.workspace, &self.name);
            let sent = match self.existing {
                Some(_) => send_keys(client, workspace, name, key, &self.etag).await,
                None => send_provider(client, workspace, name, key, settings, "now").await,
            };
            match sent {
                Err(failure) if failure.concerns("accessKeyId") && turn < RECHECKS => {
                    turn += 1;
                    let waiting = Waiting::new(&format!(
                        "waiting until AWS knows the new key where the server asks: {turn} of {RECHECKS}"
                    ));
                    tokio::time::sleep(Patience::BETWEEN_CHECKS).await;
                    drop(waiting);
                }
                other => return other.map(|_| ()),
            }
        }
    }

    /// A provider that has the key already is checked once more.
    async fn checked_again(&self, id: String, said: &str) -> Result<Handed, Failure> {
        self.check().await?;
        let check = self.last_check().await?;
        Ok(self.handed(id, said, check))
    }

    async fn check(&self) -> Result<(), Failure> {
        let [a, b, c, d] = provider(&self.workspace, &self.name);
        let waiting = Waiting::new(&format!("checking `{}`", self.name));
        let hear = |event: &CheckEvent| waiting.say_check(event);
        self.client
            .follow(&[a, b, c, d, "check"], None, &hear)
            .await
            .map(|_| ())
    }

    /// What the provider's last check found; none if it could not be checked.
    async fn last_check(&self) -> Result<Option<CheckSummary>, Failure> {
        let path = provider(&self.workspace, &self.name);
        let mut shown = self.client.get(&path).await?;
        let check = shown.get_mut("lastCheck").map(Value::take);
        Ok(check.and_then(|check| serde_json::from_value(check).ok()))
    }

    fn handed(&self, id: String, said: &str, check: Option<CheckSummary>) -> Handed {
        let found = match &check {
            Some(check) => format!(
                "{}: {} allowed, {} denied, {} conditional, {} unverifiable",
                if check.denied == 0 {
                    "checked"
                } else {
                    "not ready"
                },
                check.allowed,
                check.denied,
                check.conditional,
                check.unverifiable
            ),
            None => "not checked yet".to_owned(),
        };
        Handed {
            access_key_id: id,
            to: format!("{}/{}", self.workspace, self.name),
            said: format!("{said}; {found}"),
            check,
        }
    }
}

/// How often something is tried again that AWS may not know everywhere yet.
const RECHECKS: u32 = 3;

/// Waits until AWS knows a new key.
async fn wait_for(key: &AccessKey, admin: &AwsSession) -> Result<(), Failure> {
    let waiting = Waiting::new("waiting until AWS knows the new key");
    let options = SessionOptions {
        endpoint: admin.endpoint().map(str::to_owned),
        ..SessionOptions::default()
    };
    let region = admin.region();
    let known = wait_until_usable(key, region, &options, Patience::NEW_KEY, |waited| {
        waiting.say(&format!(
            "waiting until AWS knows the new key: {} s",
            waited.as_secs()
        ));
    });
    known
        .await
        .map(|_| ())
        .map_err(|error| Failure::failed(error.to_string()))
}

fn cannot_write(error: CredentialsFileError) -> Failure {
    Failure::failed(error.to_string())
}
