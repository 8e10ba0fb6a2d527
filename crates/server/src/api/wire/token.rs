//! Tokens and sessions in JSON.

use commissary_core::Role;
use commissary_core::people::{ApiToken, Session, SessionId, WorkspaceNames};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// An API token as it is written, without the token itself.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Token")]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenJson {
    id: String,
    name: String,
    owner: Option<String>,
    read_only: bool,
    role: Option<Role>,
    workspaces: Option<Vec<String>>,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    last_used_from: Option<String>,
}

impl TokenJson {
    pub(crate) fn of(token: &ApiToken, names: &WorkspaceNames) -> Self {
        let named = |ids: &std::collections::BTreeSet<_>| {
            let names = ids.iter().filter_map(|id| names.get(id));
            names.map(ToString::to_string).collect()
        };
        Self {
            id: token.id.0.to_string(),
            name: token.name.clone(),
            owner: token.owner.as_ref().map(|(_, name)| name.clone()),
            read_only: token.scope.read_only,
            role: token.scope.most,
            workspaces: token.scope.workspaces.as_ref().map(named),
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.used.as_ref().map(|(at, _)| *at),
            last_used_from: token.used.as_ref().map(|(_, from)| from.clone()),
        }
    }
}

/// A session as it is written, without its token.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Session")]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionJson {
    id: String,
    address: String,
    browser: String,
    current: bool,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
}

impl SessionJson {
    pub(crate) fn of(session: &Session, current: Option<SessionId>) -> Self {
        Self {
            id: session.id.0.to_string(),
            address: session.address.clone(),
            browser: session.browser.clone(),
            current: current == Some(session.id),
            created_at: session.created_at,
            last_seen_at: session.seen_at,
            expires_at: session.expires_at,
        }
    }
}
