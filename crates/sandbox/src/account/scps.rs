//! Service control policies: what the organisation leaves the account (AWS Organizations User
//! Guide, "Service control policies (SCPs)").

use serde::{Deserialize, Serialize};

use super::documents::{self, Document};
use crate::error::SandboxError;

/// The policies by level, root first. No level at all: the account is in no organisation, or
/// manages one. With levels it is a member account, whose root user they hold for too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct ServiceControlPolicies(Vec<Vec<Document>>);

impl ServiceControlPolicies {
    /// Reads the texts of policies.
    pub(crate) fn read(levels: &[Vec<String>]) -> Result<ServiceControlPolicies, SandboxError> {
        let mut read = Vec::new();
        for (level, policies) in levels.iter().enumerate() {
            let mut documents = Vec::new();
            for (place, text) in policies.iter().enumerate() {
                let document =
                    documents::check(text).map_err(|fault| SandboxError::ServiceControlPolicy {
                        level: level + 1,
                        place: place + 1,
                        reason: fault.message,
                    })?;
                documents.push(document);
            }
            read.push(documents);
        }
        Ok(ServiceControlPolicies(read))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The policies of each level.
    pub(crate) fn levels(&self) -> impl Iterator<Item = &[Document]> {
        self.0.iter().map(Vec::as_slice)
    }
}
