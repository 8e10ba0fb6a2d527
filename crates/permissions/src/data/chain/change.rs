//! Changes to the statements of the release before.

use std::collections::BTreeMap;

use crate::data::DataError;
use crate::data::checks::missing;
use crate::data::file::{ChangeFile, InsertFile, StatementFile};

pub(super) fn apply(
    place: &str,
    changes: &BTreeMap<String, ChangeFile>,
    statements: &mut [StatementFile],
) -> Result<(), DataError> {
    for (id, change) in changes {
        let mut statements = statements.iter_mut();
        let statement = statements
            .find(|statement| statement.id == *id)
            .ok_or_else(|| missing(place, "statement", id))?;
        let place = format!("statement `{id}` of {place}");
        change_one(&place, change, statement)?;
    }
    Ok(())
}

fn change_one(
    place: &str,
    change: &ChangeFile,
    statement: &mut StatementFile,
) -> Result<(), DataError> {
    for action in &change.remove {
        remove(place, statement, action)?;
    }
    for insert in &change.insert {
        insert_into(place, &mut statement.actions, insert)?;
        for (action, features) in insert.actions.iter().zip(insert.features.iter().cycle()) {
            statement
                .features_of
                .insert(action.clone(), features.clone());
        }
    }
    statement.repeat.extend(change.repeat.iter().cloned());
    if let Some(resources) = &change.resources {
        statement.resources.clone_from(resources);
    }
    statement.features_of.extend(change.features_of.clone());
    statement.targets.extend(change.targets.clone());
    Ok(())
}

fn remove(place: &str, statement: &mut StatementFile, action: &str) -> Result<(), DataError> {
    let before = statement.actions.len();
    statement.actions.retain(|listed| listed != action);
    if statement.actions.len() == before {
        return Err(missing(place, "action", action));
    }
    statement.features_of.remove(action);
    statement.targets.remove(action);
    Ok(())
}

/// Puts actions after the one that they follow.
pub(in crate::data) fn insert_into(
    place: &str,
    actions: &mut Vec<String>,
    insert: &InsertFile,
) -> Result<(), DataError> {
    let at = match &insert.after {
        None => 0,
        Some(after) => only_place(place, actions, after)? + 1,
    };
    actions.splice(at..at, insert.actions.iter().cloned());
    Ok(())
}

fn only_place(place: &str, actions: &[String], wanted: &str) -> Result<usize, DataError> {
    let places = actions.iter().enumerate();
    let mut found = places.filter(|(_, action)| *action == wanted);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(at),
        (None, _) => Err(missing(place, "action", wanted)),
        (Some(_), Some(_)) => Err(DataError::Ambiguous {
            place: place.to_owned(),
            name: wanted.to_owned(),
        }),
    }
}
