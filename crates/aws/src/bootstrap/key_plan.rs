//! Which access keys are made and removed. Pure.

use commissary_core::domain::{
    AccessKeyId, BootstrapState, BootstrapStep, Interrupted, KeyWish, KnownKey, LastUsed,
};
use commissary_core::ports::BootstrapError;
use jiff::{SignedDuration, Timestamp};

use super::keys::MAX_KEYS;
use super::line::{Call, Line};
use super::plan::Planning;

#[cfg(test)]
mod tests;

/// How far a key may be from the moment at which a run was about to make it: the clocks of this
/// machine and of AWS may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// The lines about keys, in the order in which they have to be done.
pub(super) fn lines(planning: &Planning<'_>) -> Result<Vec<Line>, BootstrapError> {
    let request = planning.request;
    let keys = &planning.account.keys;
    let interrupted = request.interrupted.as_ref();
    let orphan = interrupted.and_then(|run| orphan(run, keys, &request.kept));
    let rest: Vec<&KnownKey> = keys
        .iter()
        .filter(|key| orphan.is_none_or(|orphan| orphan.id != key.id))
        .collect();
    let mut lines: Vec<Line> = orphan.iter().map(|key| lost(planning, key)).collect();
    let replaced = request.key.replaces();
    let there = replaced.filter(|id| rest.iter().any(|key| key.id == **id));
    lines.extend(there.map(|id| match &request.key {
        KeyWish::AheadOf(_) => retire(id),
        _ => replace(id),
    }));
    // What an earlier run made and kept is what is asked for, unless it is what has to go.
    let kept = rest.iter().find(|key| {
        let id = key.id.as_str();
        replaced.is_none_or(|gone| gone.as_str() != id) && request.kept.iter().any(|k| k == id)
    });
    if let Some(key) = kept {
        lines.push(kept_already(planning, key));
        return Ok(lines);
    }
    lines.push(match &request.key {
        KeyWish::IfNone if rest.is_empty() => make(planning, ""),
        KeyWish::IfNone => existed(planning, &rest),
        KeyWish::Another if rest.len() >= MAX_KEYS => return Err(limit(planning, &rest)),
        KeyWish::Another if rest.is_empty() => make(planning, ""),
        KeyWish::Another => make(planning, ", beside the one that it has"),
        KeyWish::AheadOf(id) if there.is_none() => {
            return Err(BootstrapError::NoSuchKey {
                user: planning.blueprint.user_name.clone(),
                id: id.to_string(),
                keys: described(planning, &rest),
            });
        }
        KeyWish::AheadOf(id) if rest.len() >= MAX_KEYS => {
            return Err(BootstrapError::KeyLimit {
                user: planning.blueprint.user_name.clone(),
                keys: described(planning, &rest),
                advice: format!(
                    "the new key has to be in place before `{id}` goes: delete the other one first, if nothing uses it any more"
                ),
            });
        }
        KeyWish::AheadOf(id) => make(planning, &format!(", to take the place of `{id}`")),
        KeyWish::InPlaceOf(id) => {
            let begun = interrupted.and_then(|run| run.replaces.as_deref());
            if there.is_none() && begun != Some(id.as_str()) {
                return Err(BootstrapError::NoSuchKey {
                    user: planning.blueprint.user_name.clone(),
                    id: id.to_string(),
                    keys: described(planning, &rest),
                });
            }
            make(planning, &format!(", in place of `{id}`"))
        }
    });
    Ok(lines)
}

/// The key that was made by the run that was interrupted and whose secret nobody has: it was not
/// there before, was made when the run was about to, was never used, and its secret was not kept.
/// Where several keys are like this, somebody else made one, and none is taken for it.
fn orphan<'a>(run: &Interrupted, keys: &'a [KnownKey], kept: &[String]) -> Option<&'a KnownKey> {
    let about = |at: Timestamp| at.duration_since(run.at).abs() <= SKEW;
    let mut lost = keys.iter().filter(|key| {
        is_new(run, key)
            && !kept.iter().any(|id| id == key.id.as_str())
            && key.last_used == LastUsed::Never
            && key.created_at.is_some_and(about)
    });
    match (lost.next(), lost.next()) {
        (Some(key), None) => Some(key),
        _ => None,
    }
}

/// Whether a key was not there when the run was about to make one.
pub(super) fn is_new(run: &Interrupted, key: &KnownKey) -> bool {
    !run.known.iter().any(|known| known == key.id.as_str())
}

fn lost(planning: &Planning<'_>, key: &KnownKey) -> Line {
    Line {
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

fn replace(id: &AccessKeyId) -> Line {
    Line {
        step: BootstrapStep::AccessKey,
        state: BootstrapState::Removed,
        detail: format!("`{id}`: what still uses it stops working at once"),
        undo: Some("it cannot be brought back".to_owned()),
        calls: vec![Call::DeleteKey(id.clone())],
    }
}

/// Who asks deletes it in the end.
fn retire(id: &AccessKeyId) -> Line {
    let detail =
        format!("`{id}` stays until the new one is in its place, and is deleted then, for good");
    Line::still(BootstrapStep::AccessKey, BootstrapState::Existed, detail)
}

fn kept_already(planning: &Planning<'_>, key: &KnownKey) -> Line {
    let detail = format!("`{}` {}", key.id, planning.request.words.kept_key);
    Line::still(BootstrapStep::AccessKey, BootstrapState::Existed, detail)
}

fn make(planning: &Planning<'_>, how: &str) -> Line {
    Line {
        step: BootstrapStep::AccessKey,
        state: BootstrapState::Made,
        detail: format!("for `{}`{how}", planning.blueprint.user_name),
        undo: Some(planning.by_undo()),
        calls: vec![Call::CreateKey],
    }
}

fn existed(planning: &Planning<'_>, keys: &[&KnownKey]) -> Line {
    let words = planning.request.words;
    let more = match idle_longest(keys) {
        Some(idle) if keys.len() >= MAX_KEYS => format!(
            "AWS allows two, and `{idle}` is unused longest: {}",
            words.in_place_of(idle.as_str())
        ),
        _ => format!(
            "{} or {} (AWS allows two)",
            words.in_place_of("ID"),
            words.another_key
        ),
    };
    let detail = format!(
        "no key is made, `{}` has {}; AWS shows a secret only once: if it is lost, make another with {more}",
        planning.blueprint.user_name,
        described(planning, keys)
    );
    Line::still(BootstrapStep::AccessKey, BootstrapState::Existed, detail)
}

fn limit(planning: &Planning<'_>, keys: &[&KnownKey]) -> BootstrapError {
    let words = planning.request.words;
    let advice = match idle_longest(keys) {
        Some(idle) => format!(
            "{idle} is unused longest: do it again with {} if nothing uses that key any more",
            words.in_place_of(idle.as_str())
        ),
        None => format!(
            "do it again with {} for the one that nothing uses any more",
            words.in_place_of("ID")
        ),
    };
    BootstrapError::KeyLimit {
        user: planning.blueprint.user_name.clone(),
        keys: described(planning, keys),
        advice,
    }
}

/// The key that is unused longest; one that was never used has been idle since it was made. Where
/// AWS does not say of every key, it is not known.
fn idle_longest<'a>(keys: &[&'a KnownKey]) -> Option<&'a AccessKeyId> {
    let since = |key: &&'a KnownKey| {
        let since = match key.last_used {
            LastUsed::At(at) => Some(at),
            LastUsed::Never => key.created_at,
            LastUsed::Unknown => None,
        };
        since.map(|at| (at, &key.id))
    };
    let since: Option<Vec<_>> = keys.iter().map(since).collect();
    since?
        .into_iter()
        .min_by_key(|(at, _)| *at)
        .map(|(_, id)| id)
}

fn described(planning: &Planning<'_>, keys: &[&KnownKey]) -> String {
    let keys = keys.iter().map(|key| key.described(planning.request.now));
    match keys.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "none".to_owned(),
        keys => keys,
    }
}
