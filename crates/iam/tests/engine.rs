//! An engine answers as its policies do, and allocates nothing for a mere outcome.

#![expect(clippy::unwrap_used, reason = "tests")]

#[expect(dead_code, reason = "texts are for other tests")]
mod generate;

use allocation_counter::measure;
use commissary_iam::{
    Engine, Mismatch, NamedPolicy, Outcome, Policy, PolicySet, Relevance, Request, cases::CaseFile,
    decide, decide_open, explain, explain_open,
};
use generate::{any_context, any_policy_set, any_request};
use proptest::prelude::*;

/// Compares every answer, and counts what the outcome allocates.
fn agree(policies: &PolicySet, request: &Request) -> Result<(), TestCaseError> {
    let engine = Engine::new(policies.clone());
    let decision = decide(policies, request);
    prop_assert_eq!(&engine.decide(request), &decision);
    prop_assert_eq!(engine.decide_open(request), decide_open(policies, request));
    for (compiled, mut plain) in [
        (engine.explain(request), explain(policies, request)),
        (
            engine.explain_open(request),
            explain_open(policies, request),
        ),
    ] {
        plain.retain(|one| one.relevance != Relevance::No(Mismatch::Action));
        prop_assert_eq!(compiled, plain);
    }
    let mut outcome = None;
    let allocated = measure(|| outcome = Some(engine.outcome(request)));
    prop_assert_eq!(outcome, Some(decision.outcome));
    prop_assert_eq!(allocated.count_total, 0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn an_engine_answers_as_its_policies_do(
        policies in any_policy_set(), request in any_request(), context in any_context(),
    ) {
        agree(&policies, &Request { context, ..request })?;
    }

    #[test]
    fn an_engine_finds_the_actions_that_the_patterns_match(
        patterns in proptest::collection::vec("(ab?|[abK\u{212a}é]{0,2}[*?]?):[abAB*?é]{1,3}|\\*", 1..6),
        negated in any::<bool>(), action in "(ab?|[abkKé]{1,2}):[abABé]{1,3}|[ab]{0,2}",
    ) {
        let element = if negated { "NotAction" } else { "Action" };
        let document = serde_json::json!({"Statement": patterns.iter().map(|pattern| serde_json::json!({
            "Effect": "Allow", (element): [pattern, "zz:Top"], "Resource": "*",
        })).collect::<Vec<_>>()});
        let Ok(policy) = Policy::parse(&document.to_string()) else {
            return Err(TestCaseError::reject("a pattern without a service"));
        };
        let policies = PolicySet { identity: vec![NamedPolicy::new("p", policy)], ..PolicySet::default() };
        agree(&policies, &Request::new(action, "*"))?;
    }
}

#[test]
fn the_case_files_are_decided_alike() -> Result<(), TestCaseError> {
    let mut decided = 0;
    for text in [
        include_str!("data/cases.json"),
        include_str!("data/more-cases.json"),
    ] {
        for case in CaseFile::parse(text).unwrap().cases {
            if let Ok(test) = &case.test {
                agree(&test.policies, &test.request)?;
                decided += 1;
            }
        }
    }
    assert!(decided > 250, "{decided}");
    Ok(())
}

/// What the principal says of a key is put together without allocation too.
#[test]
fn the_keys_of_sessions_allocate_nothing() {
    let policy = Policy::parse(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*",
            "Resource": "arn:aws:s3:::${aws:userid}*",
            "Condition": {"ArnLikeIfExists": {"aws:PrincipalArn": "arn:*:iam::*:role/${x:Role}"}}}}"#,
    )
    .unwrap();
    let engine = Engine::new(PolicySet {
        identity: vec![NamedPolicy::new("sessions", policy)],
        ..PolicySet::default()
    });
    let session = Request::new("s3:GetObject", "arn:aws:s3:::AROA:anna/x")
        .by("arn:aws:sts::123456789012:assumed-role/Readers/anna")
        .with("aws:userid", "AROA:anna")
        .with("x:Role", "Readers");
    let federated = Request::new("s3:GetObject", "arn:aws:s3:::123456789012:anna/x")
        .by("arn:aws:sts::123456789012:federated-user/anna")
        .with("x:Role", "Readers")
        .with("aws:PrincipalArn", "arn:aws:iam::123456789012:role/Readers");
    let other = session.clone().with("x:Role", "Writers");
    for (request, expected) in [
        (session, Outcome::Allowed),
        (federated, Outcome::Allowed),
        (other, Outcome::ImplicitDeny),
    ] {
        let mut outcome = None;
        let allocated = measure(|| outcome = Some(engine.outcome(&request)));
        assert_eq!(outcome, Some(expected), "{request:?}");
        assert_eq!(allocated.count_total, 0, "{request:?}");
    }
}
