//! What the fuzz targets share: they ask through the public interface only, with policies made
//! around the input.

use commissary_iam::{Engine, NamedPolicy, Outcome, Policy, PolicySet, Request, decide, explain};
use serde_json::{Value, json};

/// The key that made conditions ask about.
pub const KEY: &str = "x:given";

/// The parts of the input, one a line; those that are missing are empty.
pub fn lines<const N: usize>(text: &str) -> [&str; N] {
    let mut parts = text.splitn(N, '\n');
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// The policy as the only one of a user.
pub fn only(policy: Policy) -> PolicySet {
    PolicySet {
        identity: vec![NamedPolicy::new("fuzzed", policy)],
        ..PolicySet::default()
    }
}

/// The answer, once all ways of asking agree on it.
pub fn outcome(policies: &PolicySet, request: &Request) -> Outcome {
    let decision = decide(policies, request);
    let engine = Engine::new(policies.clone());
    assert_eq!(engine.decide(request), decision, "the engine differs");
    assert_eq!(engine.outcome(request), decision.outcome);
    explain(policies, request);
    decision.outcome
}

/// Whether one made `Allow` statement allows the request.
///
/// # Panics
/// When the statement cannot be read, for it is well formed whatever its texts.
pub fn allows(version: &str, statement: &Value, request: &Request) -> bool {
    let document = json!({"Version": version, "Statement": [statement]}).to_string();
    match Policy::parse(&document) {
        Ok(policy) => outcome(&only(policy), request) == Outcome::Allowed,
        Err(error) => panic!("{document}: {error}"),
    }
}

/// Whether a condition of one operator and value holds for the value given.
pub fn holds(operator: &str, wanted: &str, given: &str) -> bool {
    holds_beside(operator, wanted, &request(given))
}

/// The same for a request with further context keys.
pub fn holds_beside(operator: &str, wanted: &str, request: &Request) -> bool {
    let statement = json!({
        "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
        "Condition": {operator: {KEY: wanted}}
    });
    allows("2012-10-17", &statement, request)
}

/// A request with the value.
pub fn request(given: &str) -> Request {
    Request::new("s3:GetObject", "arn:aws:s3:::bucket/key").with(KEY, given)
}
