//! `docs/reference/openapi.json` is the document; these tests keep the two the same, and the
//! document whole. `BLESS=1 cargo test -p commissary-server openapi` writes it anew.

use std::collections::BTreeSet;

use commissary_core::domain::{ProviderName, Region, WorkspaceName};
use commissary_core::people::User;
use serde_json::Value;

use super::{openapi, openapi_text};
use crate::routes::{Area, routes};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/openapi.json"
);

#[test]
fn the_checked_in_openapi_document_is_up_to_date() {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(FILE, openapi_text()).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == openapi_text(),
        "docs/reference/openapi.json is not what the code says; write it anew with `BLESS=1 cargo test -p commissary-server openapi`"
    );
}

#[test]
fn openapi_has_every_route_of_the_api_and_nothing_else() {
    let document = openapi();
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(|method| (path.clone(), method.to_uppercase()))
        })
        .collect();
    let there: BTreeSet<(String, String)> = routes()
        .iter()
        .filter(|route| route.area == Area::Api)
        .map(|route| (route.path.to_owned(), route.method.to_string()))
        .collect();
    assert_eq!(described, there);
}

#[test]
fn openapi_names_each_operation_once_and_says_something_of_all() {
    let document = openapi();
    let mut ids = BTreeSet::new();
    each(&document, &mut |operation| {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id.to_owned()), "`{id}` twice");
        for parameter in operation["parameters"].as_array().unwrap() {
            let about = parameter["description"].as_str().unwrap();
            assert!(!about.is_empty(), "{id}: {parameter}");
        }
        let answers = operation["responses"].as_object().unwrap();
        let good = answers.keys().filter(|status| status.starts_with('2'));
        assert_ne!(good.count(), 0, "`{id}` has no answer");
    });
    assert!(ids.len() > 40, "{}", ids.len());
}

#[test]
fn what_openapi_refers_to_is_there() {
    let document = openapi();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 100);
    for reference in references {
        let found = document.pointer(reference.trim_start_matches('#'));
        assert!(found.is_some(), "{reference}");
    }
}

fn each(document: &Value, look: &mut impl FnMut(&Value)) {
    for methods in document["paths"].as_object().unwrap().values() {
        methods.as_object().unwrap().values().for_each(&mut *look);
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.push(reference.clone());
            }
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[test]
fn openapi_says_of_names_what_is_checked() {
    let pattern = |schema: Value| jsonschema::validator_for(&schema).unwrap();
    let of =
        |pattern: &str, most: usize| serde_json::json!({"pattern": pattern, "maxLength": most});
    let long = "x".repeat(64);
    let names = [
        "a",
        "a-b",
        "-a",
        "a-",
        "A",
        "a b",
        "a.b",
        "",
        ".",
        "é",
        "a/b",
        "us-east-1",
        "us-east",
        "new\n",
        "a+b@c",
        "+a",
        "us--1",
        "a\u{7f}b",
        "a\u{202e}b",
        "\u{200f}",
        "עדה",
        long.as_str(),
    ];
    let workspace = pattern(of(WorkspaceName::PATTERN, WorkspaceName::MOST));
    let provider = pattern(of(ProviderName::PATTERN, ProviderName::MOST));
    let region = pattern(of(Region::PATTERN, Region::MOST));
    let user = pattern(of(User::PATTERN, User::MOST));
    for name in names {
        // White space around a name does not count, and is not in the pattern.
        let bare = Value::from(name.trim());
        for (what, says, checks) in [
            (
                "workspace",
                workspace.is_valid(&bare),
                WorkspaceName::parse(name).is_ok(),
            ),
            (
                "provider",
                provider.is_valid(&bare),
                ProviderName::parse(name).is_ok(),
            ),
            (
                "region",
                region.is_valid(&bare),
                Region::parse(name).is_ok(),
            ),
            (
                "user",
                user.is_valid(&bare),
                User::parse_name(name).is_ok() || name == ".",
            ),
        ] {
            assert_eq!(says, checks, "{what} `{name}`");
        }
    }
}
