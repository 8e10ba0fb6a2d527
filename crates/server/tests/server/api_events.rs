//! Progress as server-sent events, and operations that outlive their callers.

use axum::body::Body;
use axum::http::header;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::support::{Answer, Caller, World, events, key, provider_body};

const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";

async fn streamed(world: &World, path: &str, body: String) -> Answer {
    let request = world
        .request(Caller::Program, "POST", path)
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/json");
    world.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn adding_tells_each_step_and_then_the_result() {
    let world = World::with_workspace().await;
    let answer = streamed(
        &world,
        PROVIDERS,
        provider_body("prod", key::READY).to_string(),
    )
    .await;
    let events = events(&answer);
    let (last, steps) = events.split_last().unwrap();
    let told: Vec<&str> = steps
        .iter()
        .map(|(name, data)| {
            assert_eq!(name, "progress");
            data["event"].as_str().unwrap()
        })
        .collect();
    assert_eq!(
        told,
        ["identifying", "identified", "simulating", "simulating"]
    );
    assert_eq!(
        steps[1].1["principalArn"],
        "arn:aws:iam::123456789012:user/Kommander"
    );
    assert_eq!(
        (last.0.as_str(), &last.1["status"]),
        ("result", &Value::from("ready"))
    );
    assert!(last.1["notices"].is_array());
    let mut read = world.get(&format!("{PROVIDERS}/prod")).await.json();
    read["notices"] = last.1["notices"].clone();
    assert_eq!(last.1, read);
}

#[tokio::test]
async fn a_check_streams_its_report() {
    let world = World::with_provider("prod", key::PARTLY).await;
    let path = format!("{PROVIDERS}/prod/check");
    let events = events(&streamed(&world, &path, String::new()).await);
    let (name, report) = events.last().unwrap();
    assert_eq!(name, "result");
    assert_eq!(*report, world.get(&path).await.json());
}

#[tokio::test]
async fn what_goes_wrong_on_the_way_is_the_last_event() {
    let world = World::with_workspace().await;
    let body = provider_body("prod", key::WRONG_SECRET).to_string();
    let events = events(&streamed(&world, PROVIDERS, body).await);
    let (name, problem) = events.last().unwrap();
    assert_eq!(name, "problem");
    assert_eq!(
        (&problem["status"], &problem["code"]),
        (&Value::from(422), &Value::from("invalid-credentials"))
    );
    assert_eq!(problem["errors"][0]["field"], "secretAccessKey");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_answered_at_once() {
    let world = World::with_workspace().await;
    let answer = streamed(&world, PROVIDERS, "{".to_owned()).await;
    answer.assert_problem(400, "malformed-body", &[]);
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_nothing_half_written() {
    let world = World::with_workspace().await;
    let slow = provider_body("prod", key::SLOW).to_string();
    for accept in ["application/json", "text/event-stream"] {
        let request = world
            .request(Caller::Program, "POST", PROVIDERS)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(slow.replace("prod", &accept.replace('/', "-"))))
            .unwrap();
        let asking = tokio::spawn(world.router.clone().oneshot(request));
        world.cloud.began.notified().await;
        asking.abort();
        // Whether it hung up before or after the head of the answer, it is gone.
        drop(asking.await);
        world.cloud.go_on.notify_one();
        let name = accept.replace('/', "-");
        let path = format!("{PROVIDERS}/{name}");
        let mut checked = Value::Null;
        for _ in 0..200 {
            checked = world.get(&path).await.json()["lastCheck"].take();
            if checked.is_object() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(checked["allowed"], 114, "{name}");
    }
}
