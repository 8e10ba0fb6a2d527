//! Policy documents as an account holds them: text that is known to be an identity-based policy.

use std::collections::BTreeSet;

use commissary_iam::{Policy, Selection, Statement};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::{Code, Fault};

/// The text of a policy, kept as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Document(String);

impl Document {
    /// The text as it was given.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// A document that is part of the program, or was checked otherwise.
    pub(crate) fn trusted(text: &str) -> Document {
        Document(text.to_owned())
    }
}

/// What is in the account's file was checked when it came there; that it is a policy is asked again.
impl TryFrom<String> for Document {
    type Error = String;

    fn try_from(text: String) -> Result<Document, String> {
        Policy::parse(&text).map_err(|error| error.to_string())?;
        Ok(Document(text))
    }
}

impl From<Document> for String {
    fn from(document: Document) -> String {
        document.0
    }
}

/// What IAM asks of an identity-based policy beyond the grammar (IAM User Guide, "IAM JSON policy
/// elements reference"), each with the sentence it refuses with.
type Rule = (fn(&Statement) -> bool, &'static str);

const RULES: [Rule; 3] = [
    (
        |statement| statement.principals().is_none(),
        "Policy document should not specify a principal.",
    ),
    (
        |statement| {
            let resources = statement.resources().into_iter();
            resources.flat_map(Selection::patterns).all(is_resource)
        },
        "Resource must be in ARN format or \"*\".",
    ),
    (
        |statement| {
            let sid = statement.sid().unwrap_or("");
            sid.bytes().all(|byte| byte.is_ascii_alphanumeric())
        },
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular \
         expression [0-9A-Za-z]*",
    ),
];

/// Accepts the text of an identity-based policy.
pub(crate) fn check(text: &str) -> Result<Document, Fault> {
    let policy = Policy::parse(text).map_err(|error| malformed(error.to_string()))?;
    for statement in policy.statements() {
        if let Some((_, sentence)) = RULES.iter().find(|(holds, _)| !holds(statement)) {
            return Err(malformed(*sentence));
        }
    }
    let mut sids = BTreeSet::new();
    let unique = |sid: &str| sid.is_empty() || sids.insert(sid.to_owned());
    if !policy
        .statements()
        .iter()
        .filter_map(Statement::sid)
        .all(unique)
    {
        return Err(malformed(
            "Statement IDs (SID) in a single policy must be unique.",
        ));
    }
    Ok(Document(text.to_owned()))
}

/// One policy with the statements of several, which must be of one version of the language.
pub(crate) fn together(texts: &[&str]) -> Result<Document, Fault> {
    let mut statements: Vec<Value> = Vec::new();
    let mut versions = BTreeSet::new();
    for text in texts {
        check(text)?;
        let mut policy: Value =
            serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        let version = policy.get("Version").and_then(Value::as_str);
        versions.insert(version.unwrap_or("2008-10-17").to_owned());
        match policy.get_mut("Statement").map(Value::take) {
            Some(Value::Array(several)) => statements.extend(several),
            Some(one) => statements.push(one),
            None => {}
        }
    }
    // Names of statements may repeat across policies.
    for statement in &mut statements {
        if let Value::Object(members) = statement {
            members.remove("Sid");
        }
    }
    let (Some(version), None) = (versions.pop_first(), versions.pop_first()) else {
        return Err(malformed(
            "The sandbox takes several session policies only when all have the same Version.",
        ));
    };
    let joined = serde_json::json!({"Version": version, "Statement": statements});
    Ok(Document(joined.to_string()))
}

/// Accepts the text of a trust policy: who may take a role on (IAM User Guide, "Roles terms and
/// concepts").
pub(crate) fn check_trust(text: &str) -> Result<Document, Fault> {
    let policy = Policy::parse(text).map_err(|error| malformed(error.to_string()))?;
    for statement in policy.statements() {
        if statement.principals().is_none() {
            return Err(malformed("Missing required field Principal"));
        }
        if statement.resources().is_some() {
            return Err(malformed("Has prohibited field Resource"));
        }
        let mut actions = statement.actions().patterns();
        if !actions.all(|action| action.to_ascii_lowercase().starts_with("sts:")) {
            return Err(malformed(
                "AssumeRole policy may only specify STS AssumeRole actions.",
            ));
        }
    }
    Ok(Document(text.to_owned()))
}

fn is_resource(pattern: &str) -> bool {
    pattern == "*" || pattern.starts_with("arn:")
}

fn malformed(message: impl Into<String>) -> Fault {
    Fault::new(Code::MalformedPolicyDocument, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(statement: &str) -> Option<String> {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#);
        check(&text).err().map(|fault| fault.message)
    }

    #[test]
    fn accepts_identity_policies() {
        for statement in [
            r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
            r#"{"Sid":"","Effect":"Deny","NotAction":["iam:*"],"NotResource":"arn:aws:s3:::a"}"#,
        ] {
            assert_eq!(refusal(statement), None, "{statement}");
        }
    }

    #[test]
    fn refuses_what_identity_policies_may_not_have() {
        for (statement, word) in [
            (
                r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#,
                "principal",
            ),
            (r#"{"Effect":"Allow","Action":"*"}"#, "Resource"),
            (
                r#"{"Effect":"Allow","Action":"GetUser","Resource":"*"}"#,
                "service:Action",
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"bucket"}"#,
                "ARN format",
            ),
            (
                r#"{"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"}"#,
                "alpha-numeric",
            ),
            (
                r#"[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"}]"#,
                "unique",
            ),
            (
                r#"{"Effect":"Perhaps","Action":"*","Resource":"*"}"#,
                "Perhaps",
            ),
        ] {
            let message = refusal(statement).unwrap();
            assert!(message.contains(word), "{message}");
        }
    }
}
