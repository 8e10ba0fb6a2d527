//! The yardstick: what a decision costs at the least when nothing is right but this policy. It
//! hashes the action, globs the resource, and knows the three condition operators of the seed
//! policy; no case, no `?`, no `Not…`, no wildcard in an action, no variables.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::timing::Contender;
use crate::workload::Workload;

type Lists = HashMap<String, Vec<String>>;

struct Statement {
    denies: bool,
    resources: Vec<String>,
    conditions: Vec<(String, Vec<String>)>,
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t, mut back) = (0, 0, None);
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            back = Some((p + 1, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            (p, t) = (p + 1, t + 1);
        } else if let Some((after, from)) = back {
            back = Some((after, from + 1));
            (p, t) = (after, from + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

fn any(patterns: &[String], text: &str) -> bool {
    patterns
        .iter()
        .any(|pattern| glob(pattern.as_bytes(), text.as_bytes()))
}

fn allows(statements: &[Rc<Statement>], resource: &str, context: &Lists) -> bool {
    let mut allowed = false;
    for statement in statements {
        let holds = |(key, wanted): &(String, Vec<String>)| {
            context
                .get(key)
                .is_some_and(|given| given.iter().any(|value| any(wanted, value)))
        };
        if any(&statement.resources, resource) && statement.conditions.iter().all(holds) {
            if statement.denies {
                return false;
            }
            allowed = true;
        }
    }
    allowed
}

fn list(value: &Value) -> Vec<String> {
    let texts = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    texts
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn statement(value: &Value) -> Statement {
    let operators = value["Condition"].as_object().into_iter().flatten();
    let keys = operators.flat_map(|(_, keys)| keys.as_object().into_iter().flatten());
    Statement {
        denies: value["Effect"] == "Deny",
        resources: list(&value["Resource"]),
        conditions: keys
            .map(|(key, values)| (key.clone(), list(values)))
            .collect(),
    }
}

pub(crate) fn contenders(workload: &Workload) -> Result<Vec<Contender<'_>>> {
    let mut actions: HashMap<String, Vec<Rc<Statement>>> = HashMap::new();
    for value in workload.policy["Statement"]
        .as_array()
        .context("no statements")?
    {
        let statement = Rc::new(statement(value));
        for action in list(&value["Action"]) {
            actions
                .entry(action)
                .or_default()
                .push(Rc::clone(&statement));
        }
    }
    let context = |asked: &crate::workload::Asked| -> Lists {
        let keys = asked.context.iter();
        keys.map(|(key, given)| (key.clone(), given.values().to_vec()))
            .collect()
    };
    let contexts: Vec<Lists> = workload.requests.iter().map(context).collect();
    let ask = move |number: usize| {
        let asked = &workload.requests[number];
        let statements = actions.get(&asked.action);
        statements.is_some_and(|found| allows(found, &asked.resource, &contexts[number]))
    };
    Ok(vec![Contender::new("yardstick", ask)])
}
