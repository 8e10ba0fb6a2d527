//! The console's lists and errors.

use crate::support::{Caller, World, key};

#[tokio::test]
async fn the_start_page_teaches_what_a_workspace_is_and_makes_one() {
    let world = World::new().await;
    let empty = world.open("/").await;
    empty.assert_page(
        200,
        &[
            "No workspace yet",
            "Create a workspace",
            "Sandbox: nothing here reaches AWS",
            "0.0.0-test",
        ],
    );
    let made = world.submit("/workspaces", &[("name", "team-a")]).await;
    assert_eq!(
        made.header("location"),
        "/workspaces/team-a/infrastructure-providers"
    );
    let arrived = world.follow(&made).await;
    arrived.assert_page(200, &["The workspace <code>team-a</code> is ready."]);
    // The message is shown once.
    assert_eq!(arrived.cookie("commissary-flash").as_deref(), Some(""));
    world.open("/").await.assert_page(
        200,
        &["href=\"/workspaces/team-a/infrastructure-providers\""],
    );
    let opened = world.open("/workspaces/team-a").await;
    assert_eq!(
        opened.header("location"),
        "/workspaces/team-a/infrastructure-providers"
    );
}

#[tokio::test]
async fn a_workspace_that_cannot_be_made_is_told_at_the_field() {
    let world = World::with_workspace().await;
    let wrong = world.submit("/workspaces", &[("name", "Team <A>")]).await;
    wrong.assert_page(
        422,
        &[
            "id=\"name-fault\"",
            "value=\"Team &#60;A&#62;\"",
            "aria-describedby=\"name-fault name-hint\"",
        ],
    );
    let taken = world.submit("/workspaces", &[("name", "team-a")]).await;
    taken.assert_page(409, &["exists already"]);
}

#[tokio::test]
async fn an_empty_workspace_teaches_the_two_ways_to_a_provider() {
    let world = World::with_workspace().await;
    let page = world
        .open("/workspaces/team-a/infrastructure-providers")
        .await;
    page.assert_page(
        200,
        &[
            "Infrastructure Providers",
            "Add Infrastructure Provider",
            "commissary aws bootstrap",
            "--register team-a/Kommander",
            "EC2 Instances",
            "VPC",
            "Subnets",
            "Elastic Load Balancer (ELB)",
            "Internet Gateway",
            "NAT Gateway",
            "Elastic Block Storage (EBS) Volumes",
            "Security Groups",
            "Route Tables",
            "IAM Roles",
        ],
    );
}

#[tokio::test]
async fn the_list_says_how_each_provider_stands() {
    for (key, words) in [
        (key::READY, "<span class=\"status good\">ready</span>"),
        (
            key::PARTLY,
            "<span class=\"status open\">112 of 114 verified</span>",
        ),
        (key::MISSING, "missing</span>"),
        (
            key::SILENT,
            "<span class=\"status unknown\">not verified</span>",
        ),
    ] {
        let world = World::with_provider("prod", key).await;
        let page = world
            .open("/workspaces/team-a/infrastructure-providers")
            .await;
        page.assert_page(
            200,
            &[words, ">prod</a>", "123456789012", "Static", "5 Jan 2026"],
        );
    }
}

#[tokio::test]
async fn errors_are_pages_with_ways_out() {
    let world = World::with_workspace().await;
    for path in [
        "/workspaces/none/infrastructure-providers",
        "/workspaces/none/infrastructure-providers/new",
        "/workspaces/none",
        "/workspaces/team-a/infrastructure-providers/none",
        "/workspaces/team-a/infrastructure-providers/none/delete",
        "/workspaces/team-a/infrastructure-providers/%FF",
    ] {
        world
            .open(path)
            .await
            .assert_page(404, &["Not found", "href=\"/\""]);
    }
    let hostile = world
        .open("/workspaces/%3Cb%3E/infrastructure-providers")
        .await;
    hostile.assert_page(404, &["<code>&#60;b&#62;</code>"]);
    world
        .open("/audit-log?cursor=%21")
        .await
        .assert_page(422, &["not a cursor"]);
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let world = World::new().await;
    let request = world
        .request(Caller::Browser, "POST", "/workspaces")
        .header("content-type", "text/plain");
    let answer = world.send(request.body("name=x".into()).unwrap()).await;
    let answer = world.shown(Caller::Browser, answer).await;
    answer.assert_page(415, &["Unsupported media type"]);
    let large = "x".repeat(70_000);
    world
        .submit("/workspaces", &[("name", &large)])
        .await
        .assert_page(413, &["Body too large"]);
}
