//! For each code a policy that has the fault and one that nearly has it.

use std::collections::BTreeSet;

use commissary_iam::lint::{Attachment, Code, Options, lint};
use commissary_iam::reference::Reference;
use serde_json::Value;

const CASES: &str = include_str!("../data/lint/cases.json");

fn options(case: &Value) -> Options {
    let given = &case["options"];
    let attachment = given["attachment"].as_str();
    let expected = given["expected"].as_array().into_iter().flatten();
    Options {
        attachment: attachment.map_or(Attachment::Managed, |name| {
            *Attachment::ALL
                .iter()
                .find(|kind| kind.name() == name)
                .unwrap()
        }),
        portable: given["portable"].as_bool().unwrap_or(false),
        expected: expected
            .map(|text| text.as_str().unwrap().parse().unwrap())
            .collect(),
    }
}

/// Where the code is found, in the order of the document.
fn places(policy: &Value, code: &str, options: &Options) -> Vec<String> {
    let report = lint(&policy.to_string(), Reference::bundled().unwrap(), options).unwrap();
    let of_code = report
        .findings
        .iter()
        .filter(|finding| finding.code.name() == code);
    of_code
        .map(|finding| finding.place.pointer.clone())
        .collect()
}

#[test]
fn each_fault_is_found_where_it_is_and_not_where_it_nearly_is() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let (code, options) = (case["code"].as_str().unwrap(), options(case));
        let at: BTreeSet<&str> = case["at"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let found = places(&case["positive"], code, &options);
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let spared = places(&case["negative"], code, &options);
        if found != at || !spared.is_empty() {
            wrong.push(format!(
                "{code}, {}: found at {found:?}, near miss at {spared:?}",
                case["name"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let covered: BTreeSet<&str> = cases
        .iter()
        .map(|case| case["code"].as_str().unwrap())
        .collect();
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let missing: Vec<_> = all.difference(&covered).collect();
    // Its test, with a document of a megabyte, stands in `shapes`.
    assert_eq!(missing, [&"incomplete"]);
    assert_eq!(all.len(), Code::ALL.len(), "two codes have the same name");
}
