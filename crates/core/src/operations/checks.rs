//! Checks as jobs: start, keep alive, end, look at, cancel.

use jiff::SignedDuration;

use super::Commissary;
use super::check_provider::{CheckHow, Lent};
use super::read_providers::not_there;
use crate::domain::{
    AuditEvent, Check, CheckEvent, CheckFailure, CheckId, CheckState, CheckSummary, Page,
    PageRequest, PermissionReport, Provider, Workspace,
};
use crate::people::{Actor, Origin};
use crate::ports::{Begun, Happening, StoreError};
use crate::{Action, Error};

/// How long a check is taken to be running after its process last said so. A
/// process says so several times within it.
pub const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// The same for a check that is a part of saving: longer than it may take.
const WHOLE_LEASE: SignedDuration = SignedDuration::from_mins(5);

/// A check that was begun and is to be run by whoever holds this.
pub struct BegunCheck {
    pub(super) id: CheckId,
    pub(super) actor: Actor,
    pub(super) workspace: Workspace,
    pub(super) provider: Provider,
    pub(super) lent: Lent,
}

impl BegunCheck {
    /// The check's id.
    pub fn id(&self) -> CheckId {
        self.id
    }
}

/// What the process that runs a check is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Go on.
    GoOn,
    /// Somebody wants it to end.
    Cancel,
    /// It was ended by somebody else.
    Lost,
}

impl Commissary {
    /// Begins a check, the only one of its provider that runs.
    ///
    /// # Errors
    /// [`Error::CheckRunning`] if one runs already; the provider is not there,
    /// the administrator's keys are none, the actor may not.
    pub async fn begin_check(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        how: CheckHow,
    ) -> Result<BegunCheck, Error> {
        let workspace = self
            .workspace_for(actor, Action::CheckProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let lent = Lent::of(how)?;
        let id = self
            .begin(actor, &workspace, &provider, &lent, true)
            .await?;
        Ok(BegunCheck {
            id,
            actor: actor.clone(),
            workspace,
            provider,
            lent,
        })
    }

    pub(super) async fn begin(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        provider: &Provider,
        lent: &Lent,
        cancellable: bool,
    ) -> Result<CheckId, Error> {
        let now = self.clock.now();
        let check = Check {
            id: CheckId(self.new_id()),
            provider_id: provider.id,
            workspace_id: workspace.id,
            target: format!("{}/{}", workspace.name, provider.name),
            state: CheckState::Running,
            options: lent.options.clone(),
            administrator: lent.administrator.is_some(),
            cancellable,
            cancelling: false,
            started_by: actor.name().to_owned(),
            request_id: actor.origin().request_id.clone(),
            started_at: now,
            lease_until: now + if cancellable { LEASE } else { WHOLE_LEASE },
            ended_at: None,
            summary: None,
            changes: None,
            failure: None,
        };
        let audit = self.audit_of(actor, "check.start", &check);
        match self.store.begin_check(&check, &audit).await {
            Ok(Begun::Began) => Ok(check.id),
            Ok(Begun::Running(id)) => Err(Error::CheckRunning {
                id,
                name: provider.name.to_string(),
            }),
            Err(StoreError::Gone) => Err(not_there(provider)),
            Err(error) => Err(error.into()),
        }
    }

    /// Says that a check is still being run.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn beat_check(&self, id: CheckId) -> Result<Beat, Error> {
        let until = self.clock.now() + LEASE;
        Ok(match self.store.renew_check(id, until).await? {
            None => Beat::Lost,
            Some(true) => Beat::Cancel,
            Some(false) => Beat::GoOn,
        })
    }

    /// Keeps what happened during a check; `first` is the number of the first event.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn tell_check(
        &self,
        id: CheckId,
        first: u32,
        events: &[CheckEvent],
    ) -> Result<(), Error> {
        Ok(self.store.append_check_events(id, first, events).await?)
    }

    /// Ends a check that came to no report; nothing happens if it has ended.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn end_check(
        &self,
        begun: &BegunCheck,
        state: CheckState,
        failure: Option<&CheckFailure>,
    ) -> Result<(), Error> {
        self.ended(&begun.actor, begun.id, state, failure).await
    }

    /// Why a check that somebody else ended came to no report, if that was noted.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn failure_of_check(
        &self,
        begun: &BegunCheck,
    ) -> Result<Option<CheckFailure>, Error> {
        let check = self.store.check(begun.id).await?;
        let failure = check.and_then(|check| check.failure);
        if failure.is_some() {
            // Whoever ended it had another thing in mind than to count it.
            self.count_ended(CheckState::Failed, None);
        }
        Ok(failure)
    }

    pub(super) async fn ended(
        &self,
        actor: &Actor,
        id: CheckId,
        state: CheckState,
        failure: Option<&CheckFailure>,
    ) -> Result<(), Error> {
        let Some(check) = self.store.check(id).await? else {
            // It went with its provider.
            return Ok(());
        };
        let action = match state {
            CheckState::Cancelled => "check.cancel",
            CheckState::Interrupted => "check.interrupt",
            _ => "check.fail",
        };
        let audit = self.audit_of(actor, action, &check);
        self.store.end_check(id, state, failure, &audit).await?;
        self.count_ended(state, None);
        Ok(())
    }

    pub(super) fn count_ended(&self, state: CheckState, summary: Option<CheckSummary>) {
        self.meter.count(Happening::CheckEnded { state, summary });
    }

    /// Marks the checks that nobody runs any more, as after a kill, and says how
    /// many there were. Called when the server starts, by nobody but the process
    /// itself.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub async fn interrupt_abandoned_checks(&self) -> Result<usize, Error> {
        let abandoned = self.store.abandoned_checks(self.clock.now()).await?;
        let process = Actor::process("serve", Origin::local());
        for check in &abandoned {
            self.ended(&process, check.id, CheckState::Interrupted, None)
                .await?;
        }
        Ok(abandoned.len())
    }

    /// The checks of a provider, the newest first.
    ///
    /// # Errors
    /// The provider is not there, or the actor may not see it.
    pub async fn list_checks(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        page: &PageRequest,
    ) -> Result<Page<Check>, Error> {
        let provider = self.show_provider(actor, workspace, name).await?;
        let mut page = self.store.checks(provider.id, page).await?;
        let now = self.clock.now();
        page.items = page.items.into_iter().map(|check| check.at(now)).collect();
        Ok(page)
    }

    /// One check of a provider.
    ///
    /// # Errors
    /// It is not there, or the actor may not see it.
    pub async fn show_check(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        id: &str,
    ) -> Result<Check, Error> {
        let provider = self.show_provider(actor, workspace, name).await?;
        self.find_check(&provider, id).await
    }

    /// One check of a provider with its report; none if it has none.
    ///
    /// # Errors
    /// It is not there, or the actor may not see it.
    pub async fn show_check_with_report(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        id: &str,
    ) -> Result<(Check, Option<PermissionReport>), Error> {
        let check = self.show_check(actor, workspace, name, id).await?;
        let report = self.store.check_report(check.id).await?;
        Ok((check, report))
    }

    /// What happened during a check after event `after`, with numbers. Of checks
    /// before the newest nothing is kept.
    ///
    /// # Errors
    /// The check is not there, or the actor may not see it.
    pub async fn check_events(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        id: CheckId,
        after: u32,
    ) -> Result<Vec<(u32, CheckEvent)>, Error> {
        self.show_check(actor, workspace, name, &id.to_string())
            .await?;
        Ok(self.store.check_events(id, after).await?)
    }

    /// Asks a check to end; the process that runs it does so within seconds.
    ///
    /// # Errors
    /// It is not there, it has ended, it cannot be cancelled, the actor may not.
    pub async fn cancel_check(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        id: &str,
    ) -> Result<Check, Error> {
        let workspace = self
            .workspace_for(actor, Action::CheckProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let mut check = self.find_check(&provider, id).await?;
        if check.state != CheckState::Running {
            return Err(Error::Conflict(format!(
                "the check has ended already: it is {}",
                check.state.name()
            )));
        }
        if !check.cancellable {
            return Err(Error::Conflict(
                "this check is a part of saving the provider and ends with it".to_owned(),
            ));
        }
        let audit = self.audit_of(actor, "check.askToCancel", &check);
        self.store.ask_to_cancel(check.id, &audit).await?;
        check.cancelling = true;
        Ok(check)
    }

    /// A text that cannot be an id is simply not there.
    async fn find_check(&self, provider: &Provider, id: &str) -> Result<Check, Error> {
        let missing = || Error::NotFound {
            what: "check",
            name: id.to_owned(),
        };
        let parsed = id.parse().map(CheckId).map_err(|_| missing())?;
        let found = self.store.check(parsed).await?;
        let of_provider = found.filter(|check| check.provider_id == provider.id);
        Ok(of_provider.ok_or_else(missing)?.at(self.clock.now()))
    }

    fn audit_of(&self, actor: &Actor, action: &str, check: &Check) -> AuditEvent {
        self.audit_in(actor, action, check.workspace_id, check.target.clone())
    }
}
