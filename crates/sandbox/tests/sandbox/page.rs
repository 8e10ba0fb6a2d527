//! The four commands of the page the product grew from, and what the user they make may do.

use crate::support::{KOMMANDER_POLICY, World};

#[tokio::test]
async fn the_four_commands_make_a_user_that_may_do_what_the_policy_says() {
    let world = World::start().await;
    world
        .admin("CreateUser", &[("UserName", "Kommander")])
        .await;
    world
        .admin(
            "CreatePolicy",
            &[
                ("PolicyName", "kommander-policy"),
                ("PolicyDocument", KOMMANDER_POLICY),
            ],
        )
        .await;
    let listed = world.admin("ListPolicies", &[]).await;
    let arn = format!("arn:aws:iam::{}:policy/kommander-policy", world.account);
    assert!(listed.texts("Arn").contains(&arn));
    world
        .admin(
            "AttachUserPolicy",
            &[("UserName", "Kommander"), ("PolicyArn", &arn)],
        )
        .await;
    let kommander = world.key("Kommander").await;
    assert_eq!(kommander.secret.len(), 40);

    let identity = world.identity(&kommander).await;
    assert_eq!(identity.status, 200);
    assert_eq!(
        identity.text("Arn"),
        format!("arn:aws:iam::{}:user/Kommander", world.account)
    );
    let eks = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
    let allowed = world
        .iam(&kommander, "GetPolicy", &[("PolicyArn", eks)])
        .await;
    assert_eq!(allowed.text("PolicyName"), "AmazonEKSClusterPolicy");
    let message = world
        .iam(&kommander, "GetUser", &[])
        .await
        .refused(403, "AccessDenied");
    assert_eq!(
        message,
        format!(
            "User: arn:aws:iam::{}:user/Kommander is not authorized to perform: iam:GetUser on \
             resource: user Kommander because no identity-based policy allows the iam:GetUser \
             action",
            world.account
        )
    );
}
