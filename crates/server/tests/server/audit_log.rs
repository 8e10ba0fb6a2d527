//! Who did what, and from where.

use crate::support::{Caller, World, key};

#[tokio::test]
async fn what_people_and_programs_do_is_told_with_their_names() {
    let world = World::with_provider("prod", key::READY).await;
    world.submit("/workspaces", &[("name", "team-b")]).await;
    let wrong = [("name", "admin"), ("password", "not the password at all")];
    world.submit_as(Caller::Nobody, "/sign-in", &wrong).await;
    let events = world.get("/api/v1/audit-events").await.json();
    let told: Vec<[&str; 4]> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            ["actor", "action", "target", "outcome"].map(|field| event[field].as_str().unwrap())
        })
        .collect();
    assert_eq!(told[0], ["anonymous", "session.begin", "adm…", "refused"]);
    assert_eq!(told[1], ["admin", "workspace.create", "team-b", "done"]);
    assert_eq!(
        told[2],
        ["token admin.token", "provider.check", "team-a/prod", "done"]
    );
    assert_eq!(
        told[3],
        ["token admin.token", "provider.add", "team-a/prod", "done"]
    );
    let page = world.open("/audit-log").await;
    page.assert_page(
        200,
        &[
            "Audit log",
            "provider.add",
            "team-a/prod",
            "token admin.token",
            "refused",
        ],
    );
}

#[tokio::test]
async fn the_page_goes_back_in_time() {
    let world = World::new().await;
    for number in 0..60 {
        world
            .submit("/workspaces", &[("name", &format!("team-{number}"))])
            .await;
    }
    let first = world.open("/audit-log").await;
    first.assert_page(200, &["team-59", "Older"]);
    assert!(!first.body.contains("user.create"));
    let older = first
        .body
        .split('"')
        .find(|piece| piece.starts_with("/audit-log?cursor="))
        .unwrap();
    let second = world.open(older).await;
    second.assert_page(200, &["user.create", "Newest"]);
    assert!(!second.body.contains("Older"));
}
