//! Requests that are sent again with the same key.

use axum::body::Body;
use axum::http::header;
use commissary_core::Origin;
use commissary_core::domain::Repeated;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, World, key, provider_body};

const WORKSPACES: &str = "/api/v1/workspaces";
const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";
const KEY: &str = "8e03978e-40d5-43e8-bc93-6894a57f9324";

async fn post(world: &World, caller: Caller, path: &str, key: &str, body: &Value) -> Answer {
    let request = world
        .request(caller, "POST", path)
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key);
    world
        .send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

/// How often something is in the audit log.
async fn audited(world: &World, action: &str) -> usize {
    let path = format!("/api/v1/audit-events?action={action}");
    let list = world.get(&path).await.json();
    list["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_request_is_done_once_and_answered_as_often_as_it_is_sent() {
    let world = World::with_workspace().await;
    let body = json!({"name": "team-b"});
    let first = post(&world, Caller::Program, WORKSPACES, KEY, &body).await;
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(first.header("idempotency-replayed"), "");
    let quoted = format!("\"{KEY}\"");
    for key in [KEY, &quoted] {
        let again = post(&world, Caller::Program, WORKSPACES, key, &body).await;
        assert_eq!(again.status, 201, "{}", again.body);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.body, first.body);
        for name in ["content-type", "location", "etag"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
        assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
    }
    assert_eq!(audited(&world, "workspace.create").await, 2);

    // It holds a secret key, and is answered with an address and a tag.
    let prod = provider_body("prod", key::READY);
    let first = post(&world, Caller::Program, PROVIDERS, "prod", &prod).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let again = post(&world, Caller::Program, PROVIDERS, "prod", &prod).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.json(), first.json());
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(audited(&world, "provider.add").await, 1);
    // A secret that differs is another request.
    let mut other = prod.clone();
    other["authentication"]["secretAccessKey"] = json!("x".repeat(40));
    let refused = post(&world, Caller::Program, PROVIDERS, "prod", &other).await;
    refused.assert_problem(422, "idempotency-key-reused", &[]);
}

#[tokio::test]
async fn a_key_belongs_to_one_request_and_one_caller() {
    let world = World::with_workspace().await;
    let body = json!({"name": "team-b"});
    let made = post(&world, Caller::Program, WORKSPACES, KEY, &body).await;
    assert_eq!(made.status, 201);
    for (path, body) in [
        (WORKSPACES, json!({"name": "team-c"})),
        ("/api/v1/workspaces?x=1", body.clone()),
        (PROVIDERS, body.clone()),
    ] {
        let refused = post(&world, Caller::Program, path, KEY, &body).await;
        refused.assert_problem(422, "idempotency-key-reused", &[]);
    }
    // Somebody else's request is one of its own.
    let hers = post(&world, Caller::Browser, WORKSPACES, KEY, &body).await;
    hers.assert_problem(409, "name-taken", &["name"]);

    // After a day nobody remembers.
    world.clock.advance_hours(25);
    let late = post(&world, Caller::Program, WORKSPACES, KEY, &body).await;
    late.assert_problem(409, "name-taken", &["name"]);
}

#[tokio::test]
async fn what_was_refused_may_be_sent_again() {
    let world = World::with_workspace().await;
    let body = json!({"name": "team-b"});
    let nobodys = "/api/v1/workspaces/nobody/infrastructure-providers";
    let prod = provider_body("prod", key::READY);
    for _ in 0..2 {
        let refused = post(&world, Caller::Program, nobodys, "a", &prod).await;
        refused.assert_problem(404, "not-found", &[]);
        assert_eq!(refused.header("idempotency-replayed"), "");
        let silent = provider_body("silent", key::UNREACHABLE);
        let silent = post(&world, Caller::Program, PROVIDERS, "b", &silent).await;
        silent.assert_problem(503, "aws-unavailable", &[]);
    }
    // The same key may even go with another request: the first was none.
    let made = post(&world, Caller::Program, WORKSPACES, "a", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let unsigned = post(&world, Caller::Nobody, WORKSPACES, "a", &body).await;
    unsigned.assert_problem(401, "not-signed-in", &[]);
}

#[tokio::test]
async fn one_that_is_under_way_is_told_as_such() {
    let world = World::with_workspace().await;
    let mut slow = provider_body("slow", key::SLOW);
    slow["verify"] = json!("later");
    world.add(slow).await;
    let check = format!("{PROVIDERS}/slow/check");
    let none = json!({});
    let first = post(&world, Caller::Program, &check, KEY, &none);
    let second = async {
        world.cloud.began.notified().await;
        let second = post(&world, Caller::Program, &check, KEY, &none).await;
        world.cloud.go_on.notify_one();
        second
    };
    let (first, second) = tokio::join!(first, second);
    second.assert_problem(409, "request-running", &[]);
    assert_eq!(second.header("retry-after"), "2");
    assert_eq!(first.status, 200, "{}", first.body);
    let third = post(&world, Caller::Program, &check, KEY, &none).await;
    assert_eq!(third.header("idempotency-replayed"), "true");
    assert_eq!(third.body, first.body);
    assert_eq!(audited(&world, "check.start").await, 1);
}

/// A kill between noting a request and keeping its answer, by one who only notes it.
#[tokio::test]
async fn one_whose_server_died_is_told_as_such() {
    let world = World::with_workspace().await;
    let body = json!({"name": "team-b"});
    let actor = world
        .product
        .actor_of_token(&world.token, Origin::local())
        .await
        .unwrap();
    let text = body.to_string();
    let asked: [&[u8]; 4] = [
        b"POST",
        WORKSPACES.as_bytes(),
        b"application/json",
        text.as_bytes(),
    ];
    let (_, known) = world
        .product
        .begin_request(&actor, KEY, &asked)
        .await
        .unwrap();
    assert_eq!(known, Repeated::First);
    let early = post(&world, Caller::Program, WORKSPACES, KEY, &body).await;
    early.assert_problem(409, "request-running", &[]);
    world.clock.advance_hours(1);
    for _ in 0..2 {
        let lost = post(&world, Caller::Program, WORKSPACES, KEY, &body).await;
        lost.assert_problem(409, "request-lost", &[]);
        assert_eq!(lost.header("retry-after"), "");
    }
    let other = post(&world, Caller::Program, WORKSPACES, "another", &body).await;
    assert_eq!(other.status, 201, "{}", other.body);
}

#[tokio::test]
async fn a_key_that_could_not_be_honoured_is_refused_before_anything_is_done() {
    let world = World::with_workspace().await;
    let token = json!({"name": "ci", "readOnly": true, "role": null, "workspaces": null});
    let invitation = json!({"name": "ada", "roles": {}, "administrator": false});
    let login = json!({"name": "admin", "password": "x", "tokenName": "y"});
    for (path, body) in [
        ("/api/v1/tokens", &token),
        ("/api/v1/invitations", &invitation),
        ("/api/v1/login", &login),
    ] {
        let refused = post(&world, Caller::Browser, path, KEY, body).await;
        refused.assert_problem(400, "idempotency-key-unusable", &[]);
    }
    for key in ["", "two words", "\"open", &"x".repeat(256)] {
        let refused = post(&world, Caller::Program, WORKSPACES, key, &token).await;
        refused.assert_problem(400, "idempotency-key-unusable", &[]);
    }
    let request = world
        .request(Caller::Program, "POST", PROVIDERS)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "text/event-stream")
        .header("idempotency-key", KEY);
    let prod = provider_body("prod", key::READY).to_string();
    let refused = world.send(request.body(Body::from(prod)).unwrap()).await;
    refused.assert_problem(400, "idempotency-key-unusable", &[]);
    for (action, count) in [("token.create", 0), ("user.invite", 0), ("provider.add", 0)] {
        assert_eq!(audited(&world, action).await, count, "{action}");
    }
}
