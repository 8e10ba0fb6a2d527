//! Names that people choose.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_permissions::{Form, Parameter, Scope, Selection, release, releases};

fn latest(features: &[&str]) -> Selection<'static> {
    let features: Vec<String> = features.iter().map(ToString::to_string).collect();
    release("capa-2.11").unwrap().select(&features).unwrap()
}

#[test]
fn a_prefix_stands_in_the_policy_and_in_the_requests() {
    let selection = latest(&["s3-buckets", "kms"])
        .with_name("s3-bucket-prefix", "team-a.")
        .unwrap()
        .with_name("kms-alias-prefix", "team-a/")
        .unwrap();
    let policy = selection.policy().to_compact();
    assert!(policy.contains("arn:*:s3:::team-a.*") && policy.contains("alias/team-a/*"));
    assert!(!policy.contains("alias/cluster-api-provider-aws"));
    let scope = Scope {
        partition: "aws".to_owned(),
        account_id: "123456789012".to_owned(),
        region: "us-east-1".to_owned(),
    };
    let requirements = selection.requirements();
    let find = |id: &str| requirements.iter().find(|r| r.id == id).unwrap();
    let bucket = find("s3:CreateBucket");
    assert_eq!(bucket.resource, "arn:*:s3:::team-a.*");
    let samples = bucket.samples(&scope);
    assert_eq!(
        samples.every.first().unwrap().resource,
        "arn:aws:s3:::team-a.example"
    );
    assert_eq!(
        samples.assumptions,
        ["the bucket's name begins with `team-a.`"]
    );
    let key = find("kms:CreateGrant");
    assert_eq!(key.condition.as_ref().unwrap().value, "alias/team-a/*");
    let samples = key.samples(&scope);
    let mut context = samples.every.first().unwrap().context.iter();
    let (_, aliases) = context
        .find(|(name, _)| name == "kms:ResourceAliases")
        .unwrap();
    assert_eq!(*aliases, ["alias/team-a/example"]);
}

#[test]
fn nothing_is_left_unfilled() {
    for release in releases() {
        let selection = release.with_all_features();
        for form in [Form::Verbatim, Form::Fixed] {
            assert!(!selection.policy_in(form).to_compact().contains("${"));
            for requirement in selection.requirements_in(form) {
                assert!(!requirement.resource.contains("${"), "{}", requirement.id);
            }
        }
    }
}

#[test]
fn names_that_would_say_something_else_are_refused() {
    for value in [
        "",
        "*",
        "a?",
        "a b",
        "a\"",
        "a'",
        "${aws:username}",
        &"a".repeat(201),
    ] {
        let error = latest(&[])
            .with_name("kms-alias-prefix", value)
            .unwrap_err();
        assert!(error.to_string().contains("letters, digits"), "{error}");
    }
    let error = latest(&[]).with_name("prefix", "a").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown parameter `prefix` of release `capa-2.11`; known: kms-alias-prefix, \
         s3-bucket-prefix"
    );
}

#[test]
fn parameters_tell_what_they_are() {
    let parameters = release("capa-2.11").unwrap().parameters();
    let ids: Vec<&str> = parameters.iter().map(Parameter::id).collect();
    assert_eq!(ids, ["kms-alias-prefix", "s3-bucket-prefix"]);
    for parameter in parameters {
        assert!(!parameter.title().is_empty());
        assert_eq!(parameter.default(), "cluster-api-provider-aws-");
        let mut features = release("capa-2.11").unwrap().features().iter();
        assert!(features.any(|feature| feature.id() == parameter.feature()));
    }
}
