//! Add an infrastructure provider with a static credential.

use commissary_permissions as permissions;

use super::Commissary;
use super::check_keys::{CheckWish, NewCheck};
use super::check_provider::{Lent, Subject, Wanted};
use super::input::kept;
use crate::domain::{
    AccessKey, Authentication, CheckEvent, CheckFailure, CheckState, Identity, Provider,
    ProviderId, ProviderName, Region, SecretInput, Workspace, given,
};
use crate::error::FieldError;
use crate::people::Actor;
use crate::ports::{CloudError, Progress, Silent, StoreError};
use crate::{Action, Error};

/// The keys as entered.
pub struct NewStaticCredential {
    /// The access key.
    pub access_key_id: String,
    /// The secret key.
    pub secret_access_key: SecretInput,
    /// The session token, for a temporary key.
    pub session_token: Option<SecretInput>,
}

/// Whether AWS, or the management cluster, is asked before something is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verify {
    /// Ask now; a refusal or silence means that nothing is saved.
    #[default]
    Now,
    /// Save unasked, for when it cannot be reached just now.
    Later,
}

/// A provider as it is asked for, nothing checked yet.
pub struct NewProvider {
    /// Its name.
    pub name: String,
    /// Its keys, and what they are wanted for.
    pub keys: NewCheck,
    /// Whether AWS is asked first.
    pub verify: Verify,
}

/// Something that went well but that people should know.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Notice {
    /// The field that it is about, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// One sentence for people.
    pub message: String,
}

/// A provider that was saved.
#[derive(Debug, Clone)]
pub struct ProviderSaved {
    /// The provider, with its first check if there was one.
    pub provider: Provider,
    /// What people should know.
    pub notices: Vec<Notice>,
}

impl Commissary {
    /// Adds a provider: checks the form, asks AWS who the keys are, saves, and
    /// runs the first check.
    ///
    /// Once saved the provider stays, whatever the check finds or whether it
    /// can end: missing permissions are shown, they never block.
    ///
    /// # Errors
    /// The input is at fault, AWS refuses the keys, AWS cannot be asked (and
    /// `verify` is now), the name is taken, the actor may not.
    pub async fn add_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        new: NewProvider,
        progress: &dyn Progress,
    ) -> Result<ProviderSaved, Error> {
        let workspace = self
            .workspace_for(actor, Action::AddProvider, workspace)
            .await?;
        let (mut saved, key) = self.saved(actor, &workspace, new, progress).await?;
        let (provider, notices) = (&mut saved.provider, &mut saved.notices);
        self.first_check(actor, &workspace, provider, &key, notices, progress)
            .await?;
        Ok(saved)
    }

    /// The same without the first check, for who has that run as a job.
    ///
    /// # Errors
    /// Those of [`Commissary::add_provider`].
    pub async fn save_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        new: NewProvider,
    ) -> Result<ProviderSaved, Error> {
        let workspace = self
            .workspace_for(actor, Action::AddProvider, workspace)
            .await?;
        let (saved, _) = self.saved(actor, &workspace, new, &Silent).await?;
        Ok(saved)
    }

    async fn saved(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        new: NewProvider,
        progress: &dyn Progress,
    ) -> Result<(ProviderSaved, AccessKey), Error> {
        let verify = new.verify;
        let (mut provider, key, mut notices) = self.prepared(workspace, new)?;
        self.refuse_taken_name(&provider).await?;
        match verify {
            Verify::Now => {
                progress.tell(CheckEvent::Identifying);
                provider.identity = Some(self.identified(&key, &provider.region).await?);
            }
            Verify::Later => notices.push(Notice {
                field: None,
                message: "saved without asking AWS who the keys are; check the provider when AWS can be reached".to_owned(),
            }),
        }
        self.insert(actor, workspace, &provider, &key).await?;
        Ok((ProviderSaved { provider, notices }, key))
    }

    /// Checks every field, so that all faults are told at once.
    fn prepared(
        &self,
        workspace: &Workspace,
        new: NewProvider,
    ) -> Result<(Provider, AccessKey, Vec<Notice>), Error> {
        let mut faults = Vec::new();
        let name = kept(ProviderName::parse(&new.name), &mut faults);
        let wish = new.keys.read(&mut faults);
        let (Some(name), Some(wish)) = (name, wish) else {
            return Err(Error::Invalid(faults));
        };
        let CheckWish {
            key,
            trimmed,
            region,
            choice,
        } = wish;
        let provider = self.unsaved(workspace, name, &key, region, choice);
        let notices = trimmed.into_iter().map(trimmed_notice).collect();
        Ok((provider, key, notices))
    }

    /// A provider that is not saved yet.
    pub(super) fn unsaved(
        &self,
        workspace: &Workspace,
        name: ProviderName,
        key: &AccessKey,
        region: Region,
        (release, features): (String, Vec<String>),
    ) -> Provider {
        let now = self.clock.now();
        Provider {
            id: ProviderId(self.new_id()),
            workspace_id: workspace.id,
            name,
            authentication: Authentication::of(key),
            region,
            release,
            features,
            identity: None,
            refusal: None,
            last_check: None,
            key_since: now,
            created_at: now,
            updated_at: now,
            revision: 0,
        }
    }

    /// The store has the last word; asking early spares a call to AWS and gives
    /// the answer at the field.
    pub(super) async fn refuse_taken_name(&self, provider: &Provider) -> Result<(), Error> {
        let taken = self
            .store
            .provider(provider.workspace_id, &provider.name)
            .await?;
        match taken {
            Some(_) => Err(name_taken(provider)),
            None => Ok(()),
        }
    }

    /// Asks AWS who the key is, and refuses a key of another partition than the
    /// region's: no cluster could be built with it there.
    pub(super) async fn identified(
        &self,
        key: &AccessKey,
        region: &Region,
    ) -> Result<Identity, Error> {
        let identity = self
            .cloud
            .identify(key, region)
            .await
            .map_err(credential_error)?;
        if identity.partition != region.partition() {
            let message = format!(
                "this access key belongs to partition `{}`, the region `{region}` to `{}`; choose a region of `{}`",
                identity.partition,
                region.partition(),
                identity.partition
            );
            return Err(Error::InvalidCredentials(FieldError::new(
                "accessKeyId",
                message,
            )));
        }
        Ok(identity)
    }

    async fn insert(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        provider: &Provider,
        key: &AccessKey,
    ) -> Result<(), Error> {
        let target = format!("{}/{}", workspace.name, provider.name);
        let audit = self.audit_in(actor, "provider.add", workspace.id, target);
        match self.store.insert_provider(provider, key, &audit).await {
            Err(StoreError::NameTaken) => Err(name_taken(provider)),
            // The workspace was deleted between the question and the answer.
            Err(StoreError::Gone) => Err(Error::NotFound {
                what: "workspace",
                name: workspace.name.to_string(),
            }),
            other => Ok(other?),
        }
    }

    pub(super) async fn first_check(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        provider: &mut Provider,
        key: &AccessKey,
        notices: &mut Vec<Notice>,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let Some(identity) = provider.identity.clone() else {
            return Ok(());
        };
        let lent = Lent::default();
        let id = match self.begin(actor, workspace, provider, &lent, false).await {
            Ok(id) => id,
            Err(error @ Error::CheckRunning { .. }) => {
                notices.push(unchecked(&error));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let subject = Subject {
            key,
            identity,
            lent: &lent,
        };
        let checked = match self.climbed(Wanted::of(provider), subject, progress).await {
            Ok(report) => {
                let finished = self.finished(actor, workspace, provider, id, &report);
                finished.await.map(|()| report)
            }
            Err(error) => Err(error),
        };
        match checked {
            Ok(report) => provider.last_check = Some(report.summary()),
            // A key made seconds ago may be known to STS and not yet to IAM.
            Err(error @ (Error::CloudUnavailable(_) | Error::InvalidCredentials(_))) => {
                let failure = CheckFailure::of(&error);
                self.ended(actor, id, CheckState::Failed, Some(&failure))
                    .await?;
                notices.push(unchecked(&error));
            }
            Err(error) => {
                let failure = CheckFailure::of(&error);
                self.ended(actor, id, CheckState::Failed, Some(&failure))
                    .await?;
                return Err(error);
            }
        }
        Ok(())
    }
}

pub(super) fn credential_error(error: CloudError) -> Error {
    match error.credential_field() {
        Some(field) => Error::InvalidCredentials(FieldError::new(field, error.to_string())),
        None => Error::CloudUnavailable(error),
    }
}

/// The release and features by name, checked against the catalogue.
pub(super) fn chosen(
    release: Option<&str>,
    features: &[String],
) -> Result<(String, Vec<String>), FieldError> {
    let named = given(release);
    let release = permissions::release(named.unwrap_or(permissions::DEFAULT_RELEASE))
        .map_err(|error| FieldError::new("release", error.to_string()))?;
    let selection = release
        .select(features)
        .map_err(|error| FieldError::new("features", error.to_string()))?;
    let features = selection.features().map(|feature| feature.id().to_owned());
    Ok((release.id().to_owned(), features.collect()))
}

pub(super) fn trimmed_notice(field: &str) -> Notice {
    Notice {
        field: Some(field.to_owned()),
        message: "white space that was pasted along was removed".to_owned(),
    }
}

fn unchecked(error: &Error) -> Notice {
    Notice {
        field: None,
        message: format!("saved, but the permissions could not be checked: {error}"),
    }
}

pub(super) fn name_taken(provider: &Provider) -> Error {
    Error::NameTaken {
        what: "infrastructure provider",
        name: provider.name.to_string(),
    }
}
