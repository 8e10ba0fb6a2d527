//! The console where there are more workspaces than can be offered.

use serde_json::json;

use crate::support::{Caller, World};

/// More than are offered, and more than a page of the list holds.
const MANY: usize = 120;

async fn with_many() -> World {
    let world = World::with_workspace().await;
    for number in 0..MANY {
        let name = json!({"name": format!("shop-{number:03}")});
        let made = world.post_json("/api/v1/workspaces", &name).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    world
}

fn providers(workspace: &str) -> String {
    format!("/workspaces/{workspace}/infrastructure-providers")
}

#[tokio::test]
async fn the_switcher_offers_some_and_finds_the_others() {
    let world = with_many().await;
    // By name the last of all.
    let page = world.open(&providers("team-a")).await;
    let find = "name=\"search\" aria-label=\"A part of a workspace's name\"";
    page.assert_page(
        200,
        &[find, "<strong>team-a</strong>", "href=\"/audit-log\""],
    );
    let offered = page.body.matches("href=\"/workspaces/shop-").count();
    assert_eq!(offered, 20);
    let found = world.open("/?search=-11").await;
    found.assert_page(200, &[&providers("shop-110"), &providers("shop-119")]);
    assert!(!found.body.contains(&providers("shop-100")));
    let none = world.open("/?search=nowhere").await;
    none.assert_page(200, &["No workspace is like that", "value=\"nowhere\""]);
    let few = World::with_workspace().await.open("/").await;
    assert!(!few.body.contains("type=\"search\""), "{}", few.body);
}

#[tokio::test]
async fn what_is_searched_stays_from_page_to_page() {
    let world = with_many().await;
    let first = world.open("/?search=shop").await;
    let (_, rest) = first
        .body
        .split_once("href=\"/?search=shop&#38;cursor=")
        .unwrap();
    let (cursor, _) = rest.split_once('"').unwrap();
    let next = world.open(&format!("/?search=shop&cursor={cursor}")).await;
    next.assert_page(200, &[&providers("shop-100"), &providers("shop-119")]);
    assert!(!next.body.contains(&providers("team-a")), "{}", next.body);
    let unknown = world.open("/?sort=name").await;
    unknown.assert_page(422, &["not known here; known: <code>search</code>"]);
}

#[tokio::test]
async fn a_workspace_that_is_not_offered_is_named() {
    let world = with_many().await;
    let roles = "viewer shop-000, operator  shop-115";
    let fields = [
        ("name", "ada"),
        ("role", "viewer team-a"),
        ("otherRoles", roles),
    ];
    world
        .submit("/people", &fields)
        .await
        .assert_page(200, &["ada"]);
    let open = world.get("/api/v1/invitations").await.json();
    let given = json!({"team-a": "viewer", "shop-000": "viewer", "shop-115": "operator"});
    assert_eq!(open["items"][0]["roles"], given);
    let fields = [
        ("name", "eve"),
        ("role", "admin shop-001"),
        ("otherRoles", "shop-115"),
    ];
    let refused = world.submit("/people", &fields).await;
    let kept = [
        "value=\"admin shop-001\" selected",
        "value=\"shop-115\"",
        "roles-fault",
    ];
    refused.assert_page(422, &kept);

    let fields = [
        ("name", "ci"),
        ("scope", "read"),
        ("days", "7"),
        ("workspace", "shop-001"),
        ("otherWorkspaces", " shop-115 team-a"),
    ];
    world
        .submit("/account/tokens", &fields)
        .await
        .assert_page(200, &["ci"]);
    let account = world.open("/account").await;
    account.assert_page(200, &["reads in ", "shop-001", "shop-115"]);
    let mut wrong = fields;
    wrong[4] = ("otherWorkspaces", "nowhere");
    let refused = world.submit("/account/tokens", &wrong).await;
    let kept = [
        "value=\"shop-001\" checked",
        "value=\"nowhere\"",
        "<p class=\"fault\">",
    ];
    refused.assert_page(422, &kept);
}

#[tokio::test]
async fn a_page_that_tells_a_problem_leads_on_whoever_reads_it() {
    let world = World::with_workspace().await;
    let lost = world.open("/nowhere").await;
    lost.assert_page(404, &["href=\"/\">Go to the workspaces</a>"]);
    assert!(!lost.body.contains("Sign in"), "{}", lost.body);
    let lost = world.as_caller(Caller::Nobody, "GET", "/nowhere").await;
    lost.assert_page(404, &["href=\"/sign-in\">Sign in</a>"]);
}
