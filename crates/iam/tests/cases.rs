//! Every case of the checked-in files decides as expected.

#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_iam::cases::CaseFile;

fn run(text: &str, at_least: usize) {
    let file = CaseFile::parse(text).unwrap();
    assert!(file.cases.len() >= at_least, "{} cases", file.cases.len());
    let failed: Vec<String> = file
        .run()
        .into_iter()
        .filter_map(|result| Some(format!("{}: {}", result.name, result.failure?)))
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} failed:\n{}",
        failed.len(),
        file.cases.len(),
        failed.join("\n")
    );
}

#[test]
fn cases_stated_or_implied_by_the_documentation() {
    run(include_str!("data/cases.json"), 62);
}

#[test]
fn cases_for_every_rule_of_the_engine() {
    run(include_str!("data/more-cases.json"), 200);
}

#[test]
fn cases_of_cluster_api_and_eks() {
    run(include_str!("data/further-clusters.json"), 31);
}

#[test]
fn cases_of_the_layers_together() {
    run(include_str!("data/further-layers.json"), 56);
}

#[test]
fn cases_of_dates_addresses_arns_and_sets() {
    run(include_str!("data/further-conditions.json"), 75);
}

#[test]
fn cases_of_patterns_and_variables() {
    run(include_str!("data/further-patterns.json"), 38);
}

#[test]
fn cases_where_two_rules_meet() {
    run(include_str!("data/further-corners.json"), 42);
}
