//! From the files to a release: every name in them is looked up here, once.

mod parameters;
mod statement;
mod template;

use std::collections::BTreeSet;

use super::DataError;
use super::chain::Whole;
use super::checks::all_known;
use super::file::{FeatureFile, FixFile, StatementFile};
use super::tables::Tables;
use crate::release::{Feature, Fix, Release, Statement};
use statement::Builder;

pub(super) fn release(whole: Whole, tables: &Tables) -> Result<Release, DataError> {
    let place = format!("release `{}`", whole.id);
    let mended = whole.mended()?;
    let inherited = whole.inherited;
    let features = features(inherited.features, &place)?;
    let known = features.iter().map(|feature| feature.id.as_str()).collect();
    let parameters = parameters::parameters(inherited.parameters, &place, &known)?;
    let placeholders: Vec<&str> = parameters.iter().map(|p| p.placeholder.as_str()).collect();
    let names = Names {
        tables,
        features: &known,
        placeholders: &placeholders,
    };
    let verbatim = statements(&inherited.statements, &place, &names)?;
    let fixed = statements(&mended, &place, &names)?;
    Ok(Release {
        id: whole.id,
        title: whole.title,
        consumer: whole.consumer,
        source: whole.source,
        first_version: whole.versions.first,
        last_version: whole.versions.last,
        policy_version: inherited.version,
        form: whole.form,
        fixes: inherited.fixes.into_iter().map(fix).collect(),
        features,
        parameters,
        verbatim,
        fixed,
    })
}

/// What statements may name.
struct Names<'a> {
    tables: &'a Tables,
    features: &'a BTreeSet<&'a str>,
    /// The release's own, beside those that an account and region fill.
    placeholders: &'a [&'a str],
}

fn statements(
    files: &[StatementFile],
    place: &str,
    names: &Names<'_>,
) -> Result<Vec<Statement>, DataError> {
    let repeated = repeated_actions(files);
    let statements = files.iter().enumerate().map(|(index, statement)| {
        Builder {
            place: format!("statement `{}` of {place}", statement.id),
            index,
            statement,
            names,
            repeated: &repeated,
        }
        .build()
    });
    statements.collect()
}

fn features(files: Vec<FeatureFile>, place: &str) -> Result<Vec<Feature>, DataError> {
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

fn fix(file: FixFile) -> Fix {
    let changes = file.changes.into_iter().map(|(statement, change)| {
        let added = change.insert.into_iter().flat_map(|insert| insert.actions);
        (statement, added.collect())
    });
    Fix {
        id: file.id,
        why: file.why,
        changes: changes.collect(),
    }
}

/// The actions that more than one statement grants: their ids need the statement's name.
fn repeated_actions(statements: &[StatementFile]) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    let actions = statements.iter().flat_map(|statement| &statement.actions);
    let actions = actions.map(String::as_str);
    actions.filter(|action| !seen.insert(*action)).collect()
}
