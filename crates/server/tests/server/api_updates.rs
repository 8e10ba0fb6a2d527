//! `PATCH …/infrastructure-providers/{name}`.

use axum::body::Body;
use axum::http::header;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, SECRET, TOKEN, World, key, provider_body};

const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";
const PROD: &str = "/api/v1/workspaces/team-a/infrastructure-providers/prod";

async fn patch(world: &World, if_match: Option<&str>, body: &Value) -> Answer {
    let mut request = world
        .request(Caller::Program, "PATCH", PROD)
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(tag) = if_match {
        request = request.header(header::IF_MATCH, tag);
    }
    world
        .send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

async fn etag(world: &World) -> String {
    world.get(PROD).await.header("etag").to_owned()
}

fn keys(id: &str) -> Value {
    json!({"method": "static", "accessKeyId": id, "secretAccessKey": SECRET, "sessionToken": null})
}

#[tokio::test]
async fn keys_are_asked_about_replaced_and_checked() {
    let world = World::with_provider("prod", key::READY).await;
    let tag = etag(&world).await;
    let body = json!({"authentication": keys(key::MISSING)});
    let answer = patch(&world, Some(&tag), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let updated = answer.json();
    assert_eq!(updated["accessKeyId"], key::MISSING);
    assert_eq!(updated["status"], "missing");
    assert_eq!(updated["region"], "us-east-1");
    assert_ne!(updated["etag"], tag);
    assert_eq!(answer.header("etag"), updated["etag"]);
    assert_eq!(answer.header("etag"), etag(&world).await);
    let mut read = world.get(PROD).await.json();
    read["notices"] = json!([]);
    assert_eq!(updated, read);
    let log = world.get("/api/v1/audit-events?limit=3").await.json();
    assert_eq!(log["items"][2]["action"], "provider.update");
    assert_eq!(log["items"][2]["target"], "team-a/prod");
}

#[tokio::test]
async fn a_change_says_what_it_is_a_change_of() {
    let world = World::with_provider("prod", key::READY).await;
    let body = json!({"region": "us-west-2"});
    patch(&world, None, &body)
        .await
        .assert_problem(428, "precondition-required", &[]);
    let tag = etag(&world).await;
    assert_eq!(patch(&world, Some(&tag), &body).await.status, 200);
    for stale in [tag.as_str(), "\"other\"", ""] {
        let other = json!({"region": "us-east-2"});
        let answer = patch(&world, Some(stale), &other).await;
        answer.assert_problem(412, "precondition-failed", &[]);
    }
    assert_eq!(world.get(PROD).await.json()["region"], "us-west-2");
    // Deleted and added anew it is another one, however alike.
    let tag = etag(&world).await;
    let gone = format!("{PROD}?confirm=prod");
    world.as_caller(Caller::Program, "DELETE", &gone).await;
    world.add(provider_body("prod", key::READY)).await;
    patch(&world, Some(&tag), &body)
        .await
        .assert_problem(412, "precondition-failed", &[]);
    assert_eq!(patch(&world, Some("*"), &body).await.status, 200);
}

#[tokio::test]
async fn a_check_meanwhile_changes_the_entity_tag() {
    let world = World::with_provider("prod", key::READY).await;
    let tag = etag(&world).await;
    let check = format!("{PROD}/check");
    world.as_caller(Caller::Program, "POST", &check).await;
    assert_ne!(etag(&world).await, tag);
}

#[tokio::test]
async fn what_aws_refuses_changes_nothing() {
    let world = World::with_provider("prod", key::READY).await;
    let before = world.get(PROD).await.json();
    for (body, status, code, field) in [
        (
            json!({"authentication": keys(key::UNKNOWN)}),
            422,
            "invalid-credentials",
            "accessKeyId",
        ),
        (
            json!({"authentication": keys(key::WRONG_SECRET)}),
            422,
            "invalid-credentials",
            "secretAccessKey",
        ),
        (
            json!({"region": "cn-north-1"}),
            422,
            "invalid-credentials",
            "accessKeyId",
        ),
        (
            json!({"authentication": keys(key::UNREACHABLE)}),
            503,
            "aws-unavailable",
            "",
        ),
        (
            json!({"authentication": {"method": "static", "accessKeyId": key::READY}}),
            422,
            "invalid-input",
            "secretAccessKey",
        ),
        (json!({"region": "here"}), 422, "invalid-input", "region"),
        (json!({"name": "a/b"}), 422, "invalid-input", "name"),
        (json!({"release": "none"}), 422, "invalid-input", "release"),
        (
            json!({"features": ["none"]}),
            422,
            "invalid-input",
            "features",
        ),
        (json!({"type": "gcp"}), 422, "invalid-input", "type"),
        (json!({"colour": "red"}), 422, "invalid-input", "colour"),
    ] {
        let answer = patch(&world, Some("*"), &body).await;
        let fields: Vec<&str> = [field]
            .into_iter()
            .filter(|field| !field.is_empty())
            .collect();
        answer.assert_problem(status, code, &fields);
    }
    assert_eq!(world.get(PROD).await.json(), before);
    let body = json!({"authentication": keys(key::UNREACHABLE), "verify": "later"});
    let later = patch(&world, Some("*"), &body).await.json();
    assert_eq!(later["status"], "notVerified");
    assert_eq!(
        (&later["accountId"], &later["lastCheck"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(later["notices"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn another_name_is_another_address_and_nothing_else() {
    let world = World::with_provider("prod", key::MISSING).await;
    world.add(provider_body("other", key::READY)).await;
    patch(&world, Some("*"), &json!({"name": "Other"}))
        .await
        .assert_problem(409, "name-taken", &["name"]);
    let before = world.get(PROD).await.json();
    let renamed = patch(&world, Some("*"), &json!({"name": "staging"})).await;
    assert_eq!(renamed.status, 200, "{}", renamed.body);
    let staging = format!("{PROVIDERS}/staging");
    assert_eq!(renamed.header("content-location"), staging);
    assert_eq!(renamed.json()["lastCheck"], before["lastCheck"]);
    world.get(PROD).await.assert_problem(404, "not-found", &[]);
    assert_eq!(world.get(&format!("{staging}/check")).await.status, 200);
}

#[tokio::test]
async fn what_is_so_already_is_not_a_change() {
    let world = World::with_provider("prod", key::READY).await;
    let before = world.get(PROD).await.json();
    for body in [
        json!({}),
        json!({"name": "prod", "region": null, "features": null}),
    ] {
        let answer = patch(&world, Some("*"), &body).await.json();
        assert_eq!(answer["etag"], before["etag"]);
        assert_eq!(answer["notices"].as_array().unwrap().len(), 1);
    }
    assert_eq!(world.get(PROD).await.json(), before);
}

#[tokio::test]
async fn a_check_that_is_overtaken_by_a_change_is_not_noted() {
    let world = World::with_workspace().await;
    let mut slow = provider_body("prod", key::SLOW);
    slow["verify"] = json!("later");
    world.add(slow).await;
    let check = format!("{PROD}/check");
    let request = world.request(Caller::Program, "POST", &check);
    let request = request.body(Body::empty()).unwrap();
    let (checked, updated) = tokio::join!(world.send(request), async {
        world.cloud.began.notified().await;
        let mut temporary = keys(key::TEMPORARY);
        temporary["sessionToken"] = json!(TOKEN);
        let body = json!({"authentication": temporary});
        let updated = patch(&world, Some("*"), &body).await;
        world.cloud.go_on.notify_one();
        updated
    });
    assert_eq!(updated.status, 200, "{}", updated.body);
    checked.assert_problem(409, "conflict", &[]);
    assert!(checked.body.contains("changed while it was checked"));
    assert_eq!(world.get(PROD).await.json()["accessKeyId"], key::TEMPORARY);
}
