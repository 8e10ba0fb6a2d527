//! Read the audit log, and see that it is whole.

use super::Commissary;
use crate::domain::{
    AuditEntry, AuditFilter, AuditFilterInput, AuditHead, AuditVerification, Page, PageRequest,
    given,
};
use crate::people::Actor;
use crate::{Action, Error, authorize};

impl Commissary {
    /// The audit entries that meet a filter. One that names a workspace asks for
    /// the right to read that workspace's; one that names none, for the right to
    /// read all.
    ///
    /// # Errors
    /// A part of the filter is at fault, the actor may not, or the store cannot
    /// be read.
    pub async fn list_audit_events(
        &self,
        actor: &Actor,
        filter: &AuditFilterInput,
        page: &PageRequest,
    ) -> Result<Page<AuditEntry>, Error> {
        let workspace_id = match given(filter.workspace.as_deref()) {
            Some(name) => {
                let action = Action::ReadWorkspaceAudit;
                Some(self.workspace_for(actor, action, name).await?.id)
            }
            None => {
                authorize(actor, Action::ReadAudit, None)?;
                None
            }
        };
        let filter = AuditFilter {
            workspace_id,
            ..filter.parse().map_err(Error::Invalid)?
        };
        Ok(self.store.audit_events(&filter, page).await?)
    }

    /// Looks at the whole audit log for anything that was changed, moved, put
    /// in or taken out, and whether it leads to the heads that the caller knows.
    ///
    /// # Errors
    /// The actor may not read all of it, or the store cannot be read. What is
    /// wrong with the log is no error but the answer.
    pub async fn verify_audit(
        &self,
        actor: &Actor,
        known: &[AuditHead],
    ) -> Result<AuditVerification, Error> {
        authorize(actor, Action::ReadAudit, None)?;
        Ok(self.store.verify_audit(known).await?)
    }
}
