//! The third rung tried: the principal's policies are read, and decided here.

mod decide;
mod managed;
mod owner;
mod role;
mod user;

use std::collections::BTreeMap;

use commissary_core::ports::CloudError;
use commissary_iam::{NamedPolicy, PolicySet};
use tokio::time::{Instant, timeout_at};

pub(super) use self::decide::decide;
use super::OUT_OF_TIME;
use super::facts::Fact;
use crate::error::is_silence;
use crate::principal::Principal;
use crate::{AwsSession, document};

/// The policies of a principal, as far as they could be read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) policies: PolicySet,
    /// What was learned about the principal on the way: its tags, a role's ARN.
    pub(super) facts: Vec<Fact>,
    /// The parts that could not be read, each with the reason. As long as there is one, only an
    /// explicit deny is certain.
    pub(super) unread: Vec<Unread>,
    /// Why reading ended early, if it did.
    pub(super) stopped: bool,
}

/// A part of the principal's policies that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    /// For people, for example `the permissions boundary`.
    pub(super) part: String,
    /// Why.
    pub(super) why: String,
    /// Whether AWS denied it.
    pub(super) denied: bool,
}

impl Reading {
    /// How many policies were read.
    pub(super) fn count(&self) -> usize {
        let policies = &self.policies;
        policies.identity.len() + policies.groups.len() + usize::from(policies.boundary.is_some())
    }

    /// What was not read, as a sentence.
    pub(super) fn unread_sentence(&self) -> String {
        let parts: Vec<String> = self
            .unread
            .iter()
            .map(|unread| format!("{} ({})", unread.part, unread.why))
            .collect();
        parts.join(", ")
    }
}

/// Reads the policies of `principal` with the rights of `session`; what is not read at the deadline
/// is left.
///
/// # Errors
/// AWS refuses the credential of `session`.
pub(super) async fn read(
    session: &AwsSession,
    principal: &Principal,
    deadline: Instant,
) -> Result<Reading, CloudError> {
    let mut reader = Reader {
        session,
        reading: Reading::default(),
        managed: BTreeMap::new(),
    };
    match timeout_at(deadline, reader.all(principal)).await {
        Ok(read) => read?,
        Err(_) => {
            reader.reading.stopped = true;
            reader.note("the rest", OUT_OF_TIME.to_owned(), false);
        }
    }
    Ok(reader.reading)
}

/// Collects the policies of one principal.
struct Reader<'a> {
    session: &'a AwsSession,
    reading: Reading,
    /// Managed policies by ARN: groups share them.
    managed: BTreeMap<String, NamedPolicy>,
}

impl Reader<'_> {
    async fn all(&mut self, principal: &Principal) -> Result<(), CloudError> {
        match principal {
            Principal::User { name } => self.user(name).await,
            Principal::RoleSession { role } => self.role(role).await,
            Principal::Root | Principal::Other => {
                let why = "AWS does not tell them".to_owned();
                self.note("the policies of this principal", why, false);
                Ok(())
            }
        }
    }

    /// Takes a part, or notes that it could not be read.
    fn part<T>(
        &mut self,
        part: impl Into<String>,
        answer: Result<T, CloudError>,
    ) -> Result<Option<T>, CloudError> {
        let error = match answer {
            Ok(answer) => return Ok(Some(answer)),
            Err(error) if error.credential_field().is_some() => return Err(error),
            Err(error) => error,
        };
        let (denied, why) = match &error {
            CloudError::Denied { action, .. } => (true, format!("AWS denies `{action}`")),
            other => (false, other.to_string()),
        };
        // What keeps one call from being answered keeps the next; each would be waited for.
        self.reading.stopped |= is_silence(&error);
        self.note(part, why, denied);
        Ok(None)
    }

    fn note(&mut self, part: impl Into<String>, why: String, denied: bool) {
        self.reading.unread.push(Unread {
            part: part.into(),
            why,
            denied,
        });
    }

    /// Parses a policy, or notes that it could not be read.
    fn parsed(&mut self, part: &str, name: String, text: &str) -> Option<NamedPolicy> {
        match document::parse(name, text) {
            Ok(policy) => Some(policy),
            Err(why) => {
                self.note(part, why, false);
                None
            }
        }
    }

    /// Notes a part that is not asked for, because nothing answers any more.
    fn skipped(&mut self, part: impl Into<String>) -> bool {
        if self.reading.stopped {
            self.note(part, "AWS was not asked any more".to_owned(), false);
        }
        self.reading.stopped
    }
}
