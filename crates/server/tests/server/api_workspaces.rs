//! `/api/v1/workspaces`.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::{Caller, World, key};

#[tokio::test]
async fn a_workspace_is_made_read_and_deleted() {
    let world = World::new().await;
    let made = world
        .post_json("/api/v1/workspaces", &json!({"name": " team-a "}))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert_eq!(made.header("location"), "/api/v1/workspaces/team-a");
    assert_eq!(made.json()["name"], "team-a");
    assert!(
        made.json()["createdAt"]
            .as_str()
            .unwrap()
            .starts_with("2026-01-05T12:00:")
    );

    let read = world.get("/api/v1/workspaces/team-a").await;
    assert_eq!((read.status.as_u16(), read.json()), (200, made.json()));

    let deleted = world
        .as_caller(Caller::Program, "DELETE", "/api/v1/workspaces/team-a")
        .await;
    assert_eq!((deleted.status.as_u16(), deleted.body.as_str()), (204, ""));
    world
        .get("/api/v1/workspaces/team-a")
        .await
        .assert_problem(404, "not-found", &[]);
    let again = world
        .as_caller(Caller::Program, "DELETE", "/api/v1/workspaces/team-a")
        .await;
    again.assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn a_name_is_taken_once_and_must_be_one() {
    let world = World::with_workspace().await;
    let again = world
        .post_json("/api/v1/workspaces", &json!({"name": "team-a"}))
        .await;
    again.assert_problem(409, "name-taken", &["name"]);
    for name in ["", "Team A", "-a", "../x"] {
        let answer = world
            .post_json("/api/v1/workspaces", &json!({"name": name}))
            .await;
        answer.assert_problem(422, "invalid-input", &["name"]);
    }
}

#[tokio::test]
async fn a_workspace_with_providers_stays() {
    let world = World::with_provider("prod", key::READY).await;
    let answer = world
        .as_caller(Caller::Program, "DELETE", "/api/v1/workspaces/team-a")
        .await;
    answer.assert_problem(409, "conflict", &[]);
    assert_eq!(world.get("/api/v1/workspaces/team-a").await.status, 200);
}

#[tokio::test]
async fn paths_that_name_nothing_are_not_found() {
    let world = World::new().await;
    for path in ["nothing", "%FF", "..%2F..%2Fetc", "%3Cscript%3E", "a%00b"] {
        let answer = world.get(&format!("/api/v1/workspaces/{path}")).await;
        answer.assert_problem(404, "not-found", &[]);
    }
}

#[tokio::test]
async fn a_parameter_that_is_not_known_is_refused_where_none_is() {
    let world = World::with_provider("prod", key::READY).await;
    let path = "/api/v1/workspaces/team-a/infrastructure-providers/prod?verbose=1";
    for method in ["GET", "DELETE"] {
        let answer = world.as_caller(Caller::Program, method, path).await;
        answer.assert_problem(422, "invalid-input", &["query"]);
    }
    // Whoever has no business here is told nothing about it.
    let answer = world.as_caller(Caller::Nobody, "GET", path).await;
    answer.assert_problem(401, "not-signed-in", &[]);
    let answer = world.get("/healthz?from=balancer").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}
