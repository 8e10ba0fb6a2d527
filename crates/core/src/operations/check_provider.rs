//! Check what a provider's credential may do.

use commissary_permissions as permissions;

use super::Commissary;
use super::add_provider::{NewStaticCredential, credential_error};
use super::checks::BegunCheck;
use super::read_providers::not_there;
use crate::Error;
use crate::domain::{
    AccessKey, AuditEvent, CheckEvent, CheckFailure, CheckId, CheckOptions, CheckRequest,
    CheckState, Identity, PermissionReport, Provider, Region, ReportChanges, Workspace,
};
use crate::error::FieldError;
use crate::people::Actor;
use crate::ports::{Progress, StoreError};

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
    /// Climbs the ladder for a check that was begun. Its report is not kept yet:
    /// [`Self::finish_check`] does that once all that was told is kept.
    ///
    /// # Errors
    /// AWS refuses the provider's key (which is noted on the provider) or cannot
    /// be asked; the provider was changed meanwhile. The check is not ended then:
    /// [`Self::end_check`] does that.
    pub async fn run_begun_check(
        &self,
        begun: &BegunCheck,
        progress: &dyn Progress,
    ) -> Result<PermissionReport, Error> {
        let BegunCheck {
            actor,
            workspace,
            provider,
            lent,
            ..
        } = begun;
        progress.tell(CheckEvent::Identifying);
        let key = self.store.access_key(provider.id).await?;
        let identity = match self.identified(&key, &provider.region).await {
            Ok(identity) => identity,
            Err(Error::InvalidCredentials(fault)) => {
                let audit = self.checked(actor, workspace, provider);
                self.store
                    .save_refusal(provider, &fault.message, &audit)
                    .await
                    .map_err(|error| overtaken(error, provider))?;
                return Err(Error::InvalidCredentials(fault));
            }
            Err(error) => return Err(error),
        };
        if provider.refusal.is_some() || provider.identity.as_ref() != Some(&identity) {
            // Kept at once: the ladder may not come to an end.
            let audit = self.checked(actor, workspace, provider);
            self.store
                .save_identity(provider, &identity, &audit)
                .await
                .map_err(|error| overtaken(error, provider))?;
        }
        let subject = Subject {
            key: &key,
            identity,
            lent,
        };
        self.climbed(Wanted::of(provider), subject, progress).await
    }

    /// Ends a check with its report, which is kept.
    ///
    /// # Errors
    /// The provider was changed or the check was ended meanwhile.
    pub async fn finish_check(
        &self,
        begun: &BegunCheck,
        report: &PermissionReport,
    ) -> Result<(), Error> {
        let BegunCheck {
            id,
            actor,
            workspace,
            provider,
            ..
        } = begun;
        self.finished(actor, workspace, provider, *id, report).await
    }

    fn checked(&self, actor: &Actor, workspace: &Workspace, provider: &Provider) -> AuditEvent {
        let target = format!("{}/{}", workspace.name, provider.name);
        self.audit_in(actor, "provider.check", workspace.id, target)
    }

    /// The ladder for a credential whose identity was just established.
    pub(super) async fn climbed(
        &self,
        wanted: Wanted<'_>,
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
        let requirements = wanted.requirements()?;
        let request = CheckRequest {
            identity,
            region: wanted.region.clone(),
            requirements,
            options: lent.options.clone(),
        };
        let result = self
            .cloud
            .check(key, lent.administrator.as_ref(), &request, progress)
            .await
            .map_err(credential_error)?;
        Ok(PermissionReport::new(
            self.clock.now(),
            wanted.release.to_owned(),
            wanted.features.to_vec(),
            request,
            result,
        ))
    }

    pub(super) async fn finished(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        provider: &Provider,
        check: CheckId,
        report: &PermissionReport,
    ) -> Result<(), Error> {
        let before = self.store.latest_report(provider.id).await?;
        let changes = before.map(|before| ReportChanges::between(&before, report));
        let audit = self.checked(actor, workspace, provider);
        let saved = self
            .store
            .finish_check(check, provider, report, changes.as_ref(), &audit);
        saved.await.map_err(|error| overtaken(error, provider))?;
        self.count_ended(CheckState::Done, Some(report.summary()));
        Ok(())
    }
}

/// What was found out is about a provider that is another one by now.
fn overtaken(error: StoreError, provider: &Provider) -> Error {
    match error {
        StoreError::Gone => not_there(provider),
        StoreError::Ended => Error::Conflict(
            "the check was ended while it ran, so that its report was not kept".to_owned(),
        ),
        StoreError::Changed => Error::Conflict(CheckFailure::overtaken(provider).detail),
        error => error.into(),
    }
}

/// A credential that is to be checked, whose identity was just established.
pub(super) struct Subject<'a> {
    pub(super) key: &'a AccessKey,
    pub(super) identity: Identity,
    pub(super) lent: &'a Lent,
}

/// What a check goes with beside the provider itself.
#[derive(Default)]
pub(super) struct Lent {
    pub(super) administrator: Option<AccessKey>,
    pub(super) options: CheckOptions,
}

impl Lent {
    pub(super) fn of(how: CheckHow) -> Result<Self, Error> {
        Ok(Self {
            administrator: how.administrator.map(administrator).transpose()?,
            options: how.options,
        })
    }
}

/// The administrator's keys, checked as those of a provider are.
pub(super) fn administrator(given: NewStaticCredential) -> Result<AccessKey, Error> {
    let NewStaticCredential {
        access_key_id,
        secret_access_key,
        session_token,
    } = given;
    let key = AccessKey::parse(&access_key_id, secret_access_key, session_token);
    key.map(|(key, _)| key)
        .map_err(|faults| Error::Invalid(faults.into_iter().map(of_lender).collect()))
}

/// A fault of the administrator's keys.
pub(super) fn of_lender(fault: FieldError) -> FieldError {
    FieldError::new(&format!("administrator.{}", fault.field), fault.message)
}

/// What a credential is wanted for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) region: &'a Region,
    pub(super) release: &'a str,
    pub(super) features: &'a [String],
}

impl<'a> Wanted<'a> {
    pub(super) fn of(provider: &'a Provider) -> Self {
        Self {
            region: &provider.region,
            release: &provider.release,
            features: &provider.features,
        }
    }

    /// What the release and features need; a release that a newer version of the product
    /// dropped is told as such.
    fn requirements(self) -> Result<Vec<permissions::Requirement>, Error> {
        let release = permissions::release(self.release)
            .map_err(|error| Error::Conflict(error.to_string()))?;
        let selection = release
            .select(self.features)
            .map_err(|error| Error::Conflict(error.to_string()))?;
        Ok(selection.requirements())
    }
}
