//! Decisions when context keys are unknown.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use commissary_iam::{
    Decision, Layer, NamedPolicy, OpenDecision, Outcome, Policy, PolicySet, Relevance, Request,
    decide, decide_open, explain, explain_open, requires_resource_policy,
};

const REGION: &str = r#"{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#;
const USER: &str = "arn:aws:iam::123456789012:user/anna";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/Prov/s1";

fn named(name: &str, statements: &[String]) -> NamedPolicy {
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        statements.join(",")
    );
    NamedPolicy::new(name, Policy::parse(&text).unwrap())
}

fn statement(effect: &str, resource: &str, condition: &str) -> String {
    format!(
        r#"{{"Effect": "{effect}", "Action": "s3:*", "Resource": "{resource}", "Condition": {condition}}}"#
    )
}

fn identity(statements: &[String]) -> PolicySet {
    PolicySet {
        identity: vec![named("mine", statements)],
        ..PolicySet::default()
    }
}

fn request() -> Request {
    Request::new("s3:GetObject", "arn:aws:s3:::b/home/anna/x").by(USER)
}

fn decided(policies: &PolicySet, request: &Request) -> Decision {
    match decide_open(policies, request) {
        OpenDecision::Decided(decision) => decision,
        other => panic!("{other:?}"),
    }
}

/// The keys, and the statements as (layer, index).
fn open(policies: &PolicySet, request: &Request) -> (Vec<String>, Vec<(Layer, usize)>) {
    match decide_open(policies, request) {
        OpenDecision::Conditional { keys, statements } => {
            let statements = statements.iter().map(|one| (one.layer, one.index));
            (keys.into_iter().collect(), statements.collect())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_unmet_allow_depends_on_its_keys_as_written() {
    let condition = r#"{"StringEquals": {"AWS:requestedRegion": "eu-west-1"}, "Bool": {"aws:SecureTransport": true}}"#;
    let policies = identity(&[statement("Allow", "*", condition)]);
    let (keys, statements) = open(&policies, &request());
    assert_eq!(keys, ["AWS:requestedRegion", "aws:SecureTransport"]);
    assert_eq!(statements, [(Layer::Identity, 0)]);

    let one_known = request().with("aws:SecureTransport", "true");
    assert_eq!(open(&policies, &one_known).0, ["AWS:requestedRegion"]);
    let one_unmet = request().with("aws:SecureTransport", "false");
    assert_eq!(
        decided(&policies, &one_unmet).outcome,
        Outcome::ImplicitDeny
    );
}

#[test]
fn an_allow_that_holds_anyway_leaves_nothing_open() {
    let policies = identity(&[
        statement("Allow", "*", REGION),
        statement("Allow", "*", "{}"),
    ]);
    let decision = decided(&policies, &request());
    assert_eq!(decision.outcome, Outcome::Allowed);
    assert_eq!(
        decision
            .statements
            .iter()
            .map(|one| one.index)
            .collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn a_deny_that_may_apply_is_never_allowed() {
    for condition in [
        REGION,
        r#"{"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}"#,
        r#"{"StringEqualsIfExists": {"aws:RequestedRegion": "eu-west-1"}}"#,
        r#"{"Null": {"aws:RequestedRegion": "true"}}"#,
        r#"{"ForAllValues:StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#,
        r#"{"ForAnyValue:StringNotLike": {"aws:RequestedRegion": "eu-*"}}"#,
        r#"{"StringNotEquals": {"aws:PrincipalAccount": "${aws:RequestedRegion}"}}"#,
    ] {
        let policies = identity(&[
            statement("Allow", "*", "{}"),
            statement("Deny", "*", condition),
        ]);
        let (keys, statements) = open(&policies, &request());
        assert_eq!(keys, ["aws:RequestedRegion"], "{condition}");
        assert_eq!(statements, [(Layer::Identity, 1)], "{condition}");
    }
}

#[test]
fn what_nothing_grants_is_denied_whatever_a_deny_depends_on() {
    let policies = identity(&[statement("Deny", "*", REGION)]);
    let decision = decided(&policies, &request());
    assert_eq!(
        (decision.outcome, decision.layer),
        (Outcome::ImplicitDeny, Some(Layer::Identity))
    );
}

#[test]
fn a_certain_deny_settles_everything() {
    let policies = identity(&[
        statement("Allow", "*", REGION),
        statement("Deny", "*", "{}"),
    ]);
    let decision = decided(&policies, &request());
    assert_eq!(
        (decision.outcome, decision.layer),
        (Outcome::ExplicitDeny, Some(Layer::Identity))
    );
    assert_eq!(
        decision
            .statements
            .iter()
            .map(|one| one.index)
            .collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn limiting_layers_can_be_open_too() {
    let policies = PolicySet {
        boundary: Some(named("limit", &[statement("Allow", "*", REGION)])),
        scps: vec![vec![named("root", &[statement("Allow", "*", "{}")])]],
        ..identity(&[statement("Allow", "*", "{}")])
    };
    let (keys, statements) = open(&policies, &request());
    assert_eq!(keys, ["aws:RequestedRegion"]);
    assert_eq!(statements, [(Layer::Boundary, 0)]);

    let closed_by_scp = PolicySet {
        scps: vec![Vec::new()],
        ..policies
    };
    let decision = decided(&closed_by_scp, &request());
    assert_eq!(decision.layer, Some(Layer::Scp { level: 0 }));
    assert_eq!(
        decision.statements.len(),
        1,
        "the identity statement grants: {decision:?}"
    );
}

#[test]
fn an_open_allow_of_a_layer_that_allows_anyway_does_not_matter() {
    let secure = r#"{"Bool": {"aws:SecureTransport": true}}"#;
    let policies = PolicySet {
        boundary: Some(named("limit", &[statement("Allow", "*", REGION)])),
        ..identity(&[
            statement("Allow", "*", "{}"),
            statement("Allow", "*", secure),
        ])
    };
    let (keys, statements) = open(&policies, &request());
    assert_eq!(keys, ["aws:RequestedRegion"]);
    assert_eq!(statements, [(Layer::Boundary, 0)]);
}

#[test]
fn an_open_identity_policy_does_not_matter_where_the_resource_grants() {
    let secure = r#"{"Bool": {"aws:SecureTransport": true}}"#;
    let grant = format!(
        r#"{{"Effect": "Allow", "Principal": {{"AWS": "{USER}"}}, "Action": "*", "Resource": "*"}}"#
    );
    let policies = PolicySet {
        scps: vec![vec![named("root", &[statement("Allow", "*", REGION)])]],
        resource: Some(named("bucket", &[grant])),
        ..identity(&[statement("Allow", "*", secure)])
    };
    let (keys, statements) = open(&policies, &request());
    assert_eq!(keys, ["aws:RequestedRegion"]);
    assert_eq!(statements, [(Layer::Scp { level: 0 }, 0)]);
}

#[test]
fn keys_that_follow_from_the_principal_are_known() {
    for (condition, allowed) in [
        (r#"{"StringEquals": {"aws:username": "anna"}}"#, true),
        (
            r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/a*"}}"#,
            true,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalAccount": "999988887777"}}"#,
            false,
        ),
        (r#"{"Bool": {"aws:PrincipalIsAWSService": "false"}}"#, true),
        (
            r#"{"StringEquals": {"aws:PrincipalType": "AssumedRole"}}"#,
            false,
        ),
        (r#"{"Null": {"aws:PrincipalServiceName": "false"}}"#, false),
    ] {
        let policies = identity(&[statement("Allow", "*", condition)]);
        assert_eq!(
            decided(&policies, &request()).is_allowed(),
            allowed,
            "{condition}"
        );
    }
    let by_id = identity(&[statement(
        "Allow",
        "*",
        r#"{"StringLike": {"aws:userid": "AIDA*"}}"#,
    )]);
    assert_eq!(open(&by_id, &request()).0, ["aws:userid"]);
}

#[test]
fn a_role_session_has_no_user_name() {
    let policies = identity(&[statement(
        "Allow",
        "*",
        r#"{"StringLike": {"aws:username": "*"}}"#,
    )]);
    assert_eq!(
        decided(&policies, &request().by(SESSION)).outcome,
        Outcome::ImplicitDeny
    );
}

#[test]
fn an_unknown_variable_may_hold_a_whole_arn() {
    let condition = r#"{"ArnEquals": {"aws:SourceArn": "${x:Topic}"}}"#;
    let policies = identity(&[statement("Allow", "*", condition)]);
    let given = request().with("aws:SourceArn", "arn:aws:sns:eu-west-1:123456789012:t");
    assert_eq!(open(&policies, &given).0, ["x:Topic"]);
    let known = given.with("x:Topic", "arn:aws:sns:eu-west-1:123456789012:t");
    assert!(decided(&policies, &known).is_allowed());
}

#[test]
fn the_path_of_a_sessions_role_is_unknown() {
    let condition = r#"{"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/Prov"}}"#;
    let policies = identity(&[statement("Allow", "*", condition)]);
    let session = request().by(SESSION);
    assert_eq!(open(&policies, &session).0, ["aws:PrincipalArn"]);
    assert!(decide(&policies, &session).is_allowed());
    let given = session.with(
        "aws:PrincipalArn",
        "arn:aws:iam::123456789012:role/team/Prov",
    );
    assert!(!decided(&policies, &given).is_allowed());
    assert!(!decide(&policies, &given).is_allowed());
}

#[test]
fn a_variable_of_an_unknown_key_matches_only_where_it_could() {
    let policies = identity(&[statement(
        "Allow",
        "arn:aws:s3:::b/home/${aws:PrincipalTag/Dir}/*",
        "{}",
    )]);
    assert_eq!(open(&policies, &request()).0, ["aws:PrincipalTag/Dir"]);
    let elsewhere = Request::new("s3:GetObject", "arn:aws:s3:::b/tmp/x").by(USER);
    assert_eq!(
        decided(&policies, &elsewhere).outcome,
        Outcome::ImplicitDeny
    );
    let known = request().with("aws:PrincipalTag/dir", "anna");
    assert!(decided(&policies, &known).is_allowed());
}

#[test]
fn a_key_policy_that_is_not_there_denies_and_can_be_foreseen() {
    let key = "arn:aws:kms:eu-west-1:123456789012:key/1";
    for (action, resource, required) in [
        ("kms:CreateGrant", key, true),
        ("KMS:creategrant", key, true),
        ("kms:CreateGrant", "*", false),
        (
            "kms:CreateAlias",
            "arn:aws:kms:eu-west-1:123456789012:alias/a",
            false,
        ),
        ("ec2:RunInstances", key, false),
        (
            "sts:AssumeRoleWithWebIdentity",
            "arn:aws:iam::123456789012:role/r",
            true,
        ),
        ("sts:assumerole", "arn:aws:iam::123456789012:role/r", true),
        ("iam:PassRole", "arn:aws:iam::123456789012:role/r", false),
        ("sts:GetCallerIdentity", "*", false),
        ("sts", "arn:aws:iam::123456789012:role/r", false),
    ] {
        assert_eq!(
            requires_resource_policy(action, resource),
            required,
            "{action} {resource}"
        );
    }
    let policies = PolicySet {
        identity: vec![named(
            "all",
            &[r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#.to_owned()],
        )],
        ..PolicySet::default()
    };
    let decision = decided(&policies, &Request::new("kms:CreateGrant", key).by(USER));
    assert_eq!(
        (decision.outcome, decision.layer),
        (Outcome::ImplicitDeny, Some(Layer::Resource))
    );
    assert_eq!(decision.statements.len(), 1);
}

#[test]
fn every_statement_is_explained() {
    let policies = PolicySet {
        boundary: Some(named("limit", &[r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#.to_owned()])),
        resource: Some(named(
            "bucket",
            &[r#"{"Effect": "Deny", "Principal": {"AWS": "999988887777"}, "Action": "*", "Resource": "*"}"#.to_owned()],
        )),
        ..identity(&[
            statement("Allow", "*", "{}"),
            statement("Allow", "arn:aws:s3:::other/*", "{}"),
            statement("Deny", "*", REGION),
        ])
    };
    let shown: Vec<String> = explain(&policies, &request())
        .into_iter()
        .map(|one| format!("{} {} {}", one.effect, one.statement, one.relevance))
        .collect();
    assert_eq!(
        shown,
        [
            "Allow statement 1 of `mine` (identity policy) applies",
            "Allow statement 2 of `mine` (identity policy) does not apply: it is about other resources",
            "Deny statement 3 of `mine` (identity policy) does not apply: `aws:RequestedRegion` is absent, which fails \
             `StringEquals` `eu-west-1`",
            "Allow statement 1 of `limit` (permissions boundary) does not apply: it is about other actions",
            "Deny statement 1 of `bucket` (resource policy) does not apply: it is about other principals",
        ]
    );
    let open: Vec<Relevance> = explain_open(&policies, &request())
        .into_iter()
        .map(|one| one.relevance)
        .collect();
    assert_eq!(
        open.get(2),
        Some(&Relevance::Depends {
            keys: vec!["aws:RequestedRegion".to_owned()]
        })
    );
}

#[test]
fn layers_have_names_for_people() {
    let level = Layer::Scp { level: 1 };
    assert_eq!(level.to_string(), "service control policy (level 2)");
    assert_eq!(Layer::Boundary.to_string(), "permissions boundary");
}
