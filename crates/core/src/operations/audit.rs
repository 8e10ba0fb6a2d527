//! Read the audit log.

use super::Commissary;
use crate::domain::{AuditEvent, Page, PageRequest};
use crate::people::Actor;
use crate::{Action, Error, authorize};

impl Commissary {
    /// Audit entries, the newest first.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_audit_events(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, Error> {
        authorize(actor, Action::ReadAudit, None)?;
        Ok(self.store.audit_events(page).await?)
    }
}
