//! Temporary credentials (IAM User Guide, "Temporary security credentials in IAM").

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Account;
use super::documents::Document;
use super::keys::{SecretKey, SessionToken, TokenDigest};
use super::principal::Principal;
use super::tags::Tags;
use crate::random::Random;

/// How long credentials are remembered after they have expired, so that whoever still uses them is
/// told so.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// A key that is valid for a time and needs its token.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Session {
    pub(crate) key_id: String,
    pub(crate) secret: SecretKey,
    pub(crate) token: TokenDigest,
    pub(crate) holder: Principal,
    pub(crate) expires_at: Timestamp,
}

/// Somebody who has taken a role on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleSession {
    /// The role's name.
    pub(crate) role: String,
    /// The role's id: a role that is made anew under the same name is another one.
    pub(crate) role_id: String,
    /// The session's name.
    pub(crate) name: String,
    /// What the session was limited to.
    pub(crate) policy: Option<Document>,
    /// What it was tagged with.
    pub(crate) tags: Tags,
}

/// New credentials, with the token that is shown once.
pub(crate) struct NewSession {
    pub(crate) session: Session,
    pub(crate) token: SessionToken,
}

impl Account {
    /// Hands out credentials for `holder`.
    pub(crate) fn open_session(
        &mut self,
        holder: Principal,
        seconds: u32,
        random: &Random,
        now: Timestamp,
    ) -> NewSession {
        let token = SessionToken::generate(random);
        let lasting = SignedDuration::from_secs(i64::from(seconds));
        let session = Session {
            key_id: random.id("ASIA", 16),
            secret: SecretKey::generate(random),
            token: token.digest(),
            holder,
            expires_at: now.saturating_add(lasting).unwrap_or(now),
        };
        self.sessions
            .retain(|known| now.duration_since(known.expires_at) < REMEMBERED);
        self.sessions.push(session.clone());
        NewSession { session, token }
    }

    /// The credentials of that key id, if whoever holds them is still there.
    pub(crate) fn session(&self, key_id: &str) -> Option<&Session> {
        let mut sessions = self.sessions.iter();
        let session = sessions.find(|session| session.key_id == key_id)?;
        let there = match &session.holder {
            Principal::Root => true,
            Principal::User(name) => self.users.get(name).is_some(),
            Principal::Role(taken) => {
                let role = self.roles.get(&taken.role);
                role.is_some_and(|role| role.id == taken.role_id)
            }
        };
        there.then_some(session)
    }
}
