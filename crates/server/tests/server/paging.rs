//! Lists that are read page by page while rows are added and removed: what was there
//! the whole time is read once, neither missed nor doubled.

use std::cell::Cell;
use std::collections::BTreeSet;

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Caller, World, key, provider_body};

const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";
/// How many rows a page has, how many stay, and how often all of them are read.
const LIMIT: usize = 3;
const KEPT: usize = 9;
const ROUNDS: usize = 4;

/// A name before, between or after those that stay.
fn passing(number: usize) -> String {
    let first = ["a", "kept-2x", "kept-5x", "kept-8x", "z"];
    format!("{}-{number}", first[number % first.len()])
}

fn staying() -> impl Iterator<Item = String> {
    (0..KEPT).map(|number| format!("kept-{number}"))
}

/// Every row of a list, by the field that tells it from others.
async fn walk(world: &World, path: &str, field: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world.get(&format!("{path}?limit={LIMIT}{cursor}")).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        let page = page.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= LIMIT, "{path}");
        seen.extend(items.iter().map(|item| item[field].to_string()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return seen,
        }
    }
}

/// Reads a list again and again while `change` adds and removes rows.
async fn holds(world: &World, path: &str, field: &str, change: impl AsyncFn(usize)) {
    let kept = walk(world, path, field).await;
    assert!(kept.len() >= KEPT, "{path}: {kept:?}");
    let reading_on = Cell::new(true);
    let reading = async {
        for _ in 0..ROUNDS {
            let seen = walk(world, path, field).await;
            let unique: BTreeSet<&String> = seen.iter().collect();
            assert_eq!(unique.len(), seen.len(), "{path}: doubled in {seen:?}");
            let missed: Vec<_> = kept.iter().filter(|row| !unique.contains(row)).collect();
            assert!(missed.is_empty(), "{path}: {missed:?} missed in {seen:?}");
        }
        reading_on.set(false);
    };
    let writing = async {
        let mut changes = 0;
        while reading_on.get() {
            change(changes).await;
            changes += 1;
        }
        changes
    };
    let ((), changes) = tokio::join!(reading, writing);
    assert!(changes > 0, "{path}: nothing was changed meanwhile");
}

async fn post(world: &World, path: &str, body: &Value) -> Value {
    let made = world.post_json(path, body).await;
    assert!(made.status.is_success(), "{path}: {}", made.body);
    made.json()
}

async fn delete(world: &World, path: &str) {
    let gone = world.as_caller(Caller::Program, "DELETE", path).await;
    assert_eq!(gone.status, 204, "{path}: {}", gone.body);
}

async fn add(world: &World, name: &str) {
    let mut body = provider_body(name, key::READY);
    body["verify"] = json!("later");
    post(world, PROVIDERS, &body).await;
}

async fn invite(world: &World, name: &str) -> Value {
    let body = json!({"name": name, "roles": {}, "administrator": false});
    post(world, "/api/v1/invitations", &body).await
}

/// A user, by way of an invitation.
async fn join(world: &World, name: &str) {
    let invited = invite(world, name).await;
    let token = invited["path"].as_str().unwrap().split("token=").nth(1);
    let fields = [
        ("token", token.unwrap()),
        ("password", "a password that is long enough"),
    ];
    let joined = world
        .submit_as(Caller::Nobody, "/invitation", &fields)
        .await;
    assert_eq!(joined.status, 303, "{}", joined.body);
}

#[tokio::test]
async fn workspaces_and_providers() {
    let world = World::with_workspace().await;
    let workspaces = "/api/v1/workspaces";
    for name in staying() {
        post(&world, workspaces, &json!({"name": name})).await;
        add(&world, &name).await;
    }
    holds(&world, workspaces, "name", async |number| {
        let name = passing(number);
        post(&world, workspaces, &json!({"name": name})).await;
        delete(&world, &format!("{workspaces}/{name}")).await;
    })
    .await;
    holds(&world, PROVIDERS, "name", async |number| {
        let name = passing(number);
        add(&world, &name).await;
        delete(&world, &format!("{PROVIDERS}/{name}?confirm={name}")).await;
    })
    .await;
}

#[tokio::test]
async fn users_and_members() {
    let world = World::with_workspace().await;
    let members = "/api/v1/workspaces/team-a/members";
    let give = async |name: &str| {
        let request = world
            .request(Caller::Program, "PUT", &format!("{members}/{name}"))
            .header("content-type", "application/json");
        let given = request.body(Body::from(r#"{"role": "viewer"}"#)).unwrap();
        assert!(world.send(given).await.status.is_success());
    };
    for name in staying() {
        join(&world, &name).await;
        give(&name).await;
    }
    holds(&world, "/api/v1/users", "name", async |number| {
        let name = passing(number);
        join(&world, &name).await;
        delete(&world, &format!("/api/v1/users/{name}?confirm={name}")).await;
    })
    .await;
    for number in 0..5 {
        join(&world, &passing(number)).await;
    }
    holds(&world, members, "name", async |number| {
        let name = passing(number % 5);
        give(&name).await;
        delete(&world, &format!("{members}/{name}")).await;
    })
    .await;
}

#[tokio::test]
async fn invitations_and_tokens() {
    let world = World::new().await;
    for name in staying() {
        invite(&world, &name).await;
        post(&world, "/api/v1/tokens", &json!({"name": name})).await;
    }
    holds(&world, "/api/v1/invitations", "id", async |number| {
        let made = invite(&world, &passing(number)).await;
        let id = made["id"].as_str().unwrap();
        delete(&world, &format!("/api/v1/invitations/{id}")).await;
    })
    .await;
    holds(&world, "/api/v1/tokens", "id", async |number| {
        let body = json!({"name": passing(number)});
        let made = post(&world, "/api/v1/tokens", &body).await;
        let id = made["id"].as_str().unwrap();
        delete(&world, &format!("/api/v1/tokens/{id}")).await;
    })
    .await;
}

#[tokio::test]
async fn checks_and_the_audit_log() {
    let world = World::with_provider("prod", key::READY).await;
    let check = format!("{PROVIDERS}/prod/check");
    for _ in 0..KEPT {
        post(&world, &check, &json!({})).await;
    }
    let checks = format!("{PROVIDERS}/prod/checks");
    holds(&world, &checks, "id", async |_| {
        post(&world, &check, &json!({})).await;
    })
    .await;
    holds(&world, "/api/v1/audit-events", "id", async |number| {
        let body = json!({"name": passing(number)});
        post(&world, "/api/v1/workspaces", &body).await;
    })
    .await;
}
