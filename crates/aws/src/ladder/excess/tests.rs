use commissary_iam::{NamedPolicy, Policy};

use super::*;

const PRINCIPAL: &str = "arn:aws:iam::123456789012:user/Kommander";

fn requirements() -> Vec<Requirement> {
    let release = commissary_permissions::release("kommander-2.2").unwrap();
    release.with_default_features().requirements()
}

fn page() -> String {
    let release = commissary_permissions::release("kommander-2.2").unwrap();
    release.with_default_features().policy().to_compact()
}

fn set(identity: &[&str], boundary: Option<&str>) -> PolicySet {
    let named = |text: &&str| NamedPolicy::new("policy", Policy::parse(text).unwrap());
    PolicySet {
        identity: identity.iter().map(named).collect(),
        boundary: boundary.map(|text| named(&text)),
        ..PolicySet::default()
    }
}

fn excess(policies: PolicySet) -> Excess {
    let question = Weighed {
        policies,
        view: Viewpoint {
            principal: Some(PRINCIPAL.to_owned()),
            ..Viewpoint::default()
        },
        requirements: requirements(),
    };
    question.weigh()
}

fn of(statement: &str) -> Excess {
    let more = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
    excess(set(&[&page(), &more], None))
}

fn risks(excess: &Excess) -> Vec<&str> {
    excess.risks.iter().map(|risk| risk.id.as_str()).collect()
}

const EVERYTHING: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;

#[test]
fn the_pages_policy_is_not_too_much() {
    let excess = excess(set(&[&page()], None));
    assert!(excess.is_nothing(), "{excess:?}");
}

#[test]
fn an_administrator_is_too_much() {
    let excess = excess(set(&[EVERYTHING], None));
    assert_eq!(risks(&excess), ["administrator"]);
    assert_eq!(excess.risks[0].severity, Severity::Critical);
    assert!(excess.actions > 10_000, "{}", excess.actions);
    assert!(excess.wider.iter().any(|action| action == "iam:PassRole"));
    assert!(
        !excess
            .wider
            .iter()
            .any(|action| action == "ec2:RunInstances")
    );
    let iam = &excess.services[0];
    assert_eq!((iam.service.as_str(), iam.title.is_empty()), ("iam", false));
    assert_eq!(iam.examples[0], "iam:AttachUserPolicy");
    let counted = iam.permissions_management + iam.write + iam.tagging + iam.read + iam.list;
    assert_eq!(counted, iam.actions);
    assert!(excess.services.len() == 40 && excess.more_services > 200);
}

#[test]
fn a_boundary_and_a_deny_take_away() {
    let boundary = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["ec2:*", "s3:ListAllMyBuckets"], "Resource": "*"}}"#;
    let bounded = excess(set(&[EVERYTHING], Some(boundary)));
    assert_eq!(risks(&bounded), Vec::<&str>::new());
    let services: Vec<&str> = bounded
        .services
        .iter()
        .map(|one| one.service.as_str())
        .collect();
    assert_eq!(services, ["ec2", "s3"]);
    assert_eq!(bounded.services[1].examples, ["s3:ListAllMyBuckets"]);

    let deny = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotAction": ["s3:GetObject", "ec2:*"], "Resource": "*"}}"#;
    let denied = excess(set(&[EVERYTHING, deny], None));
    let s3 = denied
        .services
        .iter()
        .find(|one| one.service == "s3")
        .unwrap();
    assert_eq!((s3.actions, s3.read), (1, 1));
    assert!(!risks(&denied).contains(&"administrator"));
    assert!(!denied.services.iter().any(|one| one.service == "iam"));
}

#[test]
fn what_leads_to_more_rights_comes_first() {
    let excess = of(r#"[
        {"Effect": "Allow", "Action": ["iam:PassRole", "sts:AssumeRole"], "Resource": "*"},
        {"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "arn:aws:iam::123456789012:user/x"},
        {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"}]"#);
    assert_eq!(
        risks(&excess),
        [
            "takes-identities",
            "passes-any-role",
            "takes-roles",
            "reads-secrets",
            "opens-data"
        ]
    );
    assert_eq!(excess.risks[0].actions, ["iam:CreateAccessKey"]);
    assert!(excess.wider.iter().any(|action| action == "iam:PassRole"));
    assert_eq!(excess.services[0].service, "iam");
}

/// What is allowed on nothing that the action is called on is not allowed.
#[test]
fn a_grant_that_can_never_hold_is_no_excess() {
    for statement in [
        r#"{"Effect": "Allow", "Action": "ec2:DescribeHosts", "Resource": "arn:aws:ec2:us-east-1:123456789012:instance/i-1"}"#,
        r#"{"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "arn:aws:s3:::bucket"}"#,
        r#"{"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "arn:aws:iam::999999999999:user/x"}"#,
        r#"{"Effect": "Allow", "Action": "ec2:NoSuchAction", "Resource": "*"}"#,
    ] {
        let excess = of(statement);
        assert!(excess.is_nothing(), "{statement}: {excess:?}");
    }
}

#[test]
fn what_hangs_on_a_key_is_counted_apart() {
    let excess = of(
        r#"{"Effect": "Allow", "Action": ["iam:CreateAccessKey", "s3:ListAllMyBuckets"], "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}"#,
    );
    assert_eq!((excess.actions, excess.conditional), (0, 2));
    assert_eq!(risks(&excess), Vec::<&str>::new());
}

#[test]
fn tidier_wildcards_of_the_same_actions_are_seen() {
    let excess = of(r#"{"Effect": "Allow", "Action": "ec2:DeleteV*", "Resource": "*"}"#);
    let ec2 = &excess.services[0];
    assert!(
        ec2.examples
            .iter()
            .all(|action| action.starts_with("ec2:DeleteV"))
    );
    assert!(ec2.actions > 3 && ec2.write == ec2.actions, "{ec2:?}");
    assert_eq!(excess.services.len(), 1);
}
