//! Decisions as JSON.

use commissary_iam::{Decision, Example, Layer, OpenDecision, Request, StatementRef};
use serde_json::{Map, Value, json};

/// The stable name of a layer.
pub(super) fn layer(layer: Layer) -> String {
    match layer {
        Layer::Identity => "identity".to_owned(),
        Layer::Group => "group".to_owned(),
        Layer::Boundary => "boundary".to_owned(),
        Layer::Session => "session".to_owned(),
        Layer::Scp { level } => format!("scp:{level}"),
        Layer::Resource => "resource".to_owned(),
    }
}

/// A statement by its place.
pub(super) fn statement(statement: &StatementRef) -> Value {
    json!({
        "layer": layer(statement.layer),
        "policy": statement.policy,
        "index": statement.index,
        "sid": statement.sid,
    })
}

/// A list of statements.
pub(super) fn statements(list: &[StatementRef]) -> Value {
    list.iter().map(statement).collect()
}

/// A decision; the layer is the one that denies.
pub(super) fn decision(decision: &Decision) -> Value {
    json!({
        "decision": decision.outcome.to_string(),
        "layer": decision.layer.map(layer),
        "statements": statements(&decision.statements),
    })
}

/// A decision that may depend on context keys.
pub(super) fn open_decision(open: &OpenDecision) -> Value {
    match open {
        OpenDecision::Decided(decided) => decision(decided),
        OpenDecision::Conditional {
            keys,
            statements: list,
        } => json!({
            "decision": "conditional",
            "keys": keys,
            "statements": statements(list),
        }),
    }
}

/// A request.
pub(super) fn request(request: &Request) -> Value {
    let context: Map<String, Value> = request
        .context
        .iter()
        .map(|(key, values)| (key.to_owned(), json!(values)))
        .collect();
    json!({
        "principal": request.principal,
        "action": request.action,
        "resource": request.resource,
        "context": context,
    })
}

/// A request with its decision.
pub(super) fn example(example: &Example) -> Value {
    let mut value = decision(&example.decision);
    if let Some(members) = value.as_object_mut() {
        members.insert("request".to_owned(), request(&example.request));
    }
    value
}

/// A decision in a line for people.
pub(super) fn sentence(decision: &Decision) -> String {
    let list = |statements: &[StatementRef]| {
        let shown: Vec<String> = statements.iter().map(ToString::to_string).collect();
        shown.join(", ")
    };
    match (decision.layer, decision.statements.as_slice()) {
        (None, statements) => format!("allowed by {}", list(statements)),
        (Some(Layer::Identity), []) => "denied: nothing grants it".to_owned(),
        (Some(layer), _) if decision.outcome == commissary_iam::Outcome::ImplicitDeny => {
            format!("denied: the {layer} does not allow it")
        }
        (Some(_), statements) => format!("denied by {}", list(statements)),
    }
}
