//! The id of a request: in the answer, the problem document and the log.

use axum::body::Body;

use crate::support::{Answer, Caller, World, logged};

async fn with_ids(world: &World, path: &str, ids: &[&str]) -> Answer {
    let mut request = world.request(Caller::Program, "GET", path);
    for id in ids {
        request = request.header("x-request-id", *id);
    }
    world.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_callers_id_comes_back_in_the_answer_the_problem_and_the_log() {
    let world = World::new().await;
    for (path, status) in [
        ("/api/v1/whoami", 200),
        ("/api/v1/workspaces/none", 404),
        ("/healthz", 200),
        ("/nothing", 404),
    ] {
        let answer = with_ids(&world, path, &["trace-7:4711.a_b"]).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("x-request-id"), "trace-7:4711.a_b", "{path}");
    }
    let problem = with_ids(&world, "/api/v1/workspaces/none", &["trace-8"]).await;
    assert_eq!(problem.json()["requestId"], "trace-8");
    assert!(logged().contains("request{id=trace-8 method=GET"));
}

#[tokio::test]
async fn what_is_no_id_is_replaced_and_not_repeated() {
    let world = World::new().await;
    let long = "x".repeat(65);
    for ids in [
        &["a b"][..],
        &[""],
        &["canary\u{fc}id"],
        &["<script>canaryid"],
        &[&long],
        &["one-of-two", "two-of-two"],
    ] {
        let answer = with_ids(&world, "/api/v1/workspaces/none", ids).await;
        answer.assert_problem(404, "not-found", &[]);
        assert_eq!(answer.header("x-request-id").len(), 36, "{ids:?}");
    }
    for id in ["canary\u{fc}id", "<script>canaryid", &long, "of-two"] {
        assert!(!logged().contains(id), "{id}");
    }
}
