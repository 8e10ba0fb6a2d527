//! What a policy answers to a requirement.

use commissary_iam::{Context, NamedPolicy, Outcome, Policy, PolicySet, Request, decide};
use commissary_permissions::{
    Policies, Release, Requirement, SampleRequest, Scope, Selection, release,
};
use serde_json::{Value, json};

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Met,
    Unmet,
    Doubtful,
}

pub(crate) fn kommander() -> &'static Release {
    release("kommander-2.2").unwrap()
}

pub(crate) fn everything() -> Selection<'static> {
    kommander().select(&[]).unwrap()
}

pub(crate) fn scope(partition: &str, region: &str) -> Scope {
    Scope {
        partition: partition.to_owned(),
        account_id: "123456789012".to_owned(),
        region: region.to_owned(),
    }
}

pub(crate) fn commercial() -> Scope {
    scope("aws", "us-east-1")
}

pub(crate) fn policies(document: &Value) -> PolicySet {
    attached(std::iter::once(document))
}

/// All parts of what was written, attached to one user.
pub(crate) fn parts(written: &Policies<'_>) -> PolicySet {
    attached(written.parts.iter().map(|part| part.policy.as_json()))
}

fn attached<'a>(documents: impl Iterator<Item = &'a Value>) -> PolicySet {
    let policies = documents.map(|document| NamedPolicy {
        name: "kommander-policy".to_owned(),
        policy: Policy::parse(&document.to_string()).unwrap(),
    });
    PolicySet {
        identity: policies.collect(),
        ..PolicySet::default()
    }
}

/// The policy of a KMS key or a role that leaves decisions to IAM ("Key policies in AWS KMS",
/// "How to use trust policies with IAM roles").
fn delegating_policy(action: &str, scope: &Scope) -> NamedPolicy {
    let root = format!("arn:{}:iam::{}:root", scope.partition, scope.account_id);
    let mut statement = json!({"Effect": "Allow", "Principal": {"AWS": root}, "Action": action});
    if action.starts_with("kms:") {
        statement["Resource"] = json!("*");
    }
    let document = json!({"Version": "2012-10-17", "Statement": [statement]});
    NamedPolicy {
        name: "resource policy".to_owned(),
        policy: Policy::parse(&document.to_string()).unwrap(),
    }
}

fn allows(policies: &PolicySet, sample: &SampleRequest, scope: &Scope) -> bool {
    let mut context = Context::new();
    for (key, values) in &sample.context {
        context.set(key, values.clone());
    }
    let request = Request {
        principal: Some(format!(
            "arn:{}:iam::{}:user/Kommander",
            scope.partition, scope.account_id
        )),
        action: sample.action.clone(),
        resource: sample.resource.clone(),
        context,
    };
    decide(policies, &request).outcome == Outcome::Allowed
}

pub(crate) fn answer(policies: &PolicySet, requirement: &Requirement, scope: &Scope) -> Answer {
    answer_with(policies, requirement, scope, &[])
}

/// The same where requests carry more than is known of them in general.
pub(crate) fn answer_with(
    policies: &PolicySet,
    requirement: &Requirement,
    scope: &Scope,
    known: &[(String, Vec<String>)],
) -> Answer {
    let mut samples = requirement.samples(scope);
    for sample in samples.every.iter_mut().chain(&mut samples.alternatives) {
        sample.context.extend(known.iter().cloned());
    }
    assert!(!samples.every.is_empty() || !samples.alternatives.is_empty());
    assert_eq!(samples.alternatives.is_empty(), samples.doubt.is_none());
    let mut policies = policies.clone();
    if requirement.also_decided_by.is_some() {
        policies.resource = Some(delegating_policy(&requirement.action, scope));
    }
    let policies = &policies;
    if !samples.every.iter().all(|s| allows(policies, s, scope)) {
        return Answer::Unmet;
    }
    let alternatives = samples.alternatives.iter();
    let allowed = alternatives.filter(|s| allows(policies, s, scope)).count();
    match allowed {
        all if all == samples.alternatives.len() => Answer::Met,
        0 => Answer::Unmet,
        _ => Answer::Doubtful,
    }
}
