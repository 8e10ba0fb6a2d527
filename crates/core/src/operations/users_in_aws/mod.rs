//! Make a user in an account, with an administrator's keys that are lent, and take it back.
//!
//! The order lets a kill between any two steps be followed by another run: the user is held, what
//! is about to be done is noted, the key is made, and at once, in one transaction, it is sealed as
//! a provider and the note is done with. A key whose secret was lost is known by the note, and the
//! next run replaces it.

mod fault;
mod input;
mod keeper;
mod make;
mod plan;
mod undo;

use jiff::SignedDuration;

use super::Commissary;
use super::check_provider::of_lender;
use crate::Error;
use crate::domain::{AuditEvent, AuditOutcome, Identity, Interrupted, UserHold, Workspace};
use crate::people::Actor;
use crate::ports::{Lent, StoreError};

pub use input::{NewUser, UserToGo, WishedKey};
pub use make::UserMade;
pub use plan::UserPlanned;
pub use undo::UserGone;

/// How long a run holds a user that it is about; prolonged before the key is made.
const HOLD: SignedDuration = SignedDuration::from_mins(5);

impl Commissary {
    /// Asks the cloud whose keys were lent.
    async fn lender(&self, lent: &Lent) -> Result<Identity, Error> {
        let identity = self.identified(&lent.key, &lent.region).await;
        identity.map_err(|error| match error {
            Error::InvalidCredentials(fault) => Error::InvalidCredentials(of_lender(fault)),
            other => other,
        })
    }

    fn hold_of(&self, account_id: &str, user_name: &str) -> UserHold {
        UserHold {
            account_id: account_id.to_owned(),
            user_name: user_name.to_owned(),
            run: self.new_id(),
            until: self.clock.now() + HOLD,
        }
    }

    /// Takes hold of a user, so that no other run is about it.
    async fn hold(
        &self,
        actor: &Actor,
        workspace: &Workspace,
        action: &str,
        hold: &UserHold,
    ) -> Result<Option<Interrupted>, Error> {
        let audit = self.audit_in(actor, action, workspace.id, target(hold));
        match self.store.hold_user(hold, self.clock.now(), &audit).await {
            Err(StoreError::Held { until }) => Err(Error::Conflict(format!(
                "the user `{}` of account `{}` is being made or taken back just now; try again when that has ended, at the latest at {until:.0}",
                hold.user_name, hold.account_id
            ))),
            other => Ok(other?),
        }
    }
}

/// The audit entry of what was done, or was not.
fn ended<T, E>(audit: AuditEvent, how: &Result<T, E>) -> AuditEvent {
    match how {
        Ok(_) => audit,
        Err(_) => AuditEvent {
            outcome: AuditOutcome::Refused,
            ..audit
        },
    }
}

/// What belongs to a hold that another run took over is that run's business.
fn unless_taken_over(done: Result<(), StoreError>) -> Result<(), StoreError> {
    match done {
        Err(StoreError::Gone) => Ok(()),
        other => other,
    }
}

/// A user as the audit log shows it.
fn target(hold: &UserHold) -> String {
    format!("{}/{}", hold.account_id, hold.user_name)
}
