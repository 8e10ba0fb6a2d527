//! Check what a provider's credential may do.

use commissary_permissions as permissions;

use super::Commissary;
use super::add_provider::{NewStaticCredential, credential_error};
use super::read_providers::not_there;
use crate::domain::{
    AccessKey, AuditEvent, CheckEvent, CheckOptions, CheckRequest, Identity, PermissionReport,
    Provider, Workspace,
};
use crate::error::FieldError;
use crate::people::Actor;
use crate::ports::{Progress, StoreError};
use crate::{Action, Error};

/// How a provider is to be checked.
#[derive(Default)]
pub struct CheckHow {
    /// How far the check may go.
    pub options: CheckOptions,
    /// An administrator's keys, used to simulate and to read policies for this
    /// check only; they are never kept.
    pub administrator: Option<NewStaticCredential>,
}

impl Commissary {
    /// Runs the verification ladder for a provider and keeps the report.
    ///
    /// # Errors
    /// The provider is not there, the administrator's keys are none, AWS refuses
    /// its key (which is noted on the provider) or cannot be asked, the actor may
    /// not.
    pub async fn check_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        how: CheckHow,
        progress: &dyn Progress,
    ) -> Result<PermissionReport, Error> {
        let workspace = self
            .workspace_for(actor, Action::CheckProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let lent = Lent {
            administrator: how.administrator.map(administrator).transpose()?,
            options: how.options,
        };
        progress.tell(CheckEvent::Identifying);
        let key = self.store.access_key(provider.id).await?;
        let identity = match self.identified(&key, &provider.region).await {
            Ok(identity) => identity,
            Err(Error::InvalidCredentials(fault)) => {
                let audit = self.checked(actor, &workspace, &provider);
                self.store
                    .save_refusal(&provider, &fault.message, &audit)
                    .await
                    .map_err(|error| overtaken(error, &provider))?;
                return Err(Error::InvalidCredentials(fault));
            }
            Err(error) => return Err(error),
        };
        if provider.refusal.is_some() || provider.identity.as_ref() != Some(&identity) {
            // Kept at once: the ladder may not come to an end.
            let audit = self.checked(actor, &workspace, &provider);
            self.store
                .save_identity(&provider, &identity, &audit)
                .await
                .map_err(|error| overtaken(error, &provider))?;
        }
        self.run_check(
            actor,
            &workspace,
            &provider,
            Subject {
                key: &key,
                identity,
                lent,
            },
            progress,
        )
        .await
    }

    fn checked(&self, actor: &Actor, workspace: &Workspace, provider: &Provider) -> AuditEvent {
        let target = format!("{}/{}", workspace.name, provider.name);
        self.audit_in(actor, "provider.check", workspace.id, target)
    }

    /// The ladder for a provider whose identity was just established.
    pub(super) async fn run_check(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        provider: &Provider,
        subject: Subject<'_>,
        progress: &dyn Progress,
    ) -> Result<PermissionReport, Error> {
        let Subject {
            key,
            identity,
            lent,
        } = subject;
        progress.tell(CheckEvent::Identified {
            principal_arn: identity.principal_arn.clone(),
        });
        let requirements = requirements(provider)?;
        let request = CheckRequest {
            identity,
            region: provider.region.clone(),
            requirements,
            options: lent.options,
        };
        let result = self
            .cloud
            .check(key, lent.administrator.as_ref(), &request, progress)
            .await
            .map_err(credential_error)?;
        let report = PermissionReport::new(
            self.clock.now(),
            provider.release.clone(),
            provider.features.clone(),
            request,
            result,
        );
        let audit = self.checked(actor, workspace, provider);
        match self.store.save_report(provider, &report, &audit).await {
            Ok(()) => Ok(report),
            Err(error) => Err(overtaken(error, provider)),
        }
    }
}

/// What was found out is about a provider that is another one by now.
fn overtaken(error: StoreError, provider: &Provider) -> Error {
    match error {
        StoreError::Gone => not_there(provider),
        StoreError::Changed => Error::Conflict(format!(
            "the infrastructure provider `{}` was changed while it was checked; check it again",
            provider.name
        )),
        error => error.into(),
    }
}

/// A credential that is to be checked, whose identity was just established.
pub(super) struct Subject<'a> {
    pub(super) key: &'a AccessKey,
    pub(super) identity: Identity,
    pub(super) lent: Lent,
}

/// What a check goes with beside the provider itself.
#[derive(Default)]
pub(super) struct Lent {
    administrator: Option<AccessKey>,
    options: CheckOptions,
}

/// The administrator's keys, checked as those of a provider are.
fn administrator(given: NewStaticCredential) -> Result<AccessKey, Error> {
    let NewStaticCredential {
        access_key_id,
        secret_access_key,
        session_token,
    } = given;
    let key = AccessKey::parse(&access_key_id, secret_access_key, session_token);
    key.map(|(key, _)| key).map_err(|faults| {
        let inside = |fault: FieldError| {
            FieldError::new(&format!("administrator.{}", fault.field), fault.message)
        };
        Error::Invalid(faults.into_iter().map(inside).collect())
    })
}

/// What the provider's release and features need; a release that a newer
/// version of the product dropped is told as such.
fn requirements(provider: &Provider) -> Result<Vec<permissions::Requirement>, Error> {
    let release = permissions::release(&provider.release)
        .map_err(|error| Error::Conflict(error.to_string()))?;
    let selection = release
        .select(&provider.features)
        .map_err(|error| Error::Conflict(error.to_string()))?;
    Ok(selection.requirements())
}
