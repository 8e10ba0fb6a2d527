use commissary_core::domain::Partition;

use super::*;
use crate::document::parse;
use crate::ladder::facts::Known;
use crate::ladder::policies::Unread;
use crate::principal::Principal;

fn identity() -> Identity {
    Identity {
        account_id: "123456789012".into(),
        principal_arn: "arn:aws:iam::123456789012:user/Kommander".into(),
        user_id: "AIDAEXAMPLE".into(),
        partition: Partition::new("aws"),
    }
}

fn statement(effect: &str, action: &str, condition: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "{effect}", "Action": "{action}", "Resource": "*"{condition}}}}}"#
    )
}

fn reading(identity: &[&str], boundary: Option<&str>) -> Reading {
    let mut reading = Reading::default();
    let named = |text: &&str| parse("policy", text).unwrap();
    reading.policies.identity = identity.iter().map(named).collect();
    reading.policies.boundary = boundary.map(|text| parse("boundary", text).unwrap());
    reading
}

fn unread(mut reading: Reading) -> Reading {
    reading.unread.push(Unread {
        part: "the groups of the user".into(),
        why: "AWS denies `iam:ListGroupsForUser`".into(),
        denied: true,
    });
    reading
}

fn answer(reading: &Reading, action: &str, resource: &str) -> Answer {
    let sample = SampleRequest {
        action: action.into(),
        resource: resource.into(),
        context: vec![("aws:RequestedRegion".into(), vec!["us-east-1".into()])],
    };
    let identity = identity();
    let principal = Principal::of(&identity);
    decide(
        reading,
        &identity,
        &Known::of(&identity, &principal, false),
        &sample,
    )
}

const VPC: &str = "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1";

fn vpc(reading: &Reading) -> Answer {
    answer(reading, "ec2:DeleteVpc", VPC)
}

#[test]
fn a_complete_reading_decides() {
    let allow = statement("Allow", "ec2:*", "");
    let other = statement("Allow", "s3:*", "");
    let Answer::Allowed { by } = vpc(&reading(&[&allow], None)) else {
        panic!("not allowed");
    };
    assert_eq!(by, ["statement 1 of `policy` (identity policy)"]);
    let layer = |answer| match answer {
        Answer::Denied { by, final_: false } => by.layer,
        other => panic!("{other:?}"),
    };
    assert_eq!(layer(vpc(&reading(&[&other], None))), "identity policies");
    assert_eq!(layer(vpc(&reading(&[], None))), "identity policies");
    assert_eq!(
        layer(vpc(&reading(&[&allow], Some(&other)))),
        "permissions boundary"
    );
}

#[test]
fn an_incomplete_reading_proves_an_explicit_deny_and_nothing_else() {
    let (allow, deny) = (
        statement("Allow", "ec2:*", ""),
        statement("Deny", "ec2:DeleteVpc", ""),
    );
    for part in [
        reading(&[&allow], None),
        reading(&[], None),
        reading(&[&allow], Some(&deny.replace("Deny", "Allow"))),
    ] {
        assert!(matches!(vpc(&unread(part)), Answer::Unknown { .. }));
    }
    let Answer::Denied { by, final_: true } = vpc(&unread(reading(&[&allow, &deny], None))) else {
        panic!("not denied");
    };
    assert_eq!(by.statements.len(), 1);
    // A deny that only may apply is not certain.
    let maybe = statement(
        "Deny",
        "ec2:*",
        r#", "Condition": {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}"#,
    );
    assert!(matches!(
        vpc(&unread(reading(&[&allow, &maybe], None))),
        Answer::Unknown { .. }
    ));
    let keys = vec!["aws:SourceIp".to_owned()];
    assert_eq!(
        vpc(&reading(&[&allow, &maybe], None)),
        Answer::Conditional { keys }
    );
}

#[test]
fn what_is_certain_of_every_request_is_no_condition() {
    let allow = statement("Allow", "ec2:*", "");
    for condition in [
        r#", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#,
        r#", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}"#,
        r#", "Condition": {"StringNotEquals": {"aws:username": "Kommander"}}"#,
    ] {
        let deny = statement("Deny", "*", condition);
        let answer = vpc(&reading(&[&allow, &deny], None));
        assert!(
            matches!(answer, Answer::Allowed { .. }),
            "{condition}: {answer:?}"
        );
    }
}

#[test]
fn a_deny_without_a_second_factor_hits_every_long_term_key() {
    let allow = statement("Allow", "ec2:*", "");
    let condition = r#", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#;
    let deny = statement("Deny", "*", condition);
    let answer = vpc(&reading(&[&allow, &deny], None));
    assert!(
        matches!(answer, Answer::Denied { final_: true, .. }),
        "{answer:?}"
    );
    let plain = deny.replace("BoolIfExists", "Bool");
    let answer = vpc(&reading(&[&allow, &plain], None));
    assert!(matches!(answer, Answer::Allowed { .. }), "{answer:?}");
}

#[test]
fn tags_of_the_principal_count_once_they_are_read() {
    let condition = r#", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}"#;
    let allow = statement("Allow", "ec2:*", condition);
    let mut reading = reading(&[&allow], None);
    assert!(matches!(vpc(&reading), Answer::Conditional { .. }));
    reading.facts.push(Fact {
        key: "aws:PrincipalTag/team".into(),
        values: vec!["a".into()],
    });
    assert!(matches!(vpc(&reading), Answer::Allowed { .. }));
}

#[test]
fn a_key_policy_that_was_not_read_is_neither_a_grant_nor_a_denial() {
    let allow = statement("Allow", "kms:*", "");
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let answer = answer(&reading(&[&allow], None), "kms:DescribeKey", key);
    assert!(matches!(answer, Answer::Unknown { .. }), "{answer:?}");
}
