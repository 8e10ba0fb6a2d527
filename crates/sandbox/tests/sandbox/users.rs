//! Users and their tags.

use crate::support::World;

#[tokio::test]
async fn a_user_is_made_found_listed_and_deleted() {
    let world = World::start().await;
    let made = world
        .admin(
            "CreateUser",
            &[
                ("UserName", "anna"),
                ("Path", "/teams/blue/"),
                ("Tags.member.1.Key", "cost centre"),
                ("Tags.member.1.Value", "4711"),
            ],
        )
        .await;
    let arn = format!("arn:aws:iam::{}:user/teams/blue/anna", world.account);
    assert_eq!(made.text("Arn"), arn);
    assert_eq!(made.text("CreateDate"), "2026-11-23T12:00:00Z");
    let id = made.text("UserId");
    assert!(id.starts_with("AIDA") && id.len() == 21);
    assert_eq!(made.text("Value"), "4711");

    // Names are not distinguished by case.
    let found = world.admin("GetUser", &[("UserName", "ANNA")]).await;
    assert_eq!(
        (found.text("UserName"), found.text("UserId")),
        ("anna".to_owned(), id)
    );
    let listed = world.admin("ListUsers", &[("PathPrefix", "/teams/")]).await;
    assert_eq!(listed.texts("UserName"), ["anna"]);
    assert!(listed.texts("Tags").is_empty(), "a listing leaves tags out");
    let all = world.admin("ListUsers", &[]).await;
    assert_eq!(all.texts("UserName"), ["anna", "sandbox-admin"]);

    let moved = [("UserName", "anna"), ("NewPath", "/teams/red/")];
    world.admin("UpdateUser", &moved).await;
    let found = world.admin("GetUser", &[("UserName", "anna")]).await;
    let arn = format!("arn:aws:iam::{}:user/teams/red/anna", world.account);
    assert_eq!(found.text("Arn"), arn);

    world.admin("DeleteUser", &[("UserName", "anna")]).await;
    world
        .iam(&world.admin, "GetUser", &[("UserName", "anna")])
        .await
        .refused(404, "NoSuchEntity");
}

#[tokio::test]
async fn without_a_name_the_caller_is_meant() {
    let world = World::start().await;
    let own = world.admin("GetUser", &[]).await;
    assert_eq!(own.text("UserName"), "sandbox-admin");
    let root = world.iam(&world.root, "GetUser", &[]).await;
    assert_eq!(root.text("UserId"), world.account);
    assert_eq!(
        root.text("Arn"),
        format!("arn:aws:iam::{}:root", world.account)
    );
}

#[tokio::test]
async fn names_and_paths_are_checked() {
    let world = World::start().await;
    let long = "n".repeat(65);
    for (name, path, word) in [
        ("", "/", "greater than or equal to 1"),
        (long.as_str(), "/", "less than or equal to 64"),
        ("a b", "/", "alphanumeric"),
        ("ä", "/", "alphanumeric"),
        ("a", "teams", "path"),
        ("a", "//", "path"),
        ("a", "/a b/", "path"),
    ] {
        let parameters = [("UserName", name), ("Path", path)];
        let answer = world.iam(&world.admin, "CreateUser", &parameters).await;
        let message = answer.refused(400, "ValidationError");
        assert!(message.contains(word), "{message}");
    }
    let answer = world.iam(&world.admin, "CreateUser", &[]).await;
    let message = answer.refused(400, "ValidationError");
    assert!(message.contains("Value null at 'userName'"));
    world.user("anna").await;
    let answer = world
        .iam(&world.admin, "CreateUser", &[("UserName", "Anna")])
        .await;
    let message = answer.refused(409, "EntityAlreadyExists");
    assert_eq!(message, "User with name Anna already exists.");
}

#[tokio::test]
async fn tags_come_and_go_without_regard_to_case() {
    let world = World::start().await;
    world.user("anna").await;
    let tag = |key, value| {
        [
            ("UserName", "anna"),
            ("Tags.member.1.Key", key),
            ("Tags.member.1.Value", value),
        ]
    };
    world.admin("TagUser", &tag("Team", "blue")).await;
    world.admin("TagUser", &tag("team", "red")).await;
    let tags = world.admin("ListUserTags", &[("UserName", "anna")]).await;
    assert_eq!(
        (tags.texts("Key"), tags.texts("Value")),
        (vec!["team".into()], vec!["red".into()])
    );
    let keys = [
        ("UserName", "anna"),
        ("TagKeys.member.1", "TEAM"),
        ("TagKeys.member.2", "none"),
    ];
    world.admin("UntagUser", &keys).await;
    let tags = world.admin("ListUserTags", &[("UserName", "anna")]).await;
    assert!(tags.texts("Key").is_empty());

    let answer = world.iam(&world.admin, "TagUser", &tag("aws:x", "1")).await;
    answer.refused(400, "InvalidInput");
    let answer = world.iam(&world.admin, "TagUser", &tag("a|b", "1")).await;
    answer.refused(400, "ValidationError");
    let twice = [
        tag("a", "1").as_slice(),
        &[("Tags.member.2.Key", "A"), ("Tags.member.2.Value", "2")],
    ]
    .concat();
    let answer = world.iam(&world.admin, "TagUser", &twice).await;
    assert!(
        answer
            .refused(400, "InvalidInput")
            .contains("Duplicate tag keys")
    );
    let answer = world
        .iam(&world.admin, "TagUser", &[("UserName", "anna")])
        .await;
    answer.refused(400, "ValidationError");
}
