//! The parameters of a simulation.

use commissary_iam::Context;

use crate::fault::Fault;
use crate::iam::inputs::check_length;
use crate::wire::params::Params;

const TYPES: [&str; 12] = [
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList",
];

/// The actions to simulate: at least one, in full, without wildcards.
pub(super) fn actions(params: &Params) -> Result<Vec<&str>, Fault> {
    let actions = params.list("ActionNames");
    if actions.is_empty() {
        params.required("ActionNames")?;
    }
    for action in &actions {
        check_length("ActionNames", action, 3, 128)?;
        let named = action.split_once(':').is_some_and(|(service, name)| {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            !service.is_empty()
                && !name.is_empty()
                && (service.to_owned() + name).chars().all(plain)
        });
        if !named {
            return Err(Fault::invalid_input(format!(
                "Invalid Action: {action}. Name one action in full, such as iam:GetUser; \
                 wildcards are not supported."
            )));
        }
    }
    Ok(actions)
}

/// The resources to simulate; `*` when none is given.
pub(super) fn resources(params: &Params) -> Result<Vec<&str>, Fault> {
    let resources = params.list("ResourceArns");
    for resource in &resources {
        check_length("ResourceArns", resource, 1, 2048)?;
        let arn = resource.starts_with("arn:") && resource.split(':').count() >= 6;
        if *resource != "*" && !arn {
            return Err(Fault::invalid_input(format!(
                "Invalid Resource Arn: {resource}. Give the ARN of a resource, or *."
            )));
        }
    }
    Ok(if resources.is_empty() {
        vec!["*"]
    } else {
        resources
    })
}

/// Adds the keys of `ContextEntries` to `context`.
pub(super) fn add_entries(context: &mut Context, params: &Params) -> Result<(), Fault> {
    for prefix in params.structures("ContextEntries", "ContextKeyName") {
        let key = params.required(&format!("{prefix}.ContextKeyName"))?;
        check_length("ContextKeyName", key, 5, 256)?;
        let kind = params.get(&format!("{prefix}.ContextKeyType"));
        let kind = kind.unwrap_or("string");
        if !TYPES.contains(&kind) {
            return Err(Fault::invalid_input(format!(
                "Invalid ContextKeyType {kind} of {key}. It is one of: {}.",
                TYPES.join(", ")
            )));
        }
        let values = params.list(&format!("{prefix}.ContextKeyValues"));
        if values.len() > 1 && !kind.ends_with("List") {
            return Err(Fault::invalid_input(format!(
                "The context key {key} has {} values but the type {kind}. Use {kind}List.",
                values.len()
            )));
        }
        context.set(key, values);
    }
    Ok(())
}
