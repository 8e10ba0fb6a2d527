//! The condition block: `{operator: {key: value or values}}`.

use crate::condition::{Condition, Operator, Test};
use crate::context::Key;
use crate::json::{Fault, Node, quoted};
use crate::policy::Version;

pub(super) fn conditions(node: &Node, version: Version) -> Result<Vec<Condition>, Fault> {
    let mut conditions = Vec::new();
    for (name, keys) in node.object("the `Condition`")? {
        let of_operator = of_operator(name, keys, version).map_err(|fault| fault.under(name))?;
        conditions.extend(of_operator);
    }
    Ok(conditions)
}

fn of_operator(name: &str, keys: &Node, version: Version) -> Result<Vec<Condition>, Fault> {
    let Some(operator) = Operator::parse(name) else {
        return Err(unknown(name));
    };
    keys.object("the keys of a condition operator")?
        .iter()
        .map(|(key, values)| {
            condition(operator, key, values, version).map_err(|fault| fault.under(key))
        })
        .collect()
}

fn condition(
    operator: Operator,
    key: &str,
    values: &Node,
    version: Version,
) -> Result<Condition, Fault> {
    if key.is_empty() {
        return Err(Fault::new("a condition key must not be empty"));
    }
    let values = values.each(value)?;
    Ok(Condition {
        operator,
        key: Key::new(key),
        test: Test::compile(operator.kind(), &values, version == Version::V2012),
        values,
    })
}

/// Booleans and numbers may stand without quotes.
fn value(node: &Node) -> Result<String, Fault> {
    match node {
        Node::Text(text) => Ok(text.clone()),
        Node::Bool(value) => Ok(value.to_string()),
        Node::Number(number) => Ok(number.to_string()),
        other => Err(other.mistyped("a condition value", "a string, a number or a boolean")),
    }
}

fn unknown(name: &str) -> Fault {
    let shown = quoted(name);
    let reason = match Operator::near(name) {
        Some("Null") => "`Null` is written with neither prefix nor suffix".to_owned(),
        Some(known) => format!(
            "case counts, in `{known}` as in `ForAllValues:`, `ForAnyValue:` and `IfExists`"
        ),
        None => "there are those for strings, numbers, dates, booleans, binary values, \
                 addresses and ARNs, and `Null`"
            .to_owned(),
    };
    Fault::new(format!("there is no condition operator {shown}: {reason}"))
}
