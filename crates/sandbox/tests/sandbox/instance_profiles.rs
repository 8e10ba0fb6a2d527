//! Instance profiles.

use crate::roles::BY_EC2;
use crate::support::World;

const PROFILE: (&str, &str) = ("InstanceProfileName", "nodes");
const ROLE: (&str, &str) = ("RoleName", "nodes");

async fn world() -> World {
    let world = World::start().await;
    world
        .admin("CreateRole", &[ROLE, ("AssumeRolePolicyDocument", BY_EC2)])
        .await;
    world.admin("CreateInstanceProfile", &[PROFILE]).await;
    world
}

#[tokio::test]
async fn a_profile_holds_one_role() {
    let world = world().await;
    let empty = world.admin("GetInstanceProfile", &[PROFILE]).await;
    assert!(empty.texts("RoleName").is_empty());
    assert!(empty.text("InstanceProfileId").starts_with("AIPA"));
    world
        .admin("AddRoleToInstanceProfile", &[PROFILE, ROLE])
        .await;
    let answer = world
        .iam(&world.admin, "AddRoleToInstanceProfile", &[PROFILE, ROLE])
        .await;
    answer.refused(409, "LimitExceeded");
    let full = world.admin("GetInstanceProfile", &[PROFILE]).await;
    assert_eq!(full.texts("RoleName"), ["nodes"]);
    let of_role = world.admin("ListInstanceProfilesForRole", &[ROLE]).await;
    assert_eq!(of_role.texts("InstanceProfileName"), ["nodes"]);
    let listed = world.admin("ListInstanceProfiles", &[]).await;
    assert_eq!(listed.texts("InstanceProfileName"), ["nodes"]);

    for (action, parameters) in [("DeleteRole", ROLE), ("DeleteInstanceProfile", PROFILE)] {
        let answer = world.iam(&world.admin, action, &[parameters]).await;
        let message = answer.refused(409, "DeleteConflict");
        assert!(message.contains("must remove roles from instance profile first"));
    }
    world
        .admin("RemoveRoleFromInstanceProfile", &[PROFILE, ROLE])
        .await;
    let answer = world
        .iam(
            &world.admin,
            "RemoveRoleFromInstanceProfile",
            &[PROFILE, ROLE],
        )
        .await;
    answer.refused(404, "NoSuchEntity");
    world.admin("DeleteInstanceProfile", &[PROFILE]).await;
    world.admin("DeleteRole", &[ROLE]).await;
    world
        .iam(&world.admin, "GetInstanceProfile", &[PROFILE])
        .await
        .refused(404, "NoSuchEntity");
}

#[tokio::test]
async fn a_profile_has_tags() {
    let world = world().await;
    let tag = [
        PROFILE,
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "b"),
    ];
    world.admin("TagInstanceProfile", &tag).await;
    assert_eq!(
        world
            .admin("ListInstanceProfileTags", &[PROFILE])
            .await
            .texts("Value"),
        ["b"]
    );
    world
        .admin(
            "UntagInstanceProfile",
            &[PROFILE, ("TagKeys.member.1", "a")],
        )
        .await;
    assert!(
        world
            .admin("GetInstanceProfile", &[PROFILE])
            .await
            .texts("Key")
            .is_empty()
    );
}

/// Both who puts a role into a profile and who starts a machine with it hands the role on.
#[tokio::test]
async fn a_role_is_passed_only_by_who_may() {
    let world = world().await;
    let anna = world.user("anna").await;
    let rest = r#"{"Effect":"Allow","Action":["iam:AddRoleToInstanceProfile","ec2:RunInstances"],"Resource":"*"}"#;
    world.grant("anna", rest).await;
    let message = world
        .iam(&anna, "AddRoleToInstanceProfile", &[PROFILE, ROLE])
        .await
        .refused(403, "AccessDenied");
    let role = format!("arn:aws:iam::{}:role/nodes", world.account);
    assert!(message.contains(&format!("iam:PassRole on resource: {role} because")));
    world
        .admin("AddRoleToInstanceProfile", &[PROFILE, ROLE])
        .await;
    let run = [
        ("ImageId", "ami-0123456789abcdef0"),
        ("MinCount", "1"),
        ("MaxCount", "1"),
        ("DryRun", "true"),
        ("IamInstanceProfile.Name", "nodes"),
    ];
    world
        .ec2(&anna, "RunInstances", &run[..4])
        .await
        .refused(412, "DryRunOperation");
    let message = world
        .ec2(&anna, "RunInstances", &run)
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(message.contains("iam:PassRole"));
    let pass = |service: &str| {
        format!(
            r#"[{rest},{{"Effect":"Allow","Action":"iam:PassRole","Resource":"{role}","Condition":{{"StringEquals":{{"iam:PassedToService":"{service}"}}}}}}]"#
        )
    };
    world.grant("anna", &pass("eks.amazonaws.com")).await;
    world
        .ec2(&anna, "RunInstances", &run)
        .await
        .refused(403, "UnauthorizedOperation");
    world.grant("anna", &pass("ec2.amazonaws.com")).await;
    world
        .ec2(&anna, "RunInstances", &run)
        .await
        .refused(412, "DryRunOperation");
}
