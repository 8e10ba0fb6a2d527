//! `commissary aws policy explain`: who needs an action, since when, and for what.

use commissary_permissions::{Use, uses_of};
use serde_json::{Value, json};

use crate::failure::{Failure, NOT_FOUND};
use crate::output::Format;

/// Tell who needs an action, since when, for what, and what fails without it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary aws policy explain ec2:DescribeVpcEndpoints
  commissary aws policy explain iam:PassRole --output json")]
pub(crate) struct ExplainArgs {
    /// The action, such as ec2:RunInstances.
    #[arg(value_name = "ACTION")]
    action: String,
}

pub(super) fn run(args: &ExplainArgs, output: Format) -> Result<(), Failure> {
    let uses = uses_of(&args.action);
    let Some(first) = uses.first() else {
        return Err(Failure::new(
            NOT_FOUND,
            format!("no known release needs `{}`", args.action),
        )
        .with_hint("an action is written as its service and its name: ec2:RunInstances"));
    };
    let told = Told {
        action: first.requirement.action.clone(),
        purposes: purposes(&uses),
    };
    output.print(&told.json(), |_| told.text())
}

struct Told<'a> {
    action: String,
    purposes: Vec<Vec<&'a Use>>,
}

/// The uses for one purpose each, in order of the releases. An action has several where several
/// statements grant it.
fn purposes(uses: &[Use]) -> Vec<Vec<&Use>> {
    let mut purposes: Vec<Vec<&Use>> = Vec::new();
    for each in uses {
        let same = |purpose: &&mut Vec<&Use>| {
            let mut known = purpose.iter();
            known.any(|known| known.requirement.reason == each.requirement.reason)
        };
        match purposes.iter_mut().find(same) {
            Some(purpose) => purpose.push(each),
            None => purposes.push(vec![each]),
        }
    }
    purposes
}

impl Told<'_> {
    fn json(&self) -> Value {
        let purposes = self.purposes.iter().filter_map(|uses| {
            let reason = &uses.first()?.requirement.reason;
            let releases = uses.iter().map(|each| {
                let requirement = &each.requirement;
                json!({
                    "release": each.release.id(),
                    "id": requirement.id,
                    "features": requirement.features,
                    "resource": requirement.resource,
                    "condition": requirement.condition,
                    "kind": requirement.kind.id(),
                })
            });
            Some(json!({
                "for": reason.purpose,
                "without": reason.without,
                "at": reason.at.id(),
                "since": since(uses),
                "releases": releases.collect::<Vec<_>>(),
            }))
        });
        json!({ "action": self.action, "purposes": purposes.collect::<Vec<_>>() })
    }

    fn text(&self) -> String {
        let purposes = self.purposes.iter().filter_map(|uses| {
            let latest = &uses.last()?.requirement;
            let reason = &latest.reason;
            let lines = [
                format!("{}: {}", self.action, reason.purpose),
                format!(
                    "  without it   {} (felt at: {})",
                    reason.without,
                    reason.at.id()
                ),
                format!("  since        {}", since(uses)),
                format!("  features     {}", latest.features.join(", ")),
                format!("  on           {}", latest.resource),
                format!("  serves       {}", latest.kind.title()),
                format!("  releases     {}", releases(uses)),
            ];
            let condition = latest.condition.as_ref().map(|condition| {
                let (key, value) = (&condition.key, &condition.value);
                format!("  only where   {key} is {value}")
            });
            let lines: Vec<String> = lines.into_iter().chain(condition).collect();
            Some(lines.join("\n"))
        });
        purposes.collect::<Vec<_>>().join("\n\n")
    }
}

/// The consumer's first version that needs it, as far back as releases are known.
fn since(uses: &[&Use]) -> String {
    let first = uses.first();
    first.map_or_else(String::new, |first| {
        first.release.first_version().to_owned()
    })
}

fn releases(uses: &[&Use]) -> String {
    let mut ids: Vec<&str> = uses.iter().map(|each| each.release.id()).collect();
    ids.dedup();
    ids.join(", ")
}
