//! Bodies are read strictly, and what is wrong is told at its place.

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Caller, SECRET, World, key, provider_body};

const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";

/// Words of the machinery that no sentence for people may have.
const JARGON: [&str; 8] = [
    "struct ",
    "string `",
    "invalid type",
    "expected",
    "serde",
    "i64",
    "u64",
    "unit",
];

#[tokio::test]
async fn every_fault_of_a_body_is_told_at_its_field() {
    let world = World::with_workspace().await;
    let with = |pointer: &str, value: Value| {
        let mut body = provider_body("prod", key::READY);
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[field] = value;
        body
    };
    for (body, fields) in [
        (with("/name", json!(7)), vec!["name"]),
        (with("/name", json!({"a": SECRET})), vec!["name"]),
        (with("/type", json!("azure")), vec!["type"]),
        (with("/type", Value::Null), vec!["type"]),
        (
            with("/authentication", json!(SECRET)),
            vec!["authentication"],
        ),
        (
            with("/authentication/method", json!("role")),
            vec!["method"],
        ),
        (
            with("/authentication/accessKeyId", json!([SECRET])),
            vec!["accessKeyId"],
        ),
        (
            with("/authentication/secretAccessKey", json!(12)),
            vec!["secretAccessKey"],
        ),
        (
            with("/authentication/sessionToken", json!(true)),
            vec!["sessionToken"],
        ),
        (
            with("/authentication/secret", json!(SECRET)),
            vec!["authentication.secret"],
        ),
        (with("/region", json!([])), vec!["region"]),
        (with("/features", json!("ec2")), vec!["features"]),
        (with("/features", json!(["ec2", 7])), vec!["features"]),
        (with("/verify", json!("never")), vec!["verify"]),
        (with("/accountId", json!("1")), vec!["accountId"]),
        (
            json!({"authentication": {"method": "static"}, "type": "aws"}),
            vec!["name", "accessKeyId", "secretAccessKey"],
        ),
        (json!({}), vec!["type", "authentication"]),
        (with("/name", json!("a/b")), vec!["name"]),
        (with("/region", json!("nowhere")), vec!["region"]),
        (with("/release", json!("none-1.0")), vec!["release"]),
        (
            with("/authentication/secretAccessKey", json!("short")),
            vec!["secretAccessKey"],
        ),
        (
            with("/authentication/sessionToken", json!("t".repeat(100))),
            vec!["sessionToken"],
        ),
    ] {
        let answer = world.add(body).await;
        answer.assert_problem(422, "invalid-input", &fields);
        for word in JARGON {
            assert!(!answer.body.contains(word), "`{word}` in {}", answer.body);
        }
    }
    assert_eq!(world.get(PROVIDERS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn what_is_not_a_json_object_is_refused() {
    let world = World::with_workspace().await;
    let secret = format!("{{\"name\": \"prod\", \"secretAccessKey\": \"{SECRET}\"");
    let deep = "[".repeat(60_000);
    for body in [
        "",
        "null",
        "[]",
        "\"x\"",
        "7",
        "{",
        "{\"name\": }",
        "{} {}",
        secret.as_str(),
        deep.as_str(),
        "\u{0}",
    ] {
        let answer = world
            .post_raw(PROVIDERS, "application/json", body.to_owned())
            .await;
        answer.assert_problem(400, "malformed-body", &[]);
    }
    let invalid = world
        .post_raw(PROVIDERS, "application/json", Body::from(vec![0xFF, 0xFE]))
        .await;
    invalid.assert_problem(400, "malformed-body", &[]);
    let twice = format!("{{\"name\": \"a\", \"name\": \"{SECRET}\"}}");
    let answer = world
        .post_raw("/api/v1/workspaces", "application/json", twice)
        .await;
    answer.assert_problem(422, "invalid-input", &["name"]);
}

#[tokio::test]
async fn only_json_is_taken() {
    let world = World::with_workspace().await;
    let body = provider_body("prod", key::READY).to_string();
    for media_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
    ] {
        let answer = world.post_raw(PROVIDERS, media_type, body.clone()).await;
        answer.assert_problem(415, "unsupported-media-type", &[]);
    }
    let request = world.request(Caller::Program, "POST", PROVIDERS);
    let answer = world
        .send(request.body(Body::from(body.clone())).unwrap())
        .await;
    answer.assert_problem(415, "unsupported-media-type", &[]);
    let answer = world
        .post_raw(PROVIDERS, "Application/JSON; charset=utf-8", body)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[tokio::test]
async fn bodies_have_a_limit() {
    let world = World::with_workspace().await;
    let mut body = provider_body("prod", key::READY);
    body["name"] = json!("x".repeat(64 * 1024));
    world
        .add(body.clone())
        .await
        .assert_problem(413, "too-large", &[]);
    body["name"] = json!("x".repeat(60 * 1024));
    world
        .add(body)
        .await
        .assert_problem(422, "invalid-input", &["name"]);
}

#[tokio::test]
async fn sign_in_comes_before_the_body() {
    let world = World::with_workspace().await;
    let request = world.request(Caller::Nobody, "POST", PROVIDERS);
    let answer = world.send(request.body(Body::from("{")).unwrap()).await;
    answer.assert_problem(401, "not-signed-in", &[]);
}
