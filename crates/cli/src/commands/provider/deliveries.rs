//! How the deliveries of a provider are shown.

use serde_json::Value;

use crate::output::{moment, table, text};

/// A table of them, and below it what is wrong and who uses them.
pub(super) fn listed(deliveries: &[Value]) -> String {
    let rows = deliveries.iter().map(row).collect();
    let mut shown = table(
        &["management cluster", "state", "identity", "namespaces"],
        rows,
        "it can be used nowhere yet: the workspace has no namespace in a management cluster",
    );
    for line in deliveries.iter().flat_map(lines) {
        shown.push('\n');
        shown.push_str(&line);
    }
    shown
}

fn row(delivery: &Value) -> Vec<String> {
    let state = match text(delivery, "state") {
        "delivered" => format!("delivered {}", moment(text(delivery, "deliveredAt"))),
        state => state.to_owned(),
    };
    let identity = delivery.get("identityRef");
    vec![
        text(delivery, "managementCluster").to_owned(),
        state,
        identity
            .map_or("", |identity| text(identity, "name"))
            .to_owned(),
        words(delivery, "namespaces").join(", "),
    ]
}

fn lines(delivery: &Value) -> Vec<String> {
    let cluster = text(delivery, "managementCluster");
    let part = |field: &str| delivery.get(field).filter(|part| !part.is_null());
    // JSON is YAML, and what is in quotes is read as text whatever it looks like.
    let reference = part("identityRef").filter(|_| text(delivery, "state") != "removing");
    let said = reference.map(|reference| format!("identityRef: {reference}"));
    let said = said.into_iter().chain(part("failure").map(failure));
    let said = said.chain(part("drift").map(drift));
    let said = said.chain(list(delivery, "usedBy").iter().map(user));
    let said = said.chain(words(delivery, "findings").into_iter().map(str::to_owned));
    said.map(|line| format!("{cluster}: {line}")).collect()
}

fn failure(failure: &Value) -> String {
    let message = text(failure, "message");
    match text(failure, "nextTry") {
        "" => message.to_owned(),
        next => format!("{message} (next try {})", moment(next)),
    }
}

fn drift(drift: &Value) -> String {
    let put_back = match text(drift, "putBackAt") {
        "" => "not put back yet".to_owned(),
        at => format!("put back {}", moment(at)),
    };
    let (at, what) = (moment(text(drift, "at")), words(drift, "what").join(", "));
    format!("somebody else changed it {at}: {what}; {put_back}")
}

fn user(user: &Value) -> String {
    let conditions = list(user, "conditions").iter().map(|condition| {
        let (name, status) = (text(condition, "type"), text(condition, "status"));
        match text(condition, "reason") {
            "" => format!("{name} {status}"),
            reason => format!("{name} {status} ({reason})"),
        }
    });
    let [kind, namespace, name, region, phase] =
        ["kind", "namespace", "name", "region", "phase"].map(|field| text(user, field));
    let known = [region, phase].map(str::to_owned).into_iter();
    let known: Vec<String> = known
        .filter(|part| !part.is_empty())
        .chain(conditions)
        .collect();
    format!("used by {kind} {namespace}/{name} ({})", known.join(", "))
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    let items = value.get(field).and_then(Value::as_array);
    items.map_or(&[], Vec::as_slice)
}

fn words<'a>(value: &'a Value, field: &str) -> Vec<&'a str> {
    list(value, field)
        .iter()
        .filter_map(Value::as_str)
        .collect()
}
