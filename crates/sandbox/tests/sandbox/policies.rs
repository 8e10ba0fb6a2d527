//! Managed policies, their versions, and inline policies.

use crate::support::{KOMMANDER_POLICY, World, document};

const READ: &str = r#"{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}"#;

#[tokio::test]
async fn a_policy_is_made_and_read_back_as_it_was_given() {
    let world = World::start().await;
    let made = world
        .admin(
            "CreatePolicy",
            &[
                ("PolicyName", "kommander-policy"),
                ("Path", "/clusters/"),
                ("Description", "for clusters"),
                ("PolicyDocument", KOMMANDER_POLICY),
            ],
        )
        .await;
    let arn = format!(
        "arn:aws:iam::{}:policy/clusters/kommander-policy",
        world.account
    );
    assert_eq!(made.text("Arn"), arn);
    let got = world.admin("GetPolicy", &[("PolicyArn", &arn)]).await;
    assert_eq!(got.text("Description"), "for clusters");
    assert_eq!(got.text("DefaultVersionId"), "v1");
    let parameters = [("PolicyArn", arn.as_str()), ("VersionId", "v1")];
    let version = world.admin("GetPolicyVersion", &parameters).await;
    assert_eq!(version.text("IsDefaultVersion"), "true");
    let encoded = version.text("Document");
    assert!(encoded.starts_with("%7B%22Version%22%3A%222012-10-17%22"));
    assert_eq!(percent_decoded(&encoded), KOMMANDER_POLICY);
}

fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (hex, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(hex, 16).unwrap());
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn versions_are_numbered_and_one_of_them_is_in_force() {
    let world = World::start().await;
    let arn = world.policy("p", READ).await;
    let text = document(READ);
    let new = [
        ("PolicyArn", arn.as_str()),
        ("PolicyDocument", text.as_str()),
    ];
    let second = world.admin("CreatePolicyVersion", &new).await;
    assert_eq!(
        (second.text("VersionId"), second.text("IsDefaultVersion")),
        ("v2".into(), "false".into())
    );
    let third = [&new[..], &[("SetAsDefault", "true")]].concat();
    let third = world.admin("CreatePolicyVersion", &third).await;
    assert_eq!(
        (third.text("VersionId"), third.text("IsDefaultVersion")),
        ("v3".into(), "true".into())
    );
    let version = |id| [("PolicyArn", arn.as_str()), ("VersionId", id)];
    let answer = world
        .iam(&world.admin, "DeletePolicyVersion", &version("v3"))
        .await;
    let message = answer.refused(409, "DeleteConflict");
    assert_eq!(message, "Cannot delete the default version of a policy.");
    world.admin("DeletePolicyVersion", &version("v2")).await;
    world.admin("SetDefaultPolicyVersion", &version("v1")).await;
    world.admin("CreatePolicyVersion", &new).await;
    let listed = world
        .admin("ListPolicyVersions", &[("PolicyArn", &arn)])
        .await;
    assert_eq!(listed.texts("VersionId"), ["v4", "v3", "v1"]);
    assert_eq!(listed.texts("IsDefaultVersion"), ["false", "false", "true"]);
    let answer = world
        .iam(&world.admin, "GetPolicyVersion", &version("v2"))
        .await;
    answer.refused(404, "NoSuchEntity");
    let answer = world
        .iam(&world.admin, "GetPolicyVersion", &version("2"))
        .await;
    answer.refused(400, "ValidationError");
}

#[tokio::test]
async fn the_default_version_is_the_one_that_counts() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let arn = world
        .policy(
            "p",
            r#"{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}"#,
        )
        .await;
    world
        .admin(
            "AttachUserPolicy",
            &[("UserName", "anna"), ("PolicyArn", &arn)],
        )
        .await;
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
    let text = document(READ);
    let parameters = [
        ("PolicyArn", arn.as_str()),
        ("PolicyDocument", text.as_str()),
        ("SetAsDefault", "true"),
    ];
    world.admin("CreatePolicyVersion", &parameters).await;
    world
        .iam(&anna, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn policies_are_listed_by_scope_use_and_path() {
    let world = World::start().await;
    let arn = world.policy("mine", READ).await;
    let names = async |parameters: &[(&str, &str)]| {
        world
            .admin("ListPolicies", parameters)
            .await
            .texts("PolicyName")
    };
    assert_eq!(names(&[("Scope", "Local")]).await, ["mine"]);
    assert!(
        names(&[("Scope", "AWS")])
            .await
            .contains(&"AmazonEKSClusterPolicy".to_owned())
    );
    assert_eq!(
        names(&[("OnlyAttached", "true")]).await,
        ["AdministratorAccess"]
    );
    world.user("anna").await;
    let boundary = [("UserName", "anna"), ("PermissionsBoundary", arn.as_str())];
    world.admin("PutUserPermissionsBoundary", &boundary).await;
    assert_eq!(
        names(&[("PolicyUsageFilter", "PermissionsBoundary")]).await,
        ["mine"]
    );
    assert!(names(&[("PathPrefix", "/none/")]).await.is_empty());
    let answer = world
        .iam(&world.admin, "ListPolicies", &[("Scope", "Mine")])
        .await;
    answer.refused(400, "ValidationError");
}

#[tokio::test]
async fn inline_policies_are_kept_by_name() {
    let world = World::start().await;
    world.user("anna").await;
    world.grant("anna", READ).await;
    let listed = world
        .admin("ListUserPolicies", &[("UserName", "anna")])
        .await;
    assert!(
        listed
            .body
            .contains("<PolicyNames><member>grant</member></PolicyNames>")
    );
    let parameters = [("UserName", "anna"), ("PolicyName", "grant")];
    let got = world.admin("GetUserPolicy", &parameters).await;
    assert_eq!(percent_decoded(&got.text("PolicyDocument")), document(READ));
    world.admin("DeleteUserPolicy", &parameters).await;
    let answer = world.iam(&world.admin, "GetUserPolicy", &parameters).await;
    let message = answer.refused(404, "NoSuchEntity");
    assert_eq!(message, "The user policy with name grant cannot be found.");
}

#[tokio::test]
async fn what_is_no_policy_is_refused() {
    let world = World::start().await;
    for text in [
        "{",
        "[]",
        r#"{"Version":"2012-10-17"}"#,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}"#,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#,
    ] {
        let parameters = [("PolicyName", "p"), ("PolicyDocument", text)];
        let answer = world.iam(&world.admin, "CreatePolicy", &parameters).await;
        answer.refused(400, "MalformedPolicyDocument");
    }
    let aws = "arn:aws:iam::aws:policy/IAMFullAccess";
    let text = document(READ);
    let parameters = [("PolicyArn", aws), ("PolicyDocument", text.as_str())];
    let answer = world
        .iam(&world.admin, "CreatePolicyVersion", &parameters)
        .await;
    answer.refused(403, "AccessDenied");
    let answer = world
        .iam(
            &world.admin,
            "GetPolicy",
            &[("PolicyArn", "kommander-policy-by-name")],
        )
        .await;
    answer.refused(400, "InvalidInput");
}
