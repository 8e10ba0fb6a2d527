//! `commissary aws policy releases`: the releases whose permissions are known.

use std::collections::BTreeSet;

use commissary_permissions::{Form, Release, releases};
use serde_json::{Value, json};

use crate::failure::{Failure, NOT_FOUND};
use crate::output::{Format, table};

/// List the releases whose permissions are known, or tell one of them.
///
/// Actions, statements and size are those of the policy that the release itself prints by
/// default.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary aws policy releases
  commissary aws policy releases capa-2.11")]
pub(crate) struct ReleasesArgs {
    /// A release, to tell its features, the names that can be chosen and what it added.
    #[arg(value_name = "ID")]
    release: Option<String>,
}

pub(super) fn run(args: &ReleasesArgs, output: Format) -> Result<(), Failure> {
    match &args.release {
        None => {
            let items: Vec<Value> = releases().iter().map(tell).collect();
            output.print(&json!({ "items": items }), |_| list())
        }
        Some(id) => {
            let release = commissary_permissions::release(id)
                .map_err(|error| Failure::new(NOT_FOUND, error.to_string()))?;
            output.print(&tell(release), |_| one(release))
        }
    }
}

fn tell(release: &'static Release) -> Value {
    let features = release.features().iter().map(|feature| {
        json!({
            "id": feature.id(),
            "title": feature.title(),
            "default": feature.default,
            "requires": feature.requires(),
        })
    });
    let parameters = release.parameters().iter().map(|parameter| {
        json!({
            "id": parameter.id(),
            "title": parameter.title(),
            "feature": parameter.feature(),
            "default": parameter.default(),
        })
    });
    let fixes = release.fixes().iter();
    let fixes = fixes.map(|fix| json!({ "id": fix.id(), "why": fix.why() }));
    let figures = Figures::of(release);
    json!({
        "id": release.id(),
        "title": release.title(),
        "source": release.source(),
        "consumer": release.consumer(),
        "firstVersion": release.first_version(),
        "lastVersion": release.last_version(),
        "actions": figures.actions.len(),
        "statements": figures.statements,
        "size": figures.size,
        "added": figures.added,
        "features": features.collect::<Vec<_>>(),
        "names": parameters.collect::<Vec<_>>(),
        "defects": fixes.collect::<Vec<_>>(),
    })
}

struct Figures {
    actions: BTreeSet<String>,
    statements: usize,
    size: usize,
    /// The actions that the release before it, in the list, does not have.
    added: Vec<String>,
}

impl Figures {
    fn of(release: &'static Release) -> Self {
        let selection = release.with_default_features();
        let policy = selection.policy_in(Form::Verbatim);
        let actions = actions_of(release);
        let known = releases().iter();
        let earlier = known.take_while(|earlier| earlier.id() != release.id());
        let before = earlier.last().map(actions_of);
        let added = before.map_or_else(Vec::new, |before| {
            actions.difference(&before).cloned().collect()
        });
        Self {
            statements: policy.statements(),
            size: policy.size(),
            actions,
            added,
        }
    }
}

fn actions_of(release: &'static Release) -> BTreeSet<String> {
    let requirements = release
        .with_default_features()
        .requirements_in(Form::Verbatim);
    let requirements = requirements.into_iter();
    requirements.map(|requirement| requirement.action).collect()
}

fn versions(release: &Release) -> String {
    let (first, last) = (release.first_version(), release.last_version());
    if first == last {
        first.to_owned()
    } else {
        format!("{first} to {last}")
    }
}

fn list() -> String {
    let rows = releases().iter().map(|release| {
        let figures = Figures::of(release);
        vec![
            release.id().to_owned(),
            versions(release),
            figures.actions.len().to_string(),
            figures.statements.to_string(),
            figures.size.to_string(),
            summary(&figures.added),
        ]
    });
    table(
        &[
            "release",
            "consumer's versions",
            "actions",
            "statements",
            "size",
            "added",
        ],
        rows.collect(),
        "no releases are known",
    )
}

/// How many, and the first of them.
fn summary(added: &[String]) -> String {
    match added {
        [] => "–".to_owned(),
        [one] => format!("1: {one}"),
        [first, ..] => format!("{}: {first}, …", added.len()),
    }
}

fn one(release: &'static Release) -> String {
    let figures = Figures::of(release);
    let features = release.features().iter().map(|feature| {
        let default = if feature.default { "yes" } else { "no" };
        vec![
            feature.id().to_owned(),
            default.to_owned(),
            feature.title().to_owned(),
        ]
    });
    let features = table(
        &["feature", "default", "what it is for"],
        features.collect(),
        "no features",
    );
    let names = release.parameters().iter().map(|parameter| {
        vec![
            parameter.id().to_owned(),
            parameter.feature().to_owned(),
            parameter.default().to_owned(),
            parameter.title().to_owned(),
        ]
    });
    let names = table(
        &["name", "feature", "default", "what it is"],
        names.collect(),
        "no names to choose",
    );
    let added = match figures.added.as_slice() {
        [] => "nothing".to_owned(),
        added => added.join("\n  "),
    };
    let defects = release.fixes().iter();
    let defects: Vec<String> = defects
        .map(|fix| format!("{}: {}", fix.id(), fix.why()))
        .collect();
    format!(
        "{}\n{}\n{} actions in {} statements, {} characters\n\n{features}\n\n{names}\n\nadded\n  \
         {added}\n\ndefects that are mended\n  {}",
        release.title(),
        release.consumer(),
        figures.actions.len(),
        figures.statements,
        figures.size,
        defects.join("\n  ")
    )
}
