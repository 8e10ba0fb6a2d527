//! The file format; `crates/iam/src/reference/parse.rs` reads it, `crates/iam/data/README.md`
//! describes it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};

use super::read::{Action, ConditionKey, Service, Source};

pub(super) fn render(source: &Source) -> Result<String> {
    let mut lines = vec![
        format!(
            "# Made by `cargo xtask reference` from {}; see README.md",
            source.origin
        ),
        "global".to_owned(),
    ];
    keys(&mut lines, source.global_keys.iter())?;
    for service in &source.services {
        render_service(&mut lines, service).with_context(|| service.prefix.clone())?;
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// What actions refer to by number.
struct Numbers<'a> {
    keys: BTreeMap<&'a str, usize>,
    types: BTreeMap<&'a str, usize>,
    dependents: BTreeMap<&'a str, usize>,
}

fn render_service(lines: &mut Vec<String>, service: &Service) -> Result<()> {
    lines.push(format!("service {} {}", service.prefix, service.title));
    let dependents = service.actions.iter();
    let dependents = dependents.flat_map(|action| &action.dependent_actions);
    let dependents: BTreeSet<&str> = dependents
        .map(|action| sound(action, &[' ']))
        .collect::<Result<_>>()?;
    if !dependents.is_empty() {
        let list: Vec<&str> = dependents.iter().copied().collect();
        lines.push(format!("d {}", list.join(" ")));
    }
    let numbers = Numbers {
        keys: keys(lines, service.keys.iter())?,
        types: numbered(service.types.iter().map(|kind| kind.key.as_str())),
        dependents: numbered(dependents),
    };
    let usual = format!(
        "arn:${{Partition}}:{}:${{Region}}:${{Account}}:",
        service.prefix
    );
    for kind in &service.types {
        // Some types have two forms, as those of API Gateway's REST and HTTP APIs.
        let arns = kind
            .arn
            .split(", ")
            .map(|arn| match arn.strip_prefix(&usual) {
                Some(rest) => format!("~{rest}"),
                None => arn.to_owned(),
            });
        let arns: Vec<String> = arns.collect();
        for arn in &arns {
            sound(arn, &[',', '|'])?;
        }
        let arns = arns.join(",");
        let keys = listed(&numbers.keys, &kind.condition_keys)?;
        let name = sound(&kind.key, &['|'])?;
        lines.push(format!("t {name}|{arns}|{keys}"));
    }
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for action in &service.actions {
        let shape = shape(action, &numbers).with_context(|| action.name.clone())?;
        let name = sound(&action.name, &[' ', '|'])?;
        alike.entry(shape).or_default().push(name);
    }
    for (shape, mut names) in alike {
        names.sort_unstable();
        lines.push(format!("a {shape}|{}", names.join(" ")));
    }
    Ok(())
}

/// Keys by type, one type a line; returns their numbers, counted over the lines.
fn keys<'a>(
    lines: &mut Vec<String>,
    keys: impl Iterator<Item = &'a ConditionKey>,
) -> Result<BTreeMap<&'a str, usize>> {
    let mut by_type: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for key in keys {
        let name = sound(&key.key, &[' '])?;
        by_type.entry(&key.kind).or_default().insert(name);
    }
    for (kind, names) in &by_type {
        let names: Vec<&str> = names.iter().copied().collect();
        lines.push(format!("k {kind} {}", names.join(" ")));
    }
    Ok(numbered(by_type.into_values().flatten()))
}

/// Everything of an action but its name: many actions have the same.
fn shape(action: &Action, numbers: &Numbers<'_>) -> Result<String> {
    let mut resources = Vec::new();
    for resource in &action.resource_types {
        let number = numbers
            .types
            .get(resource.name.as_str())
            .with_context(|| format!("no resource type `{}`", resource.name))?;
        let optional = if resource.required { "" } else { "?" };
        let keys = listed(&numbers.keys, &resource.condition_keys)?;
        let colon = if keys.is_empty() { "" } else { ":" };
        resources.push(format!("{number}{optional}{colon}{keys}"));
    }
    Ok(format!(
        "{}|{}|{}|{}",
        level(&action.access_level)?,
        resources.join(" "),
        listed(&numbers.keys, &action.condition_keys)?,
        listed(&numbers.dependents, &action.dependent_actions)?,
    ))
}

/// The source may name several levels; the first here counts.
fn level(levels: &str) -> Result<&'static str> {
    let ranked = [
        ("Permissions management", "P"),
        ("Tagging", "T"),
        ("Write", "W"),
        ("Read", "R"),
        ("List", "L"),
    ];
    let named = ranked.iter().find(|(name, _)| levels.contains(name));
    let (_, letter) = named.with_context(|| format!("no access level `{levels}`"))?;
    Ok(letter)
}

fn numbered<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let names = names.into_iter().enumerate();
    names.map(|(number, name)| (name, number)).collect()
}

fn listed<'a>(
    numbers: &BTreeMap<&str, usize>,
    names: impl IntoIterator<Item = &'a String>,
) -> Result<String> {
    let mut found = BTreeSet::new();
    for name in names {
        let number = numbers.get(name.as_str());
        found.insert(number.with_context(|| format!("`{name}` is used and not defined"))?);
    }
    let found: Vec<String> = found.into_iter().map(usize::to_string).collect();
    Ok(found.join(","))
}

/// The text, if it can stand between the separators of the format.
fn sound<'a>(text: &'a str, separators: &[char]) -> Result<&'a str> {
    if text.is_empty() || text.contains(separators) || text.contains('\n') {
        bail!("`{text}` would be read wrongly");
    }
    Ok(text)
}
