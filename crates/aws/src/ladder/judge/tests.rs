use commissary_core::domain::DenyingLayer;

use super::*;

fn requirement(action: &str) -> Requirement {
    let release = commissary_permissions::release("kommander-2.2").unwrap();
    let all = release.select(&[]).unwrap().requirements();
    all.into_iter()
        .find(|requirement| requirement.action == action)
        .unwrap()
}

fn samples(every: &[&str], alternatives: &[&str]) -> Samples {
    let requests = |resources: &[&str]| {
        let resources = resources.iter();
        resources
            .map(|resource| SampleRequest {
                action: "ec2:RunInstances".into(),
                resource: (*resource).into(),
                context: Vec::new(),
            })
            .collect()
    };
    Samples {
        every: requests(every),
        alternatives: requests(alternatives),
        doubt: Some("sources disagree".into()),
        assumptions: vec!["the name".into()],
    }
}

fn allowed() -> Answer {
    Answer::Allowed {
        by: vec!["statement 1 of `p`".into()],
    }
}

fn denied(final_: bool) -> Answer {
    Answer::Denied {
        by: DeniedBy::withheld(DenyingLayer::Identity),
        final_,
    }
}

fn conditional(key: &str) -> Answer {
    Answer::Conditional {
        keys: vec![key.into()],
    }
}

fn unknown() -> Answer {
    Answer::Unknown {
        why: "silence".into(),
    }
}

/// The resource's first letter is its answer.
fn by_letter(sample: &SampleRequest) -> Answer {
    match sample.resource.chars().next() {
        Some('a') => allowed(),
        Some('d') => denied(false),
        Some('e') => denied(true),
        Some('c') => conditional(&sample.resource),
        _ => unknown(),
    }
}

fn judged(every: &[&str], alternatives: &[&str]) -> Judgement {
    judge(
        &requirement("ec2:RunInstances"),
        &samples(every, alternatives),
        by_letter,
    )
}

fn verdict(judgement: &Judgement) -> Option<&Verdict> {
    match judgement {
        Judgement::Settled { verdict, .. } => Some(verdict),
        Judgement::Left { .. } => None,
    }
}

fn word(judgement: &Judgement) -> &'static str {
    match verdict(judgement) {
        Some(Verdict::Allowed) => "allowed",
        Some(Verdict::Denied { .. }) => "denied",
        Some(Verdict::Conditional { .. }) => "conditional",
        Some(Verdict::Unverifiable { .. }) => "unverifiable",
        None => "left",
    }
}

#[test]
fn all_requests_must_be_allowed() {
    for (every, expected) in [
        (&["a1", "a2"][..], "allowed"),
        (&["a1", "d1"], "denied"),
        (&["d1", "u1", "c1"], "denied"),
        (&["a1", "u1", "c1"], "left"),
        (&["a1", "c1"], "conditional"),
        (&[], "left"),
    ] {
        assert_eq!(word(&judged(every, &[])), expected, "{every:?}");
    }
}

#[test]
fn alternatives_are_known_where_they_agree() {
    for (alternatives, expected) in [
        (&["a1", "a2"][..], "allowed"),
        (&["d1", "e1"], "denied"),
        (&["c1", "c2"], "conditional"),
        (&["a1", "d1"], "unverifiable"),
        (&["a1", "c1"], "unverifiable"),
        (&["c1", "d1"], "unverifiable"),
        (&["a1", "u1"], "left"),
        (&["d1", "u1"], "left"),
    ] {
        assert_eq!(
            word(&judged(&[], alternatives)),
            expected,
            "{alternatives:?}"
        );
    }
}

#[test]
fn doubt_about_alternatives_yields_to_a_denial_only() {
    assert_eq!(word(&judged(&["d1"], &["a1", "d2"])), "denied");
    assert_eq!(word(&judged(&["u1"], &["a1", "d2"])), "left");
    assert_eq!(word(&judged(&["a1"], &["a2", "d2"])), "unverifiable");
    assert_eq!(word(&judged(&["a1"], &["d1", "d2"])), "denied");
    assert_eq!(word(&judged(&["c1"], &["a1"])), "conditional");
    let doubt = judged(&["a1"], &["a2", "d2"]);
    let because = "sources disagree".to_owned();
    assert_eq!(verdict(&doubt), Some(&Verdict::Unverifiable { because }));
}

#[test]
fn every_key_that_something_hangs_on_is_named() {
    let judgement = judged(&["c2", "c1", "a1"], &[]);
    let keys = vec!["c1".to_owned(), "c2".to_owned()];
    assert_eq!(verdict(&judgement), Some(&Verdict::Conditional { keys }));
}

#[test]
fn what_a_resource_policy_decides_is_unverifiable_unless_denied_for_good() {
    let kms = requirement("kms:CreateGrant");
    for (every, expected) in [
        (&["a1"][..], "unverifiable"),
        (&["d1"], "unverifiable"),
        (&["c1"], "unverifiable"),
        (&["e1"], "denied"),
        (&["u1"], "left"),
    ] {
        let judgement = judge(&kms, &samples(every, &[]), by_letter);
        assert_eq!(word(&judgement), expected, "{every:?}");
    }
}

#[test]
fn details_name_the_resources_that_decided_and_what_was_assumed() {
    let detail = |judgement| match judgement {
        Judgement::Settled { detail, .. } => detail,
        Judgement::Left { why } => why,
    };
    let denied = detail(judged(&["a1", "d1", "d2"], &[]));
    assert_eq!(denied, "denied on `d1`, `d2`, taking for granted: the name");
    let allowed = detail(judged(&["a1", "a2", "a3", "a4", "a5"], &[]));
    assert_eq!(
        allowed,
        "allowed on `a1`, `a2`, `a3`, 2 more by statement 1 of `p`"
    );
}
