//! Lists page by an opaque cursor.

use serde_json::{Value, json};

use crate::support::{World, key, provider_body};

async fn names(world: &World, path: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = format!("{path}?limit=2");
    loop {
        let page = world.get(&next).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let page = page.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        names.extend(
            items
                .iter()
                .map(|item| item["name"].as_str().unwrap().to_owned()),
        );
        match &page["next"] {
            Value::String(cursor) => next = format!("{path}?limit=2&cursor={cursor}"),
            Value::Null => return names,
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn every_item_comes_once_and_in_order() {
    let world = World::new().await;
    let wanted = ["team-a", "team-b", "team-c", "team-d", "team-e"];
    for name in ["team-c", "team-a", "team-e", "team-b", "team-d"] {
        world
            .post_json("/api/v1/workspaces", &json!({"name": name}))
            .await;
    }
    assert_eq!(names(&world, "/api/v1/workspaces").await, wanted);
    for name in ["b", "A", "c"] {
        assert_eq!(world.add(provider_body(name, key::READY)).await.status, 201);
    }
    let providers = "/api/v1/workspaces/team-a/infrastructure-providers";
    assert_eq!(names(&world, providers).await, ["A", "b", "c"]);
    assert_eq!(world.get(providers).await.json()["next"], Value::Null);
}

#[tokio::test]
async fn providers_are_searched_narrowed_and_sorted() {
    let world = World::with_workspace().await;
    let providers = "/api/v1/workspaces/team-a/infrastructure-providers";
    for (name, key) in [
        ("prod", key::READY),
        ("test", key::MISSING),
        ("dev", key::READY),
    ] {
        assert_eq!(world.add(provider_body(name, key)).await.status, 201);
    }
    for (query, found) in [
        ("", vec!["dev", "prod", "test"]),
        ("search=O", vec!["prod"]),
        ("search=%25", vec![]),
        ("status=missing", vec!["test"]),
        ("status=ready&search=d", vec!["dev", "prod"]),
        ("sort=-created", vec!["dev", "test", "prod"]),
        ("sort=status", vec!["test", "dev", "prod"]),
        ("status=&search=&sort=", vec!["dev", "prod", "test"]),
    ] {
        let list = world.get(&format!("{providers}?{query}")).await.json();
        let items = list["items"].as_array().unwrap();
        let names: Vec<&str> = items
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, found, "{query}");
    }
    for (query, field) in [
        ("status=fine", "status"),
        ("sort=age", "sort"),
        ("sort=--name", "sort"),
    ] {
        let answer = world.get(&format!("{providers}?{query}")).await;
        answer.assert_problem(422, "invalid-input", &[field]);
    }
    // A cursor is a place in its own order only.
    let first = world
        .get(&format!("{providers}?sort=-created&limit=1"))
        .await
        .json();
    let cursor = first["next"].as_str().unwrap();
    let next = world
        .get(&format!(
            "{providers}?sort=-created&limit=1&cursor={cursor}"
        ))
        .await
        .json();
    assert_eq!(next["items"][0]["name"], "test");
    let lost = world
        .get(&format!("{providers}?sort=status&cursor={cursor}"))
        .await;
    lost.assert_problem(422, "invalid-input", &["cursor"]);
}

#[tokio::test]
async fn the_audit_log_pages_from_the_newest_on() {
    let world = World::with_workspace().await;
    let mut seen: Vec<String> = Vec::new();
    let mut next = "/api/v1/audit-events?limit=1".to_owned();
    loop {
        let page = world.get(&next).await.json();
        let event = &page["items"][0];
        for field in ["id", "at", "actor", "from", "action", "target", "outcome"] {
            assert!(event[field].is_string(), "{event}");
        }
        seen.push(event["action"].as_str().unwrap().to_owned());
        match page["next"].as_str() {
            Some(cursor) => next = format!("/api/v1/audit-events?limit=1&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(
        seen,
        [
            "workspace.create",
            "token.renew",
            "session.begin",
            "user.create"
        ]
    );
}

#[tokio::test]
async fn parameters_that_cannot_be_meant_are_told() {
    let world = World::with_workspace().await;
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=-1", "limit"),
        ("limit=two", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=%21", "cursor"),
        ("cursor=", "cursor"),
        ("order=name", "query"),
        ("limit=%FF", "limit"),
    ] {
        for path in [
            "/api/v1/workspaces",
            "/api/v1/workspaces/team-a/infrastructure-providers",
            "/api/v1/audit-events",
        ] {
            let answer = world.get(&format!("{path}?{query}")).await;
            answer.assert_problem(422, "invalid-input", &[field]);
        }
    }
}
