//! Change the settings and the keys of an infrastructure provider.

use super::Commissary;
use super::add_provider::{
    NewStaticCredential, Notice, ProviderSaved, Verify, chosen, name_taken, trimmed_notice,
};
use super::input::kept;
use super::read_providers::not_there;
use crate::domain::{
    AccessKey, Authentication, CheckEvent, Provider, ProviderName, Region, Workspace,
};
use crate::people::Actor;
use crate::ports::{Progress, StoreError};
use crate::{Action, Error};

/// What is to be changed; none stays as it is.
#[derive(Default)]
pub struct ProviderChange {
    /// Another name.
    pub name: Option<String>,
    /// Other keys; those that are kept are replaced and gone.
    pub credential: Option<NewStaticCredential>,
    /// Another region.
    pub region: Option<String>,
    /// Another release.
    pub release: Option<String>,
    /// Other features; an empty list means the release's defaults.
    pub features: Option<Vec<String>>,
    /// Whether AWS is asked first, where the change is about what AWS knows.
    pub verify: Verify,
}

/// A change that was looked at.
struct Prepared {
    provider: Provider,
    key: Option<AccessKey>,
    notices: Vec<Notice>,
}

impl Commissary {
    /// Changes a provider as it was read: checks the form, asks AWS who the keys
    /// are where keys or region change, saves all of it at once, and runs a
    /// check where what is to be checked is another thing now.
    ///
    /// # Errors
    /// It is not there or its revision is not `seen`, the input is at fault, AWS
    /// refuses the keys or cannot be asked (and `verify` is now), the name is
    /// taken, the actor may not.
    pub async fn update_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        seen: &Provider,
        change: ProviderChange,
        progress: &dyn Progress,
    ) -> Result<ProviderSaved, Error> {
        let workspace = self
            .workspace_for(actor, Action::UpdateProvider, workspace)
            .await?;
        let before = self.find_provider(&workspace, seen.name.as_str()).await?;
        if (before.id, before.revision) != (seen.id, seen.revision) {
            return Err(changed(seen));
        }
        let verify = change.verify;
        let Prepared {
            mut provider,
            key,
            mut notices,
        } = prepared(&before, change)?;
        if !provider.name.is_same(&before.name) {
            self.refuse_taken_name(&provider).await?;
        }
        if key.is_none() && provider == before {
            notices.push(Notice {
                field: None,
                message: "nothing was changed: the provider is like this already".to_owned(),
            });
            return Ok(ProviderSaved { provider, notices });
        }
        let check = match verify {
            _ if !is_checked_anew(&before, &provider, key.as_ref()) => None,
            Verify::Now => {
                progress.tell(CheckEvent::Identifying);
                let used = match &key {
                    Some(key) => key.clone(),
                    None => self.store.access_key(before.id).await?,
                };
                let identity = self.identified(&used, &provider.region).await?;
                provider.identity = Some(identity);
                provider.refusal = None;
                provider.last_check = None;
                Some(used)
            }
            Verify::Later => {
                if key.is_some() {
                    provider.identity = None;
                    provider.refusal = None;
                }
                provider.last_check = None;
                notices.push(Notice {
                    field: None,
                    message: "saved without asking AWS; check the provider when AWS can be reached"
                        .to_owned(),
                });
                None
            }
        };
        self.replace(actor, &workspace, &before, &mut provider, key.as_ref())
            .await?;
        if let Some(used) = check {
            self.first_check(
                actor,
                &workspace,
                &mut provider,
                &used,
                &mut notices,
                progress,
            )
            .await?;
        }
        Ok(ProviderSaved { provider, notices })
    }

    async fn replace(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        before: &Provider,
        provider: &mut Provider,
        key: Option<&AccessKey>,
    ) -> Result<(), Error> {
        let target = format!("{}/{}", workspace.name, before.name);
        let audit = self.audit_in(actor, "provider.update", workspace.id, target);
        provider.updated_at = audit.at;
        if key.is_some() {
            provider.key_since = audit.at;
        }
        match self.store.update_provider(provider, key, &audit).await {
            Err(StoreError::NameTaken) => Err(name_taken(provider)),
            Err(StoreError::Changed) => Err(changed(before)),
            Err(StoreError::Gone) => Err(not_there(before)),
            Err(error) => Err(error.into()),
            Ok(()) => {
                provider.revision += 1;
                Ok(())
            }
        }
    }
}

/// Checks every field, so that all faults are told at once.
fn prepared(before: &Provider, change: ProviderChange) -> Result<Prepared, Error> {
    let mut faults = Vec::new();
    let mut provider = before.clone();
    if let Some(name) = &change.name
        && let Some(name) = kept(ProviderName::parse(name), &mut faults)
    {
        provider.name = name;
    }
    if let Some(region) = &change.region
        && let Some(region) = kept(Region::parse(region), &mut faults)
    {
        provider.region = region;
    }
    if change.release.is_some() || change.features.is_some() {
        let release = change.release.as_deref().unwrap_or(&before.release);
        let features = change.features.as_deref().unwrap_or(&before.features);
        if let Some((release, features)) = kept(chosen(Some(release), features), &mut faults) {
            provider.release = release;
            provider.features = features;
        }
    }
    let taken = change.credential.map(|new| {
        AccessKey::parse(&new.access_key_id, new.secret_access_key, new.session_token)
            .map_err(|mut more| faults.append(&mut more))
    });
    let (key, trimmed) = match taken {
        Some(Ok((key, trimmed))) => (Some(key), trimmed),
        Some(Err(())) | None => (None, Vec::new()),
    };
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    if let Some(key) = &key {
        provider.authentication = Authentication::of(key);
    }
    Ok(Prepared {
        provider,
        key,
        notices: trimmed.into_iter().map(trimmed_notice).collect(),
    })
}

/// Whether what is known about the provider is about something else now.
fn is_checked_anew(before: &Provider, after: &Provider, key: Option<&AccessKey>) -> bool {
    key.is_some()
        || before.region != after.region
        || before.release != after.release
        || before.features != after.features
}

fn changed(provider: &Provider) -> Error {
    Error::Changed {
        what: "infrastructure provider",
        name: provider.name.to_string(),
    }
}
