//! Secrets go in and never come out: not in an answer (every answer in these
//! tests is searched), not in the log, not in the data as it lies on disk.

use axum::body::Body;
use serde_json::json;

use crate::support::{Caller, SECRET, TOKEN, World, key, logged, provider_body};

const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";

#[tokio::test]
async fn a_secret_in_any_place_of_a_request_is_not_repeated() {
    let world = World::with_workspace().await;
    for pointer in [
        "/type",
        "/authentication",
        "/authentication/method",
        "/verify",
        "/authentication/accessKeyId",
        "/features",
        "/secret",
    ] {
        let mut body = provider_body("prod", key::READY);
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[field] = json!(SECRET);
        assert!(world.add(body).await.status.is_client_error(), "{pointer}");
    }
    let mut body = provider_body("prod", key::READY);
    body[SECRET] = json!(1);
    body["authentication"][SECRET] = json!(1);
    world
        .add(body)
        .await
        .assert_problem(422, "invalid-input", &["authentication", "body"]);
    for text in [
        format!("\"{SECRET}"),
        format!("{{\"{SECRET}\": {SECRET}}}"),
        format!("{{\"a\": \"{SECRET}\\q\"}}"),
    ] {
        let answer = world.post_raw(PROVIDERS, "application/json", text).await;
        answer.assert_problem(400, "malformed-body", &[]);
    }
    let answer = world
        .get(&format!("/api/v1/workspaces?{SECRET}={SECRET}"))
        .await;
    answer.assert_problem(422, "invalid-input", &["query"]);
}

#[tokio::test]
async fn the_log_has_routes_and_no_paths_queries_or_tokens() {
    let world = World::with_workspace().await;
    let mut temporary = provider_body("prod", key::TEMPORARY);
    temporary["authentication"]["sessionToken"] = json!(TOKEN);
    assert_eq!(world.add(temporary).await.status, 201);
    world.get("/api/v1/audit-events?limit=3").await;
    let link = "/setup?token=cmst_canary-setup-token";
    world.as_caller(Caller::Nobody, "GET", link).await;
    let request = world.request(Caller::Nobody, "GET", "/api/v1/workspaces");
    let request = request.header("authorization", "Bearer cmsa_canary-api-token");
    let answer = world.send(request.body(Body::empty()).unwrap()).await;
    let log = logged();
    for told in [
        "route=\"/setup\"",
        "route=\"/api/v1/audit-events\"",
        "route=\"/api/v1/workspaces/{workspace}/infrastructure-providers\"",
        "status=201",
        answer.header("x-request-id"),
    ] {
        assert!(log.contains(told), "`{told}` is not in the log");
    }
    for kept in [
        SECRET,
        TOKEN,
        "canary-setup-token",
        "canary-api-token",
        "limit=3",
    ] {
        assert!(!log.contains(kept), "`{kept}` is in the log");
    }
}
