//! Which access keys are made and removed. Pure.

use commissary_core::domain::AccessKeyId;
use jiff::SignedDuration;

use super::keys::{KnownKey, LastUsed, MAX_KEYS};
use super::line::{BootstrapState, BootstrapStep, Call, PlanLine};
use super::plan::{BY_UNDO, Planning};
use super::{BootstrapError, Interrupted, KeyWish};

/// How far a key may be from the moment at which a run was about to make it: the clocks of this
/// machine and of AWS may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// The lines about keys, in the order in which they have to be done.
pub(super) fn lines(planning: &Planning<'_>) -> Result<Vec<PlanLine>, BootstrapError> {
    let keys = &planning.account.keys;
    let interrupted = planning.request.interrupted.as_ref();
    let is_orphan = |key: &&KnownKey| interrupted.is_some_and(|run| run.orphaned(key));
    let (orphans, rest): (Vec<&KnownKey>, Vec<&KnownKey>) = keys.iter().partition(is_orphan);
    let mut lines: Vec<PlanLine> = orphans.iter().map(|key| orphan(planning, key)).collect();
    match &planning.request.key {
        KeyWish::IfNone if rest.is_empty() => lines.push(make(planning, "")),
        KeyWish::IfNone => lines.push(existed(planning, &rest)),
        KeyWish::Another if rest.len() >= MAX_KEYS => return Err(limit(planning, &rest)),
        KeyWish::Another => lines.push(make(planning, ", beside the one that it has")),
        KeyWish::InPlaceOf(id) => {
            if !rest.iter().any(|key| key.id == *id) {
                return Err(BootstrapError::NoSuchKey {
                    user: planning.blueprint.user_name.clone(),
                    id: id.to_string(),
                    keys: described(planning, &rest),
                });
            }
            lines.push(replaced(id));
            lines.push(make(planning, &format!(", in place of `{id}`")));
        }
    }
    Ok(lines)
}

impl Interrupted {
    /// Whether a key was made by the run that was interrupted and nobody has its secret: it was
    /// not there before, was made when the run was about to, was never used, and its secret was
    /// not kept.
    fn orphaned(&self, key: &KnownKey) -> bool {
        let id = key.id.as_str();
        let about = |at: jiff::Timestamp| at.duration_since(self.at).abs() <= SKEW;
        !self.known.iter().chain(&self.kept).any(|known| known == id)
            && key.last_used == LastUsed::Never
            && key.created_at.is_some_and(about)
    }
}

fn orphan(planning: &Planning<'_>, key: &KnownKey) -> PlanLine {
    PlanLine {
        step: BootstrapStep::AccessKey,
        state: BootstrapState::Removed,
        detail: format!(
            "{}: made by a run that was interrupted before its secret arrived, so that nobody can use it",
            key.described(planning.request.now)
        ),
        undo: Some("it cannot be brought back, and nobody has its secret".to_owned()),
        calls: vec![Call::DeleteKey(key.id.clone())],
    }
}

fn replaced(id: &AccessKeyId) -> PlanLine {
    PlanLine {
        step: BootstrapStep::AccessKey,
        state: BootstrapState::Removed,
        detail: format!("`{id}`: what still uses it stops working at once"),
        undo: Some("it cannot be brought back".to_owned()),
        calls: vec![Call::DeleteKey(id.clone())],
    }
}

fn make(planning: &Planning<'_>, how: &str) -> PlanLine {
    PlanLine {
        step: BootstrapStep::AccessKey,
        state: BootstrapState::Made,
        detail: format!("for `{}`{how}", planning.blueprint.user_name),
        undo: Some(BY_UNDO.to_owned()),
        calls: vec![Call::CreateKey],
    }
}

fn existed(planning: &Planning<'_>, keys: &[&KnownKey]) -> PlanLine {
    let detail = format!(
        "no key is made, `{}` has {}; AWS shows a secret only once: if it is lost, make another with `--replace-key ID` or `--new-key` (AWS allows two)",
        planning.blueprint.user_name,
        described(planning, keys)
    );
    PlanLine::still(BootstrapStep::AccessKey, BootstrapState::Existed, detail)
}

fn limit(planning: &Planning<'_>, keys: &[&KnownKey]) -> BootstrapError {
    // A key that was never used has been idle since it was made.
    let idle = keys.iter().min_by_key(|key| match key.last_used {
        LastUsed::At(at) => Some(at),
        LastUsed::Never | LastUsed::Unknown => key.created_at,
    });
    BootstrapError::KeyLimit {
        user: planning.blueprint.user_name.clone(),
        keys: described(planning, keys),
        idle: idle.map(|key| key.id.to_string()).unwrap_or_default(),
    }
}

fn described(planning: &Planning<'_>, keys: &[&KnownKey]) -> String {
    let keys = keys.iter().map(|key| key.described(planning.request.now));
    match keys.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "none".to_owned(),
        keys => keys,
    }
}
