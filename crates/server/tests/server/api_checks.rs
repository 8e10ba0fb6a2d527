//! Checks as jobs: started, followed, listed, cancelled, interrupted.

use std::time::Duration;

use axum::body::Body;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{Answer, Caller, SECRET, World, key, provider_body};

const PROD: &str = "/api/v1/workspaces/team-a/infrastructure-providers/prod";
const CHECKS: &str = "/api/v1/workspaces/team-a/infrastructure-providers/prod/checks";

/// Starts a check and returns its address.
async fn start(world: &World) -> String {
    let started = world.as_caller(Caller::Program, "POST", CHECKS).await;
    assert_eq!(started.status, 202, "{}", started.body);
    assert_eq!(started.json()["state"], "running");
    let address = started.header("location").to_owned();
    assert_eq!(
        address,
        format!("{CHECKS}/{}", started.json()["id"].as_str().unwrap())
    );
    address
}

/// The check once it is no longer running.
async fn ended(world: &World, address: &str) -> Value {
    for _ in 0..500 {
        let check = world.get(address).await.json();
        if check["state"] != "running" {
            return check;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the check did not end");
}

/// The events of a stream: id, name, data.
fn events(answer: &Answer) -> Vec<(String, String, Value)> {
    assert_eq!(answer.header("content-type"), "text/event-stream");
    let blocks = answer.body.split("\n\n").filter(|block| !block.is_empty());
    let event = |block: &str| {
        let line = |field: &str| {
            let mut lines = block.lines();
            lines.find_map(|line| line.strip_prefix(field)).unwrap()
        };
        let data = serde_json::from_str(line("data: ")).unwrap();
        (line("id: ").to_owned(), line("event: ").to_owned(), data)
    };
    blocks.map(event).collect()
}

async fn follow(world: &World, address: &str, last: Option<&str>) -> Vec<(String, String, Value)> {
    let path = format!("{address}/events");
    let mut request = world.request(Caller::Program, "GET", &path);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    events(&world.send(request.body(Body::empty()).unwrap()).await)
}

/// A provider whose checks wait until they are told to go on.
async fn slow() -> World {
    let world = World::with_workspace().await;
    let mut body = provider_body("prod", key::SLOW);
    body["verify"] = json!("later");
    world.add(body).await;
    world
}

#[tokio::test]
async fn a_check_is_started_followed_and_read() {
    let world = World::with_provider("prod", key::MISSING).await;
    let address = start(&world).await;
    let told = follow(&world, &address, None).await;
    let (last, steps) = told.split_last().unwrap();
    let numbers: Vec<&str> = steps.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4"]);
    assert_eq!(steps[0].2["event"], "identifying");
    assert_eq!((last.0.as_str(), last.1.as_str()), ("end", "end"));
    assert_eq!(last.2["state"], "done");
    // Whoever was cut off goes on from there, also on another server.
    let rest = follow(&world, &address, Some("2")).await;
    assert_eq!(rest, told[2..]);
    assert_eq!(follow(&world, &address, Some("end")).await, told[4..]);
    let check = world.get(&address).await.json();
    assert_eq!(
        check["report"],
        world.get(&format!("{PROD}/check")).await.json()
    );
    assert_eq!(
        check["summary"]["denied"],
        check["report"]["summary"]["denied"]
    );
    assert_eq!(check["startedBy"], "token admin.token");
    assert_eq!(check["failure"], Value::Null);
}

#[tokio::test]
async fn the_history_says_what_changed() {
    let world = World::with_provider("prod", key::READY).await;
    let body = json!({"authentication": {
        "method": "static", "accessKeyId": key::MISSING, "secretAccessKey": SECRET}});
    let request = world
        .request(Caller::Program, "PATCH", PROD)
        .header("content-type", "application/json")
        .header("if-match", "*");
    let request = request.body(Body::from(body.to_string())).unwrap();
    assert_eq!(world.send(request).await.status, 200);
    ended(&world, &start(&world).await).await;
    let history = world.get(&format!("{CHECKS}?limit=2")).await.json();
    let items = history["items"].as_array().unwrap();
    let none = json!([]);
    for list in [
        "newlyAllowed",
        "newlyDenied",
        "newlyRequired",
        "noLongerRequired",
    ] {
        assert_eq!(items[0]["changes"][list], none, "{list}");
    }
    let denied = items[1]["changes"]["newlyDenied"].as_array().unwrap();
    assert!(
        denied.contains(&json!("ec2:CreateSecurityGroup")),
        "{denied:?}"
    );
    let next = history["next"].as_str().unwrap();
    let rest = world.get(&format!("{CHECKS}?cursor={next}")).await.json();
    assert_eq!(rest["items"][0]["changes"], Value::Null);
    assert_eq!(
        (rest["items"].as_array().unwrap().len(), &rest["next"]),
        (1, &Value::Null)
    );
}

#[tokio::test]
async fn one_runs_and_a_second_start_is_told_where() {
    let world = slow().await;
    let address = start(&world).await;
    world.cloud.began.notified().await;
    for path in [CHECKS.to_owned(), format!("{PROD}/check")] {
        let second = world.as_caller(Caller::Program, "POST", &path).await;
        second.assert_problem(409, "check-running", &[]);
        assert_eq!(second.header("location"), address);
    }
    world.cloud.go_on.notify_one();
    assert_eq!(ended(&world, &address).await["state"], "done");
    let again = start(&world).await;
    world.cloud.go_on.notify_one();
    ended(&world, &again).await;
}

#[tokio::test]
async fn a_check_is_cancelled_and_its_report_is_not_kept() {
    let world = slow().await;
    let address = start(&world).await;
    world.cloud.began.notified().await;
    let cancel = format!("{address}/cancel");
    let asked = world.as_caller(Caller::Program, "POST", &cancel).await;
    assert_eq!(asked.status, 202, "{}", asked.body);
    assert_eq!(asked.json()["cancelling"], true);
    let told = follow(&world, &address, None).await;
    assert_eq!(told.last().unwrap().2["state"], "cancelled");
    let check = ended(&world, &address).await;
    assert_eq!(
        (&check["report"], &check["cancelling"]),
        (&Value::Null, &json!(false))
    );
    world
        .get(&format!("{PROD}/check"))
        .await
        .assert_problem(404, "not-found", &[]);
    let late = world.as_caller(Caller::Program, "POST", &cancel).await;
    late.assert_problem(409, "conflict", &[]);
    world.cloud.go_on.notify_one();
    let again = start(&world).await;
    assert_eq!(ended(&world, &again).await["state"], "done");
}

#[tokio::test]
async fn a_check_that_fails_says_why() {
    let world = World::with_provider("prod", key::NO_CHECK).await;
    let check = ended(&world, &start(&world).await).await;
    assert_eq!(check["state"], "failed");
    assert_eq!(check["failure"]["code"], "aws-unavailable");
    let first = world.get(CHECKS).await.json()["items"][1].clone();
    assert_eq!(
        first["state"], "failed",
        "the check of adding is in the history"
    );
}

#[tokio::test]
async fn when_the_server_stops_what_runs_is_noted_as_interrupted() {
    let world = slow().await;
    let address = start(&world).await;
    world.cloud.began.notified().await;
    world.runs.end_by(Instant::now()).await;
    let check = world.get(&address).await.json();
    assert_eq!(check["state"], "interrupted", "{check}");
    assert_eq!(check["failure"], Value::Null);
}

#[tokio::test]
async fn what_a_killed_server_left_is_noted_at_the_next_start() {
    let world = slow().await;
    let actor = commissary_core::Actor::process("test", commissary_core::Origin::local());
    let how = commissary_core::CheckHow::default();
    let begun = world
        .product
        .begin_check(&actor, "team-a", "prod", how)
        .await;
    let address = format!("{CHECKS}/{}", begun.unwrap().id());
    assert_eq!(world.get(&address).await.json()["state"], "running");
    assert_eq!(world.product.interrupt_abandoned_checks().await.unwrap(), 1);
    assert_eq!(world.get(&address).await.json()["state"], "interrupted");
    assert_eq!(world.product.interrupt_abandoned_checks().await.unwrap(), 0);
    // Without a next start it is seen as such when nobody said that it runs.
    let how = commissary_core::CheckHow::default();
    let begun = world
        .product
        .begin_check(&actor, "team-a", "prod", how)
        .await;
    let address = format!("{CHECKS}/{}", begun.unwrap().id());
    world.clock.advance_hours(1);
    assert_eq!(world.get(&address).await.json()["state"], "interrupted");
    let again = start(&world).await;
    world.cloud.go_on.notify_one();
    assert_eq!(ended(&world, &again).await["state"], "done");
}

#[tokio::test]
async fn what_is_no_check_of_this_provider_is_not_there() {
    let world = World::with_provider("prod", key::READY).await;
    world.add(provider_body("other", key::READY)).await;
    let other = world.get(&CHECKS.replace("prod", "other")).await.json();
    let other = other["items"][0]["id"].as_str().unwrap().to_owned();
    for id in [
        other.as_str(),
        "0197c8a1-7d3e-7c52-8f00-2f6a1c9e4b11",
        "x",
        "%22",
    ] {
        for (method, path) in [("GET", ""), ("GET", "/events"), ("POST", "/cancel")] {
            let path = format!("{CHECKS}/{id}{path}");
            let answer = world.as_caller(Caller::Program, method, &path).await;
            answer.assert_problem(404, "not-found", &[]);
        }
    }
}
