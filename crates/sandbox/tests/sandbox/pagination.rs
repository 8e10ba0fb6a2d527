//! Pages follow each other without gap or repetition.

use crate::support::World;

/// All values of `tag`, page by page.
async fn pages(world: &World, action: &str, of: &[(&str, &str)], tag: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut marker: Option<String> = None;
    loop {
        let mut parameters = of.to_vec();
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let answer = world.admin(action, &parameters).await;
        pages.push(answer.texts(tag));
        match answer.text("IsTruncated").as_str() {
            "true" => marker = Some(answer.text("Marker")),
            _ => {
                assert!(answer.texts("Marker").is_empty());
                return pages;
            }
        }
    }
}

#[tokio::test]
async fn listings_come_in_pages() {
    let world = World::start().await;
    for name in ["a", "B", "c", "d"] {
        world.admin("CreateUser", &[("UserName", name)]).await;
    }
    let found = pages(&world, "ListUsers", &[("MaxItems", "2")], "UserName").await;
    assert_eq!(
        found,
        [vec!["a", "B"], vec!["c", "d"], vec!["sandbox-admin"]]
    );
    let found = pages(&world, "ListUsers", &[("MaxItems", "5")], "UserName").await;
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn what_is_deleted_between_pages_hides_nothing() {
    let world = World::start().await;
    for name in ["a", "b", "c"] {
        world.admin("CreateUser", &[("UserName", name)]).await;
    }
    let first = world.admin("ListUsers", &[("MaxItems", "2")]).await;
    world.admin("DeleteUser", &[("UserName", "b")]).await;
    let marker = first.text("Marker");
    let second = world.admin("ListUsers", &[("Marker", &marker)]).await;
    assert_eq!(second.texts("UserName"), ["c", "sandbox-admin"]);
}

#[tokio::test]
async fn everything_that_lists_has_pages() {
    let world = World::start().await;
    world.user("a").await;
    world.key("a").await;
    let a = ("UserName", "a");
    let one = ("MaxItems", "1");
    for index in ["1", "2"] {
        world
            .admin(
                "TagUser",
                &[a, ("Tags.member.1.Key", index), ("Tags.member.1.Value", "")],
            )
            .await;
    }
    assert_eq!(
        pages(&world, "ListUserTags", &[a, one], "Key").await,
        [["1"], ["2"]]
    );
    let keys = pages(&world, "ListAccessKeys", &[a, one], "AccessKeyId").await;
    assert_eq!(keys.len(), 2);
    let policies = pages(&world, "ListPolicies", &[one], "PolicyName").await;
    assert_eq!(
        policies.concat(),
        [
            "AdministratorAccess",
            "AmazonEBSCSIDriverPolicy",
            "AmazonEC2ContainerRegistryPullOnly",
            "AmazonEC2ContainerRegistryReadOnly",
            "AmazonEC2ReadOnlyAccess",
            "AmazonEKS_CNI_Policy",
            "AmazonEKSClusterPolicy",
            "AmazonEKSFargatePodExecutionRolePolicy",
            "AmazonEKSServicePolicy",
            "AmazonEKSVPCResourceController",
            "AmazonEKSWorkerNodePolicy",
            "AmazonSSMManagedInstanceCore",
            "IAMFullAccess",
            "IAMReadOnlyAccess",
            "PowerUserAccess"
        ]
    );
    let everything = pages(&world, "GetAccountAuthorizationDetails", &[one], "Arn").await;
    assert_eq!(everything.len(), 3);
    let source = format!("arn:aws:iam::{}:user/a", world.account);
    let simulation = [
        ("PolicySourceArn", source.as_str()),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "s3:PutObject"),
        ("ResourceArns.member.1", "*"),
        ("ResourceArns.member.2", "arn:aws:s3:::b/k"),
        ("MaxItems", "3"),
    ];
    let results = pages(
        &world,
        "SimulatePrincipalPolicy",
        &simulation,
        "EvalActionName",
    )
    .await;
    assert_eq!(
        results,
        [
            vec!["s3:GetObject", "s3:GetObject", "s3:PutObject"],
            vec!["s3:PutObject"]
        ]
    );
}

#[tokio::test]
async fn bad_sizes_and_markers_are_refused() {
    let world = World::start().await;
    for parameter in [
        ("MaxItems", "0"),
        ("MaxItems", "1001"),
        ("Marker", "nonsense"),
    ] {
        let answer = world.iam(&world.admin, "ListUsers", &[parameter]).await;
        answer.refused(400, "ValidationError");
    }
}
