//! JSON as people lay out policies: what holds only plain values stands on one line when it fits.

use serde_json::Value;

/// The longest line, in characters.
const WIDTH: usize = 80;

pub(super) fn print(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, 0, false, &mut out);
    out
}

/// Writes a value at an indentation, after `lead` characters on its line; `comma` says that one
/// follows and must fit as well.
fn write(value: &Value, indent: usize, lead: usize, comma: bool, out: &mut String) {
    if let Some(line) = one_line(value)
        && lead + line.chars().count() + usize::from(comma) <= WIDTH
    {
        out.push_str(&line);
        return;
    }
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| (String::new(), item));
            block(['[', ']'], items, indent, out);
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(key, item)| (format!("{}: ", quoted(key)), item));
            block(['{', '}'], members, indent, out);
        }
        plain => out.push_str(&plain.to_string()),
    }
}

fn block<'a>(
    [open, close]: [char; 2],
    items: impl Iterator<Item = (String, &'a Value)>,
    indent: usize,
    out: &mut String,
) {
    let inner = indent + 2;
    let mut items = items.peekable();
    out.push(open);
    while let Some((key, item)) = items.next() {
        let comma = items.peek().is_some();
        out.push('\n');
        out.push_str(&" ".repeat(inner));
        out.push_str(&key);
        write(item, inner, inner + key.chars().count(), comma, out);
        if comma {
            out.push(',');
        }
    }
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push(close);
}

/// The value on one line, if nothing but plain values is in it.
fn one_line(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) if items.iter().all(is_plain) => {
            let items: Vec<String> = items.iter().map(Value::to_string).collect();
            Some(format!("[{}]", items.join(", ")))
        }
        Value::Object(members) if members.values().all(is_plain) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(key, item)| format!("{}: {item}", quoted(key)))
                .collect();
            Some(format!("{{ {} }}", members.join(", ")))
        }
        Value::Array(_) | Value::Object(_) => None,
        plain => Some(plain.to_string()),
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn quoted(key: &str) -> String {
    Value::from(key).to_string()
}
