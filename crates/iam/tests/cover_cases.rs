//! Every case of the checked-in file is answered as expected.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use commissary_iam::{Cover, NamedPolicy, Place, Policy, PolicySet, Question, cover};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct File {
    policies: BTreeMap<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    policy: String,
    action: String,
    resource: String,
    condition: Option<Value>,
    principal: Option<String>,
    partition: Option<String>,
    account: Option<String>,
    region: Option<String>,
    answer: String,
}

impl Case {
    fn question(&self) -> Question {
        let mut question = Question::new(&self.action, &self.resource).within(Place {
            partition: self.partition.clone(),
            account: self.account.clone(),
            region: self.region.clone(),
        });
        question.view.principal.clone_from(&self.principal);
        match &self.condition {
            Some(condition) => question.when(&condition.to_string()).unwrap(),
            None => question,
        }
    }

    fn failure(&self, statements: &Value) -> Option<String> {
        let document = json!({"Version": "2012-10-17", "Statement": statements});
        let policy = Policy::parse(&document.to_string()).unwrap();
        let policies = PolicySet {
            identity: vec![NamedPolicy::new(&self.policy, policy)],
            ..PolicySet::default()
        };
        let answer = cover(&policies, &self.question());
        let is_expected = match &answer {
            Ok(Cover::All { .. }) => self.answer == "all",
            Ok(Cover::Some { .. }) => self.answer == "some",
            Ok(Cover::None { .. }) => self.answer == "none",
            Ok(Cover::Conditional { .. }) => self.answer == "conditional",
            Ok(Cover::Unknown(_)) => self.answer == "unknown",
            Err(error) => error.to_string().contains(&self.answer),
        };
        let expected = &self.answer;
        (!is_expected).then(|| format!("{}: expected {expected}, got {answer:?}", self.name))
    }
}

#[test]
fn questions_are_answered() {
    let file: File = serde_json::from_str(include_str!("data/cover-cases.json")).unwrap();
    assert!(file.cases.len() >= 50, "{}", file.cases.len());
    let cases = file.cases.iter();
    let failed: Vec<String> = cases
        .filter_map(|case| case.failure(file.policies.get(&case.policy).unwrap()))
        .collect();
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}
