//! What is known about every request of a principal, whatever it asks for.

use commissary_core::domain::Identity;

use crate::principal::Principal;

/// The type of a context key's value, as IAM names it (IAM API Reference, "ContextEntry").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Text,
    TextList,
    Boolean,
}

/// A context key with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

/// Keys that hold several values (Service Authorization Reference and "AWS global condition
/// context keys": "Multivalued").
const LISTS: [&str; 3] = ["kms:ResourceAliases", "aws:TagKeys", "aws:CalledVia"];
/// Keys that are true or false.
const BOOLEANS: [&str; 3] = [
    "aws:SecureTransport",
    "aws:ViaAWSService",
    "aws:PrincipalIsAWSService",
];

/// How IAM wants the values of a key told.
pub(super) fn key_type(key: &str, values: &[String]) -> KeyType {
    if values.len() > 1 || among(&LISTS, key) {
        KeyType::TextList
    } else if among(&BOOLEANS, key) {
        KeyType::Boolean
    } else {
        KeyType::Text
    }
}

/// What is known about every request of a principal.
#[derive(Debug, Clone)]
pub(super) struct Known {
    facts: Vec<Fact>,
    /// Whether the credential is a key without session token.
    long_term: bool,
}

impl Known {
    /// The global context keys whose values are certain: consumers call AWS themselves, over TLS,
    /// as this principal ("AWS global condition context keys").
    pub(super) fn of(identity: &Identity, principal: &Principal, temporary: bool) -> Self {
        let fact = |key: &str, value: &str| Fact {
            key: key.to_owned(),
            values: vec![value.to_owned()],
        };
        let mut facts = vec![
            fact("aws:SecureTransport", "true"),
            fact("aws:ViaAWSService", "false"),
            fact("aws:PrincipalIsAWSService", "false"),
            fact("aws:PrincipalAccount", &identity.account_id),
            fact("aws:userid", &identity.user_id),
        ];
        match principal {
            Principal::User { name } => facts.extend([
                fact("aws:PrincipalType", "User"),
                fact("aws:PrincipalArn", &identity.principal_arn),
                fact("aws:username", name),
            ]),
            Principal::RoleSession { .. } => facts.push(fact("aws:PrincipalType", "AssumedRole")),
            Principal::Root | Principal::Other => {}
        }
        Self {
            facts,
            long_term: !temporary,
        }
    }

    /// The keys with their values.
    pub(super) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Whether a request for `action` certainly comes without `key`, so that the key is absent
    /// rather than unknown.
    pub(super) fn lacks(&self, action: &str, key: &str) -> bool {
        (self.long_term && among(&OF_SESSIONS, key)) || never_sent(action, key)
    }
}

/// Keys that requests with a long-term key do not carry ("AWS global condition context keys":
/// "Availability").
const OF_SESSIONS: [&str; 5] = [
    "aws:MultiFactorAuthPresent",
    "aws:MultiFactorAuthAge",
    "aws:TokenIssueTime",
    "aws:SourceIdentity",
    "aws:FederatedProvider",
];
/// Context keys of one service's requests. A request to another service never carries them
/// (Service Authorization Reference, "Condition keys" of each service).
const OWN_KEYS: [&str; 8] = [
    "autoscaling",
    "ec2",
    "eks",
    "elasticloadbalancing",
    "iam",
    "kms",
    "secretsmanager",
    "ssm",
];
/// Keys of EC2 that come with the credential of a machine, to whatever service it calls (Service
/// Authorization Reference, "Condition keys for Amazon EC2").
const OF_MACHINES: [&str; 2] = ["ec2:SourceInstanceARN", "ec2:RoleDelivery"];

fn never_sent(action: &str, key: &str) -> bool {
    let prefix = |text: &str| {
        text.split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let of = prefix(key);
    of != prefix(action) && OWN_KEYS.contains(&of.as_str()) && !among(&OF_MACHINES, key)
}

fn among(keys: &[&str], key: &str) -> bool {
    keys.iter().any(|known| known.eq_ignore_ascii_case(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_other_services_are_never_sent() {
        assert!(never_sent("ec2:RunInstances", "iam:PassedToService"));
        assert!(never_sent("ec2:RunInstances", "kms:ResourceAliases"));
        assert!(!never_sent("iam:PassRole", "iam:PassedToService"));
        assert!(!never_sent("IAM:PassRole", "iam:PassedToService"));
        assert!(!never_sent("iam:PassRole", "aws:SourceIp"));
        assert!(!never_sent("iam:PassRole", "ec2:SourceInstanceARN"));
        assert!(!never_sent("iam:PassRole", "saml:aud"));
    }

    #[test]
    fn keys_of_sessions_are_unknown_to_sessions_only() {
        let identity = Identity {
            account_id: "123456789012".into(),
            principal_arn: "arn:aws:iam::123456789012:user/Kommander".into(),
            user_id: "AIDAEXAMPLE".into(),
            partition: commissary_core::domain::Partition::new("aws"),
        };
        let known = |temporary| Known::of(&identity, &Principal::of(&identity), temporary);
        let key = "aws:multifactorauthpresent";
        assert!(known(false).lacks("ec2:RunInstances", key));
        assert!(!known(true).lacks("ec2:RunInstances", key));
        assert!(!known(false).lacks("ec2:RunInstances", "aws:SourceIp"));
    }

    #[test]
    fn aliases_are_a_list_even_when_there_is_one() {
        assert_eq!(
            key_type("kms:resourcealiases", &["alias/a".into()]),
            KeyType::TextList
        );
        assert_eq!(
            key_type("aws:RequestedRegion", &["us-east-1".into()]),
            KeyType::Text
        );
        assert_eq!(
            key_type("aws:SecureTransport", &["true".into()]),
            KeyType::Boolean
        );
    }
}
