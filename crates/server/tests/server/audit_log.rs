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
        ["token admin.token", "check.start", "team-a/prod", "done"]
    );
    assert_eq!(
        told[4],
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

#[tokio::test]
async fn entries_are_found_by_who_what_and_when_and_name_their_request() {
    let world = World::with_provider("prod", key::READY).await;
    let added = world
        .post_json("/api/v1/workspaces", &serde_json::json!({"name": "team-b"}))
        .await;
    let list = async |query: &str| -> Vec<String> {
        let answer = world.get(&format!("/api/v1/audit-events?{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let json = answer.json();
        let items = json["items"].as_array().unwrap().iter();
        items
            .map(|entry| entry["action"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(list("target=team-b").await, ["workspace.create"]);
    assert_eq!(
        list("action=provider.%2A").await,
        ["provider.check", "provider.add"]
    );
    assert_eq!(
        list("workspace=team-a&actor=token%20admin.token").await,
        [
            "provider.check",
            "check.start",
            "provider.add",
            "workspace.create"
        ]
    );
    assert!(list("outcome=refused").await.is_empty());
    assert!(list("until=2000-01-01").await.is_empty());
    // Empty fields, as a form sends them, ask for nothing.
    assert_eq!(list("workspace=&actor=&since=&limit=1").await.len(), 1);
    let newest = world.get("/api/v1/audit-events?limit=1").await.json();
    assert_eq!(
        newest["items"][0]["requestId"],
        added.header("x-request-id")
    );
    for (query, field) in [
        ("outcome=maybe", "outcome"),
        ("since=yesterday", "since"),
        ("actor=a&actor=b", "actor"),
        ("who=a", "query"),
    ] {
        let answer = world.get(&format!("/api/v1/audit-events?{query}")).await;
        answer.assert_problem(422, "invalid-input", &[field]);
    }
    let nowhere = world.get("/api/v1/audit-events?workspace=nowhere").await;
    nowhere.assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn a_file_has_every_entry_from_the_oldest_on() {
    let world = World::new().await;
    for number in 0..250 {
        let body = serde_json::json!({"name": format!("team-{number}")});
        world.post_json("/api/v1/workspaces", &body).await;
    }
    let lines = world
        .get("/api/v1/audit-events/export?action=workspace.create")
        .await;
    assert_eq!(lines.header("content-type"), "application/jsonl");
    assert!(
        lines
            .header("content-disposition")
            .contains("audit-log.jsonl")
    );
    let targets: Vec<String> = lines
        .body
        .lines()
        .map(|line| {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            entry["target"].as_str().unwrap().to_owned()
        })
        .collect();
    let expected: Vec<String> = (0..250).map(|number| format!("team-{number}")).collect();
    assert_eq!(targets, expected);
    let csv = world
        .get("/api/v1/audit-events/export?format=csv&target=team-7")
        .await;
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 2, "{}", csv.body);
    assert!(lines[0].starts_with("sequence,id,at,actor,"));
    assert!(lines[1].contains("\"workspace.create\",\"team-7\""));
    let other = world.get("/api/v1/audit-events/export?format=xlsx").await;
    other.assert_problem(422, "invalid-input", &["format"]);
}

#[tokio::test]
async fn the_log_of_a_running_server_can_be_verified() {
    let world = World::with_provider("prod", key::READY).await;
    let path = "/api/v1/audit-events/verification";
    let whole = world.get(path).await.json();
    assert_eq!(whole["intact"], true);
    assert_eq!(whole["fault"], serde_json::Value::Null);
    assert_eq!(whole["head"], whole["notedHead"]);
    let head = whole["head"].as_str().unwrap();
    world.submit("/workspaces", &[("name", "team-b")]).await;
    let later = world.get(&format!("{path}?head={head}")).await.json();
    assert_eq!(later["intact"], true);
    let other = head.split_once(':').unwrap().0.to_owned() + ":" + &"0".repeat(64);
    let fault = world.get(&format!("{path}?head={other}")).await.json();
    assert_eq!(fault["intact"], false);
    assert_eq!(fault["fault"]["kind"], "rewritten");
    let unread = world.get(&format!("{path}?head=latest")).await;
    unread.assert_problem(422, "invalid-input", &["head"]);
}

#[tokio::test]
async fn the_page_filters_and_its_links_keep_the_filter() {
    let world = World::with_provider("prod", key::READY).await;
    for number in 0..60 {
        world
            .submit("/workspaces", &[("name", &format!("team-{number}"))])
            .await;
    }
    let page = world
        .open("/audit-log?workspace=&actor=admin&action=workspace.%2A&since=2000-01-01")
        .await;
    page.assert_page(
        200,
        &[
            "team-59",
            "value=\"admin\"",
            "value=\"workspace.*\"",
            "Show all",
        ],
    );
    assert!(!page.body.contains("provider.add"));
    let kept = "actor=admin&#38;action=workspace.%2A&#38;since=2000-01-01";
    for link in ["/audit-log?", "/api/v1/audit-events/export?"] {
        assert!(
            page.body.contains(&format!("{link}{kept}&#38;")),
            "{link}: {}",
            page.body
        );
    }
    let nothing = world.open("/audit-log?target=nothing").await;
    nothing.assert_page(200, &["No entry meets this filter"]);
    let of_team = world.open("/audit-log?workspace=team-a").await;
    of_team.assert_page(
        200,
        &["provider.add", "list=\"workspaces\" value=\"team-a\""],
    );
    assert!(!of_team.body.contains("session.begin"));
}
