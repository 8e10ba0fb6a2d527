//! From `*` to what is known of the resources.

use std::collections::BTreeSet;

use super::Grant;
use super::narrowing::{Depth, Narrowing};
use crate::data::ownership;
use crate::document::Block;
use crate::release::Statement;
use crate::requirement::{Condition, Requirement};
use crate::selection::Selection;

/// The context key that every request to a regional service carries ("AWS global condition context
/// keys").
const REGION_KEY: &str = "aws:RequestedRegion";

/// An action that is still granted on every resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftWide {
    /// The action.
    pub action: String,
    /// Why, in a clause without capital or stop.
    pub why: &'static str,
}

/// The statements that a statement becomes, and what of it stays wide.
pub(super) fn blocks(
    selection: &Selection<'_>,
    narrowing: &Narrowing,
    grant: &Grant<'_>,
) -> (Vec<Block>, Vec<LeftWide>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut wide = Vec::new();
    for requirement in &grant.requirements {
        let requirement = selection.chosen(requirement);
        let (resources, narrowed) = resources(selection, narrowing, grant.statement, &requirement);
        let (conditions, confined) = conditions(narrowing, &requirement, &resources);
        if !narrowed && narrowing.depth != Depth::Arns {
            let why = if confined {
                "AWS takes no resource for it; it is confined to the region"
            } else {
                "AWS takes no resource for it, and it is of no region"
            };
            let action = requirement.action.clone();
            wide.push(LeftWide { action, why });
        }
        let alike =
            |block: &&mut Block| block.resources == resources && block.conditions == conditions;
        match blocks.iter_mut().find(alike) {
            Some(block) => block.actions.push(requirement.action),
            None => blocks.push(Block {
                actions: vec![requirement.action],
                resources,
                conditions,
            }),
        }
    }
    (blocks, wide)
}

/// The resources of a requirement, and whether they are anything less than all.
fn resources(
    selection: &Selection<'_>,
    narrowing: &Narrowing,
    statement: &Statement,
    requirement: &Requirement,
) -> (Vec<String>, bool) {
    let targets = targets(requirement);
    let everything = statement.resources.iter().any(|resource| resource == "*");
    if !everything {
        let patterns = statement.resources.iter();
        let patterns = patterns.map(|pattern| selection.names.filled(pattern));
        let filled = patterns.map(|pattern| narrowing.fill(&pattern, &targets));
        return (filled.collect(), true);
    }
    let nameless = targets.iter().any(|target| target == "*");
    if nameless || narrowing.depth == Depth::Arns {
        return (vec!["*".to_owned()], false);
    }
    let places: BTreeSet<String> = targets.iter().map(|arn| narrowing.place(arn)).collect();
    (places.into_iter().collect(), true)
}

/// The conditions of a requirement, and whether the region is among them.
fn conditions(
    narrowing: &Narrowing,
    requirement: &Requirement,
    resources: &[String],
) -> (Vec<Condition>, bool) {
    let mut conditions: Vec<Condition> = requirement.condition.iter().cloned().collect();
    if narrowing.depth == Depth::Arns {
        return (conditions, false);
    }
    let regional = requirement.template.context.contains_key(REGION_KEY);
    let region = narrowing.region.as_ref();
    let region = region.filter(|region| regional && !all_in(resources, region));
    let confined = region.is_some();
    conditions.extend(region.map(|region| Condition {
        operator: "StringEquals".to_owned(),
        key: REGION_KEY.to_owned(),
        value: region.clone(),
    }));
    let owned = ownership();
    if narrowing.depth == Depth::Tags && owned.actions.contains(&requirement.action) {
        conditions.push(owned.condition.clone());
    }
    (conditions, confined)
}

/// Whether every ARN is of the region.
fn all_in(resources: &[String], region: &str) -> bool {
    let mut resources = resources.iter();
    resources.all(|arn| arn.split(':').nth(3) == Some(region))
}

fn targets(requirement: &Requirement) -> Vec<String> {
    let template = &requirement.template;
    let targets = template.every.iter().chain(&template.alternatives);
    targets.map(|target| target.arn.clone()).collect()
}

impl Narrowing {
    /// The pattern of every resource of the service in the place where `arn` is. What belongs to
    /// no account, such as public images, is named by its type.
    fn place(&self, arn: &str) -> String {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let &[_, _, service, region, account, resource] = parts.as_slice() else {
            return arn.to_owned();
        };
        let partition = self.partition.as_deref().unwrap_or("*");
        let region = part(region, "${Region}", self.region.as_deref());
        let resource = match account {
            "" => format!("{}/*", resource.split('/').next().unwrap_or(resource)),
            _ => "*".to_owned(),
        };
        let account = part(account, "${Account}", self.account.as_deref());
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    }

    /// The pattern with the place in it, where the resources it speaks of are of that place.
    fn fill(&self, pattern: &str, targets: &[String]) -> String {
        let parts: Vec<&str> = pattern.splitn(6, ':').collect();
        let &[_, partition, service, region, account, resource] = parts.as_slice() else {
            return pattern.to_owned();
        };
        let alike = targets.iter().filter(|arn| same_type(arn, resource));
        let alike: Vec<&String> = alike.collect();
        let all_in = |placeholder: &str| {
            !alike.is_empty() && alike.iter().all(|arn| arn.contains(placeholder))
        };
        let put = |part: &str, value: Option<&str>, known: bool| match value {
            Some(value) if part == "*" && known => value.to_owned(),
            _ => part.to_owned(),
        };
        let partition = put(partition, self.partition.as_deref(), true);
        let region = put(region, self.region.as_deref(), all_in("${Region}"));
        let account = put(account, self.account.as_deref(), all_in("${Account}"));
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

/// A part of an ARN: the known value in place of what fills it, else what is there.
fn part<'a>(part: &'a str, placeholder: &str, value: Option<&'a str>) -> &'a str {
    if part == placeholder {
        value.unwrap_or("*")
    } else {
        part
    }
}

fn same_type(arn: &str, resource: &str) -> bool {
    let of_arn = arn.splitn(6, ':').nth(5);
    let first = |text: &str| text.split(['/', ':']).next().map(str::to_owned);
    of_arn.is_some_and(|of_arn| first(of_arn) == first(resource))
}
