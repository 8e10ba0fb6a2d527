//! What an operator watches.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::body::Body;
use commissary_core::ports::{CallOutcome, Happening, Meter as _};
use nom_openmetrics::Sample;
use nom_openmetrics::parser::prometheus;
use serde_json::json;

use crate::support::{Answer, Caller, World, key, provider_body};

const PATH: &str = "/metrics";

/// Reads all of it with a parser that is not ours.
fn parsed(answer: &Answer) -> Vec<Sample<'_>> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let (rest, families) = prometheus(&answer.body).unwrap();
    assert_eq!(rest, "", "not read");
    families
        .into_iter()
        .flat_map(|family| family.samples)
        .collect()
}

/// The value of the one series with these labels.
fn value(samples: &[Sample<'_>], name: &str, labels: &[(&str, &str)]) -> f64 {
    let has = |sample: &Sample<'_>, (name, value): &(&str, &str)| {
        let mut labels = sample.labels().iter();
        labels.any(|label| label.name == *name && label.value == *value)
    };
    let mut found = samples
        .iter()
        .filter(|sample| sample.name() == name && labels.iter().all(|label| has(sample, label)));
    let sample = found.next();
    let sample = sample.unwrap_or_else(|| panic!("no {name} {labels:?}"));
    assert!(found.next().is_none(), "more than one {name} {labels:?}");
    sample.number()
}

#[tokio::test]
async fn what_happened_is_counted() {
    let world = World::with_provider("prod", key::READY).await;
    let route = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}";
    let prod = route
        .replace("{workspace}", "team-a")
        .replace("{name}", "prod");
    assert_eq!(world.get(&prod).await.status, 200);
    assert_eq!(world.get(&prod).await.status, 200);
    world
        .get("/api/v1/workspaces/nobodys/infrastructure-providers/x")
        .await;
    let wrong = [("name", "admin"), ("password", "not the password")];
    world.submit_as(Caller::Nobody, "/sign-in", &wrong).await;

    let before = world.get(PATH).await;
    let before = parsed(&before);
    let found = [("method", "GET"), ("route", route), ("status", "200")];
    let requests = "commissary_http_requests_total";
    assert_eq!(value(&before, requests, &found), 2.0);
    let missing = [("method", "GET"), ("route", route), ("status", "404")];
    assert_eq!(value(&before, requests, &missing), 1.0);
    let asked = [("method", "GET"), ("route", route)];
    let durations = "commissary_http_request_duration_seconds_count";
    assert_eq!(value(&before, durations, &asked), 3.0);
    let refusals = "commissary_sign_ins_refused_total";
    assert_eq!(value(&before, refusals, &[("reason", "unproven")]), 1.0);
    // That of the administrator, who was set up.
    assert_eq!(value(&before, "commissary_sessions", &[]), 1.0);
    let done = [("state", "done")];
    let ended = "commissary_checks_ended_total";
    assert_eq!(value(&before, ended, &done), 1.0);
    let verdicts = "commissary_check_permissions_total";
    assert!(value(&before, verdicts, &[("verdict", "allowed")]) > 0.0);
    assert_eq!(
        value(&before, "commissary_checks", &[("state", "running")]),
        0.0
    );
    let version = [("version", "0.0.0-test")];
    assert_eq!(value(&before, "commissary_build_info", &version), 1.0);

    // Everything that was written has its entry.
    let entries = "commissary_audit_entries_total";
    let made = world
        .post_json("/api/v1/workspaces", &json!({"name": "team-b"}))
        .await;
    assert_eq!(made.status, 201);
    let after = world.get(PATH).await;
    let after = parsed(&after);
    assert_eq!(
        value(&after, entries, &[]),
        value(&before, entries, &[]) + 1.0
    );
}

#[tokio::test]
async fn a_check_that_runs_is_counted_as_such() {
    let world = World::with_workspace().await;
    let mut body = provider_body("slow", key::SLOW);
    body["verify"] = json!("later");
    world.add(body).await;
    let checks = "/api/v1/workspaces/team-a/infrastructure-providers/slow/checks";
    let started = world.post_json(checks, &json!({})).await;
    assert_eq!(started.status, 202, "{}", started.body);
    let answer = world.get(PATH).await;
    let scrape = parsed(&answer);
    let running = [("state", "running")];
    assert_eq!(value(&scrape, "commissary_checks", &running), 1.0);
    let lapsed = [("state", "lapsed")];
    assert_eq!(value(&scrape, "commissary_checks", &lapsed), 0.0);
    world.cloud.go_on.notify_one();
}

#[tokio::test]
async fn whoever_sees_every_workspace_may_look_and_nobody_else() {
    let world = World::with_workspace().await;
    let nobody = world.as_caller(Caller::Nobody, "GET", PATH).await;
    nobody.assert_problem(401, "not-signed-in", &[]);
    for (name, workspaces, status) in [
        ("prometheus", json!(null), 200),
        ("team", json!(["team-a"]), 403),
    ] {
        let body =
            json!({"name": name, "readOnly": true, "role": "viewer", "workspaces": workspaces});
        // A token for a person, so that it can be narrowed.
        let made = world.request(Caller::Browser, "POST", "/api/v1/tokens");
        let made = made.header("content-type", "application/json");
        let made = world
            .send(made.body(Body::from(body.to_string())).unwrap())
            .await;
        assert_eq!(made.status, 201, "{}", made.body);
        let token = made.json()["token"].as_str().unwrap().to_owned();
        let request = world.request(Caller::Nobody, "GET", PATH);
        let request = request.header("authorization", format!("Bearer {token}"));
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[tokio::test]
async fn nothing_that_was_typed_becomes_a_label() {
    let world = World::with_provider("canary-provider", key::READY).await;
    for path in [
        "/canary-path",
        "/api/v1/workspaces/canary-workspace",
        "/people/canary-person",
        "/api/v1/releases?canary-query=1",
    ] {
        for method in ["GET", "POST", "CANARY-METHOD"] {
            world.as_caller(Caller::Program, method, path).await;
        }
    }
    let answer = world.get(PATH).await;
    let scrape = parsed(&answer);
    for typed in ["canary", "CANARY", "team-a", "admin"] {
        assert!(!answer.body.contains(typed), "{typed}: {}", answer.body);
    }
    let odd = [("method", "other"), ("route", "none"), ("status", "404")];
    assert!(value(&scrape, "commissary_http_requests_total", &odd) >= 1.0);
}

/// The names that are served: of a histogram the one that it is asked by.
fn families(body: &str) -> BTreeSet<String> {
    let types = body.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    types
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn names_follow_the_conventions_and_are_those_of_the_documentation() {
    let world = World::with_provider("prod", key::READY).await;
    // A call to the cloud, which the table of these tests does not make.
    let metrics = &world.metrics;
    metrics.count(Happening::CloudCall {
        service: "EC2",
        outcome: CallOutcome::Throttled,
    });
    let answer = world.get(PATH).await;
    let scrape = parsed(&answer);
    let throttled = [("service", "EC2"), ("outcome", "throttled")];
    assert_eq!(
        value(&scrape, "commissary_aws_calls_total", &throttled),
        1.0
    );

    let served = families(&answer.body);
    for line in answer
        .body
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
    {
        let (name, kind) = line.split_once(' ').unwrap();
        assert!(name.starts_with("commissary_"), "{name}");
        assert_eq!(name.ends_with("_total"), kind == "counter", "{line}");
        assert!(answer.body.contains(&format!("# HELP {name} ")), "{name}");
    }

    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/how-to/watch-it.md");
    let guide = fs::read_to_string(guide).unwrap();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = guide.split(|c| !is_word(c));
    let told: BTreeSet<String> = words
        .filter(|word| word.starts_with("commissary_"))
        .map(|word| word.trim_end_matches("_bucket").to_owned())
        .collect();
    assert_eq!(told, served);
}
