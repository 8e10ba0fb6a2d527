//! The inline policy that lets a user find out its own rights.

use serde_json::{Value, json};

use super::Blueprint;

/// The name of the inline policy that lets a user find out its own rights.
pub const SELF_CHECK_POLICY: &str = "commissary-self-check";

impl Blueprint {
    /// The inline policy that lets the user find out its own rights and nothing else.
    #[must_use]
    pub fn self_check_document(user_arn: &str) -> Value {
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Sid": "CommissarySelfCheck",
                "Effect": "Allow",
                "Action": ["iam:GetUser", "iam:SimulatePrincipalPolicy"],
                "Resource": to_the_letter(user_arn),
            }],
        })
    }
}

/// A path may hold what policies read as a wildcard or a variable; each stands for itself inside
/// `${}` (IAM User Guide, "IAM policy elements: Variables and tags", special characters).
fn to_the_letter(arn: &str) -> String {
    let mut text = String::new();
    for c in arn.chars() {
        match c {
            '*' | '?' | '$' => text.extend(['$', '{', c, '}']),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use commissary_iam::{NamedPolicy, Outcome, Policy, PolicySet, Request, decide};

    use super::*;

    fn may_ask(user_arn: &str, about: &str) -> bool {
        let document = Blueprint::self_check_document(user_arn).to_string();
        let policy = NamedPolicy {
            name: SELF_CHECK_POLICY.to_owned(),
            policy: Policy::parse(&document).unwrap(),
        };
        let policies = PolicySet {
            identity: vec![policy],
            ..PolicySet::default()
        };
        let request = Request::new("iam:GetUser", about);
        decide(&policies, &request).outcome == Outcome::Allowed
    }

    #[test]
    fn a_path_that_reads_as_a_pattern_lets_the_user_ask_about_itself_alone() {
        let arn = |path: &str| format!("arn:aws:iam::123456789012:user{path}u");
        for path in ["/", "/a*/", "/a?/", "/${b}/", "/$/"] {
            assert!(may_ask(&arn(path), &arn(path)), "{path}");
            assert!(!may_ask(&arn(path), &arn("/ab/")), "{path}");
        }
    }
}
