//! Roles.

use crate::support::{World, document};

pub(crate) const BY_EC2: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com"]},"Action":["sts:AssumeRole"]}]}"#;
const NODES: &str = "nodes.cluster-api-provider-aws.sigs.k8s.io";
const WORKER: &str = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";

async fn world_with_role() -> World {
    let world = World::start().await;
    world
        .admin(
            "CreateRole",
            &[
                ("RoleName", NODES),
                ("AssumeRolePolicyDocument", BY_EC2),
                ("Tags.member.1.Key", "team"),
                ("Tags.member.1.Value", "blue"),
            ],
        )
        .await;
    world
}

#[tokio::test]
async fn a_role_is_made_and_read_back() {
    let world = world_with_role().await;
    let role = world.admin("GetRole", &[("RoleName", NODES)]).await;
    assert_eq!(
        role.text("Arn"),
        format!("arn:aws:iam::{}:role/{NODES}", world.account)
    );
    assert!(role.text("RoleId").starts_with("AROA"));
    assert!(
        role.text("AssumeRolePolicyDocument")
            .contains("ec2.amazonaws.com")
    );
    assert_eq!(role.text("MaxSessionDuration"), "3600");
    assert_eq!(role.texts("Value"), ["blue"]);
    let listed = world.admin("ListRoles", &[]).await;
    assert_eq!(listed.texts("RoleName"), [NODES]);
    let again = [("RoleName", NODES), ("AssumeRolePolicyDocument", BY_EC2)];
    let answer = world.iam(&world.admin, "CreateRole", &again).await;
    answer.refused(409, "EntityAlreadyExists");
    let update = [
        ("RoleName", NODES),
        ("MaxSessionDuration", "7200"),
        ("Description", "d"),
    ];
    world.admin("UpdateRole", &update).await;
    let role = world.admin("GetRole", &[("RoleName", NODES)]).await;
    assert_eq!(
        (role.text("MaxSessionDuration"), role.text("Description")),
        ("7200".into(), "d".into())
    );
}

#[tokio::test]
async fn trust_is_checked_and_replaced() {
    let world = world_with_role().await;
    for broken in [
        document(r#"{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}"#),
        document(r#"{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}"#),
        document(r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}"#),
        "{}".to_owned(),
    ] {
        let parameters = [("RoleName", NODES), ("PolicyDocument", broken.as_str())];
        let answer = world
            .iam(&world.admin, "UpdateAssumeRolePolicy", &parameters)
            .await;
        answer.refused(400, "MalformedPolicyDocument");
    }
    let by_eks = BY_EC2.replace("ec2.", "eks.");
    let parameters = [("RoleName", NODES), ("PolicyDocument", by_eks.as_str())];
    world.admin("UpdateAssumeRolePolicy", &parameters).await;
    let role = world.admin("GetRole", &[("RoleName", NODES)]).await;
    assert!(
        role.text("AssumeRolePolicyDocument")
            .contains("eks.amazonaws.com")
    );
}

#[tokio::test]
async fn policies_tags_and_a_boundary_hang_on_it() {
    let world = world_with_role().await;
    let role = ("RoleName", NODES);
    world
        .admin("AttachRolePolicy", &[role, ("PolicyArn", WORKER)])
        .await;
    let attached = world.admin("ListAttachedRolePolicies", &[role]).await;
    assert_eq!(attached.texts("PolicyArn"), [WORKER]);
    let entities = world
        .admin("ListEntitiesForPolicy", &[("PolicyArn", WORKER)])
        .await;
    assert_eq!(entities.texts("RoleName"), [NODES]);
    let inline = document(r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#);
    let put = [
        role,
        ("PolicyName", "p"),
        ("PolicyDocument", inline.as_str()),
    ];
    world.admin("PutRolePolicy", &put).await;
    assert_eq!(
        world
            .admin("ListRolePolicies", &[role])
            .await
            .texts("member"),
        ["p"]
    );
    let got = world.admin("GetRolePolicy", &put[..2]).await;
    assert_eq!(got.text("RoleName"), NODES);
    world
        .admin(
            "PutRolePermissionsBoundary",
            &[role, ("PermissionsBoundary", WORKER)],
        )
        .await;
    let got = world.admin("GetRole", &[role]).await;
    assert_eq!(got.text("PermissionsBoundaryArn"), WORKER);
    world
        .admin("UntagRole", &[role, ("TagKeys.member.1", "TEAM")])
        .await;
    assert!(
        world
            .admin("ListRoleTags", &[role])
            .await
            .texts("Key")
            .is_empty()
    );

    let delete = |what| {
        let world = &world;
        async move {
            world
                .iam(&world.admin, "DeleteRole", &[role])
                .await
                .refused(409, what)
        }
    };
    assert!(
        delete("DeleteConflict")
            .await
            .contains("detach all policies")
    );
    world
        .admin("DetachRolePolicy", &[role, ("PolicyArn", WORKER)])
        .await;
    assert!(delete("DeleteConflict").await.contains("delete policies"));
    world.admin("DeleteRolePolicy", &put[..2]).await;
    world.admin("DeleteRolePermissionsBoundary", &[role]).await;
    world.admin("DeleteRole", &[role]).await;
    let answer = world.iam(&world.admin, "GetRole", &[role]).await;
    let message = answer.refused(404, "NoSuchEntity");
    assert_eq!(
        message,
        format!("The role with name {NODES} cannot be found.")
    );
}

#[tokio::test]
async fn a_policy_that_a_role_has_is_not_deleted() {
    let world = world_with_role().await;
    let arn = world
        .policy("p", r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#)
        .await;
    let of_policy = ("PolicyArn", arn.as_str());
    world
        .admin("AttachRolePolicy", &[("RoleName", NODES), of_policy])
        .await;
    let answer = world.iam(&world.admin, "DeletePolicy", &[of_policy]).await;
    answer.refused(409, "DeleteConflict");
    let tag = [
        of_policy,
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "b"),
    ];
    world.admin("TagPolicy", &tag).await;
    assert_eq!(
        world
            .admin("ListPolicyTags", &[of_policy])
            .await
            .texts("Key"),
        ["a"]
    );
    world
        .admin("UntagPolicy", &[of_policy, ("TagKeys.member.1", "a")])
        .await;
    assert!(
        world
            .admin("ListPolicyTags", &[of_policy])
            .await
            .texts("Key")
            .is_empty()
    );
}

#[tokio::test]
async fn services_have_roles_that_people_cannot_change() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole","Resource":"arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing","Condition":{"StringLike":{"iam:AWSServiceName":"elasticloadbalancing.amazonaws.com"}}}"#,
        )
        .await;
    let of = |service| [("AWSServiceName", service)];
    let made = world
        .iam(
            &anna,
            "CreateServiceLinkedRole",
            &of("elasticloadbalancing.amazonaws.com"),
        )
        .await;
    assert_eq!(
        made.text("RoleName"),
        "AWSServiceRoleForElasticLoadBalancing"
    );
    let answer = world
        .iam(
            &world.admin,
            "CreateServiceLinkedRole",
            &of("elasticloadbalancing.amazonaws.com"),
        )
        .await;
    answer.refused(400, "InvalidInput");
    let answer = world
        .iam(&anna, "CreateServiceLinkedRole", &of("spot.amazonaws.com"))
        .await;
    answer.refused(403, "AccessDenied");
    let role = ("RoleName", "AWSServiceRoleForElasticLoadBalancing");
    world.admin("GetRole", &[role]).await;
    for (action, parameters) in [
        ("DeleteRole", vec![role]),
        ("AttachRolePolicy", vec![role, ("PolicyArn", WORKER)]),
    ] {
        let answer = world.iam(&world.admin, action, &parameters).await;
        answer.refused(400, "UnmodifiableEntity");
    }
    let task = world
        .admin("DeleteServiceLinkedRole", &[role])
        .await
        .text("DeletionTaskId");
    let status = [("DeletionTaskId", task.as_str())];
    let status = world
        .admin("GetServiceLinkedRoleDeletionStatus", &status)
        .await;
    assert_eq!(status.text("Status"), "SUCCEEDED");
    world
        .iam(&world.admin, "GetRole", &[role])
        .await
        .refused(404, "NoSuchEntity");
}

#[tokio::test]
async fn rights_to_roles_are_asked_for_by_their_arns() {
    let world = world_with_role().await;
    let anna = world.user("anna").await;
    let role = ("RoleName", NODES);
    let message = world
        .iam(&anna, "GetRole", &[role])
        .await
        .refused(403, "AccessDenied");
    assert!(message.contains(&format!("iam:GetRole on resource: role {NODES} because")));
    let create = [("RoleName", "r"), ("AssumeRolePolicyDocument", BY_EC2)];
    let message = world
        .iam(&anna, "CreateRole", &create)
        .await
        .refused(403, "AccessDenied");
    let arn = format!("arn:aws:iam::{}:role/r", world.account);
    assert!(message.contains(&format!("iam:CreateRole on resource: {arn} because")));
    let statement = format!(
        r#"{{"Effect":"Allow","Action":"iam:GetRole","Resource":"arn:aws:iam::*:role/{NODES}"}}"#
    );
    world.grant("anna", &statement).await;
    assert_eq!(world.iam(&anna, "GetRole", &[role]).await.status, 200);
    world
        .iam(&anna, "GetRole", &create[..1])
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn a_role_is_simulated_and_detailed() {
    let world = world_with_role().await;
    world
        .admin(
            "AttachRolePolicy",
            &[("RoleName", NODES), ("PolicyArn", WORKER)],
        )
        .await;
    let arn = format!("arn:aws:iam::{}:role/{NODES}", world.account);
    let simulate = [
        ("PolicySourceArn", arn.as_str()),
        ("ActionNames.member.1", "ec2:DescribeInstances"),
        ("ActionNames.member.2", "ec2:RunInstances"),
    ];
    let answer = world.admin("SimulatePrincipalPolicy", &simulate).await;
    assert_eq!(answer.texts("EvalDecision"), ["allowed", "implicitDeny"]);
    let details = world
        .admin(
            "GetAccountAuthorizationDetails",
            &[("Filter.member.1", "Role")],
        )
        .await;
    assert_eq!(details.texts("RoleName"), [NODES]);
    assert_eq!(details.texts("PolicyArn"), [WORKER]);
}
