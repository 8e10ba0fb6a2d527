//! `commissary aws policy diff`: what an upgrade needs.

use commissary_permissions::{Addition, Selection, Upgrade, When, release};
use serde_json::{Value, json};

use crate::commands::aws::needs::feature_ids;
use crate::failure::{Failure, NOT_FOUND};
use crate::output::{Format, table};

/// Tell what an upgrade from one release to another needs, and what fails without it.
///
/// Compared are the policies that `print` prints for the two releases.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary aws policy diff kommander-2.2 capa-2.11
  commissary aws policy diff capa-2.2.2 capa-2.11 --feature ec2,machine-pools")]
pub(crate) struct DiffArgs {
    /// The release whose policy the credential has.
    #[arg(value_name = "FROM")]
    from: String,
    /// The release that is to use it.
    #[arg(value_name = "TO")]
    to: String,
    /// A feature that clusters need, more than once if need be [default: all that the releases
    /// print]; one that the first release does not have counts for the second only.
    #[arg(long = "feature", value_name = "ID", value_delimiter = ',')]
    features: Vec<String>,
}

pub(super) fn run(args: &DiffArgs, output: Format) -> Result<(), Failure> {
    let to = release(&args.to).map_err(|error| Failure::new(NOT_FOUND, error.to_string()))?;
    let from = release(&args.from).map_err(|error| Failure::new(NOT_FOUND, error.to_string()))?;
    let to = to
        .select(&args.features)
        .map_err(|error| Failure::usage(error.to_string()))?;
    let features = if args.features.is_empty() {
        Vec::new()
    } else {
        feature_ids(&to)
    };
    let has = |id: &&String| from.features().iter().any(|feature| feature.id() == **id);
    let known: Vec<String> = features.iter().filter(has).cloned().collect();
    let from = from
        .select(&known)
        .map_err(|error| Failure::usage(error.to_string()))?;
    let upgrade = from.upgrade_to(&to);
    output.print(&tell(&from, &to, &upgrade), |_| {
        for_people(&from, &to, &upgrade)
    })
}

fn tell(from: &Selection<'_>, to: &Selection<'_>, upgrade: &Upgrade) -> Value {
    let added = upgrade.added.iter().map(|added| {
        let requirement = &added.requirement;
        json!({
            "id": requirement.id,
            "action": requirement.action,
            "resource": requirement.resource,
            "condition": requirement.condition,
            "kind": requirement.kind.id(),
            "feature": added.feature,
            "features": requirement.features,
            "grantedElsewhere": added.granted_elsewhere,
            "for": requirement.reason.purpose,
            "without": requirement.reason.without,
            "at": requirement.reason.at.id(),
        })
    });
    json!({
        "from": { "release": from.release().id(), "size": from.policy().size() },
        "to": { "release": to.release().id(), "size": to.policy().size() },
        "added": added.collect::<Vec<_>>(),
        "dropped": upgrade.dropped,
    })
}

fn for_people(from: &Selection<'_>, to: &Selection<'_>, upgrade: &Upgrade) -> String {
    let (old, new) = (from.release().id(), to.release().id());
    if upgrade.added.is_empty() {
        return format!(
            "{new} needs nothing that {old} does not grant{}",
            dropped(upgrade)
        );
    }
    let (idle, felt): (Vec<&Addition>, Vec<&Addition>) =
        upgrade.added.iter().partition(|added| is_idle(added));
    let mut text = Vec::new();
    for feature in to.features() {
        let added = felt.iter().filter(|a| a.feature == feature.id());
        let rows: Vec<Vec<String>> = added.map(|added| row(added)).collect();
        if !rows.is_empty() {
            let header = ["action", "felt at", "without it"];
            let rows = table(&header, rows, "");
            text.push(format!("{}: {}\n{rows}", feature.id(), feature.title()));
        }
    }
    if !idle.is_empty() {
        let actions: Vec<&str> = idle.iter().map(|a| a.requirement.action.as_str()).collect();
        let actions = actions.join(", ");
        text.push(format!("granted, though no controller calls it: {actions}"));
    }
    format!(
        "{new} needs {} that {old} does not grant\n\n{}{}",
        count(felt.len()),
        text.join("\n\n"),
        dropped(upgrade)
    )
}

/// Whether the release's policy grants it, and nothing calls it.
fn is_idle(added: &Addition) -> bool {
    added.requirement.reason.at == When::Never
}

fn count(requirements: usize) -> String {
    match requirements {
        0 => "no permission".to_owned(),
        1 => "1 permission".to_owned(),
        more => format!("{more} permissions"),
    }
}

fn row(added: &Addition) -> Vec<String> {
    let requirement = &added.requirement;
    let mark = if added.granted_elsewhere {
        format!("{} (on more resources)", requirement.action)
    } else {
        requirement.action.clone()
    };
    vec![
        mark,
        requirement.reason.at.id().to_owned(),
        requirement.reason.without.clone(),
    ]
}

fn dropped(upgrade: &Upgrade) -> String {
    if upgrade.dropped.is_empty() {
        return String::new();
    }
    format!("\n\nno longer needed: {}", upgrade.dropped.join(", "))
}
