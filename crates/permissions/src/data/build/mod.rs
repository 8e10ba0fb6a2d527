//! From the files to a release: every name in them is looked up here, once.

mod checks;
mod statement;
mod template;

use std::collections::BTreeSet;

use super::DataError;
use super::file::{FeatureFile, ReleaseFile, StatementFile, parse};
use super::tables::Tables;
use crate::release::{Feature, Release};
use checks::{all_known, unique};
use statement::Builder;

pub(super) fn release(text: &str, tables: &Tables) -> Result<Release, DataError> {
    let file: ReleaseFile = parse("a release", text)?;
    let place = format!("release `{}`", file.id);
    let features = features(file.features, &place)?;
    unique(
        &place,
        "the statement",
        file.statements.iter().map(|s| &s.id),
    )?;
    let repeated = repeated_actions(&file.statements);
    let known = features.iter().map(|feature| feature.id.as_str()).collect();
    let statements = file.statements.iter().enumerate();
    let statements = statements
        .map(|(index, statement)| {
            let place = format!("statement `{}` of {place}", statement.id);
            Builder {
                place,
                index,
                statement,
                tables,
                known: &known,
                repeated: &repeated,
            }
            .build()
        })
        .collect::<Result<_, _>>()?;
    Ok(Release {
        id: file.id,
        title: file.title,
        consumer: file.consumer,
        source: file.source,
        policy_version: file.version,
        features,
        statements,
    })
}

fn features(files: Vec<FeatureFile>, place: &str) -> Result<Vec<Feature>, DataError> {
    unique(
        place,
        "the feature",
        files.iter().map(|feature| &feature.id),
    )?;
    let known = files.iter().map(|feature| feature.id.as_str()).collect();
    for feature in &files {
        all_known(
            &format!("feature `{}` of {place}", feature.id),
            &feature.requires,
            &known,
        )?;
    }
    let features = files.into_iter().map(|file| Feature {
        id: file.id,
        title: file.title,
        default: file.default,
        requires: file.requires,
    });
    Ok(features.collect())
}

/// The actions that more than one statement grants: their ids need the statement's name.
fn repeated_actions(statements: &[StatementFile]) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    let actions = statements.iter().flat_map(|statement| &statement.actions);
    let actions = actions.map(String::as_str);
    actions.filter(|action| !seen.insert(*action)).collect()
}
