//! `commissary iam diff`: what one policy allows more or less than another.

use std::path::PathBuf;
use std::process::ExitCode;

use commissary_iam::{Access, Change, Difference, Part, PolicySet, compare};
use serde_json::{Value, json};

use super::input::{CallerArgs, PlaceArgs, policy};
use crate::failure::Failure;
use crate::output::{Format, table};

/// Tell what policy B allows more, or less, than policy A: by meaning, not by text.
///
/// Each line is about all the actions in it on all the resources in it. A pattern that is named
/// after "except" is left out. Nothing is assumed of which actions exist: `ec2:*` is more than all
/// the actions of EC2 written out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary iam diff old.json new.json
  commissary iam diff old.json new.json --partition aws --account 123456789012
  commissary aws policy print --release kommander-2.2 | commissary iam diff current.json -")]
pub(crate) struct DiffArgs {
    /// The policy before.
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The policy after; `-` for standard input.
    #[arg(value_name = "B")]
    after: PathBuf,
    #[command(flatten)]
    caller: CallerArgs,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) fn run(args: &DiffArgs, output: Format) -> Result<ExitCode, Failure> {
    let set = |file| {
        Ok::<_, Failure>(PolicySet {
            identity: vec![policy(file)?],
            ..PolicySet::default()
        })
    };
    let (before, after) = (set(&args.before)?, set(&args.after)?);
    let difference = compare(&before, &after, &args.place.view(&args.caller)?)
        .map_err(|error| Failure::failed(error.to_string()))?;
    let value = json!({ "changes": difference.changes.iter().map(change).collect::<Value>() });
    output.print(&value, |_| for_people(&difference))?;
    Ok(ExitCode::SUCCESS)
}

fn change(change: &Change) -> Value {
    json!({
        "change": change.kind.to_string(),
        "actions": parts(&change.actions),
        "resources": parts(&change.resources),
        "before": access(&change.before),
        "after": access(&change.after),
    })
}

fn parts(parts: &[Part]) -> Value {
    let part = |part: &Part| json!({ "within": part.within, "except": part.except });
    parts.iter().map(part).collect()
}

fn access(access: &Access) -> Value {
    match access {
        Access::Denied => json!({ "access": "denied" }),
        Access::Allowed => json!({ "access": "allowed" }),
        Access::Conditional { when, unless } => {
            json!({ "access": "conditional", "when": when, "unless": unless })
        }
    }
}

fn for_people(difference: &Difference) -> String {
    let rows = difference.changes.iter().flat_map(|change| {
        change.actions.iter().map(|action| {
            let resources: Vec<String> = change.resources.iter().map(ToString::to_string).collect();
            vec![
                change.kind.to_string(),
                action.to_string(),
                resources.join(", "),
                change.before.to_string(),
                change.after.to_string(),
            ]
        })
    });
    table(
        &["change", "action", "resource", "before", "after"],
        rows.collect(),
        "both policies allow the same",
    )
}
