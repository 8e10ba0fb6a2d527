//! `/api/v1/workspaces/{workspace}/infrastructure-providers`.

use serde_json::{Value, json};

use crate::support::{Caller, SECRET, TOKEN, World, key, provider_body};

const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";

#[tokio::test]
async fn a_provider_is_added_checked_and_read_back_without_its_secret() {
    let world = World::with_workspace().await;
    let mut body = provider_body("prod", key::READY);
    body["features"] = json!(["ec2"]);
    body["authentication"]["secretAccessKey"] = json!(format!("{SECRET}\n"));
    let added = world.add(body).await;
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(added.header("location"), format!("{PROVIDERS}/prod"));
    let provider = added.json();
    for (field, value) in [
        ("name", json!("prod")),
        ("type", json!("aws")),
        (
            "authentication",
            json!({"method": "static", "accessKeyId": key::READY, "temporary": false}),
        ),
        ("region", json!("us-east-1")),
        ("release", json!("kommander-2.2")),
        ("features", json!(["ec2"])),
        ("accountId", json!("123456789012")),
        (
            "principalArn",
            json!("arn:aws:iam::123456789012:user/Kommander"),
        ),
        ("partition", json!("aws")),
        ("accessKeyId", json!(key::READY)),
        ("status", json!("ready")),
        ("refusal", Value::Null),
        (
            "notices",
            json!([{"field": "secretAccessKey", "message": "white space that was pasted along was removed"}]),
        ),
    ] {
        assert_eq!(provider[field], value, "{field}");
    }
    assert_eq!(provider["lastCheck"]["denied"], 0);
    assert!(provider["lastCheck"]["allowed"].as_u64().unwrap() > 50);

    let read = world.get(&format!("{PROVIDERS}/PROD")).await;
    assert_eq!(read.header("etag"), provider["etag"].as_str().unwrap());
    assert_eq!(added.header("etag"), read.header("etag"));
    let mut without_notices = provider;
    without_notices.as_object_mut().unwrap().remove("notices");
    assert_eq!(read.json(), without_notices);
}

#[tokio::test]
async fn every_status_is_reached() {
    for (key, status, denied) in [
        (key::READY, "ready", 0),
        (key::MISSING, "missing", 4),
        (key::PARTLY, "partlyVerified", 0),
        (key::SILENT, "notVerified", 0),
    ] {
        let world = World::with_workspace().await;
        let added = world.add(provider_body("prod", key)).await.json();
        assert_eq!(added["status"], status);
        let found = added["lastCheck"]["denied"].as_u64().unwrap();
        assert_eq!(found > 0, denied > 0, "{found}");
    }
}

#[tokio::test]
async fn what_aws_refuses_is_told_at_the_field_and_not_saved() {
    let world = World::with_workspace().await;
    for (key, field) in [
        (key::UNKNOWN, "accessKeyId"),
        (key::WRONG_SECRET, "secretAccessKey"),
    ] {
        let answer = world.add(provider_body("prod", key)).await;
        answer.assert_problem(422, "invalid-credentials", &[field]);
    }
    let mut body = provider_body("prod", key::EXPIRED);
    body["authentication"]["sessionToken"] = json!(TOKEN);
    world
        .add(body)
        .await
        .assert_problem(422, "invalid-credentials", &["sessionToken"]);
    let mut body = provider_body("prod", key::READY);
    body["region"] = json!("cn-north-1");
    world
        .add(body)
        .await
        .assert_problem(422, "invalid-credentials", &["accessKeyId"]);
    assert_eq!(world.get(PROVIDERS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn when_aws_cannot_be_asked_one_may_save_for_later() {
    let world = World::with_workspace().await;
    for (key, status, code) in [
        (key::UNREACHABLE, 503, "aws-unavailable"),
        (key::TIMED_OUT, 503, "aws-unavailable"),
        (key::THROTTLED, 503, "aws-unavailable"),
        (key::NONSENSE, 502, "aws-nonsense"),
        (key::REFUSED, 502, "aws-refused"),
    ] {
        world
            .add(provider_body("prod", key))
            .await
            .assert_problem(status, code, &[]);
    }
    let mut body = provider_body("prod", key::UNREACHABLE);
    body["verify"] = json!("later");
    let added = world.add(body).await;
    assert_eq!(added.status, 201, "{}", added.body);
    let added = added.json();
    assert_eq!(
        (&added["status"], &added["accountId"]),
        (&json!("notVerified"), &Value::Null)
    );
    assert_eq!(added["notices"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_check_that_cannot_end_does_not_unsave() {
    let world = World::with_workspace().await;
    let added = world.add(provider_body("prod", key::NO_CHECK)).await;
    assert_eq!(added.status, 201, "{}", added.body);
    let notice = added.json()["notices"][0]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        notice.starts_with("saved, but the permissions could not be checked"),
        "{notice}"
    );
    let check = format!("{PROVIDERS}/prod/check");
    world
        .get(&check)
        .await
        .assert_problem(404, "not-found", &[]);
    let answer = world.as_caller(Caller::Program, "POST", &check).await;
    answer.assert_problem(503, "aws-unavailable", &[]);
}

#[tokio::test]
async fn names_are_taken_in_any_case_and_only_in_their_workspace() {
    let world = World::with_provider("prod", key::READY).await;
    world
        .add(provider_body("PROD", key::READY))
        .await
        .assert_problem(409, "name-taken", &["name"]);
    world
        .post_json("/api/v1/workspaces", &json!({"name": "team-b"}))
        .await;
    let elsewhere = "/api/v1/workspaces/team-b/infrastructure-providers";
    let answer = world
        .post_json(elsewhere, &provider_body("prod", key::READY))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let nowhere = "/api/v1/workspaces/none/infrastructure-providers";
    world
        .get(nowhere)
        .await
        .assert_problem(404, "not-found", &[]);
    world
        .post_json(nowhere, &provider_body("prod", key::READY))
        .await
        .assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn a_check_gives_the_report() {
    let world = World::with_provider("prod", key::MISSING).await;
    let check = format!("{PROVIDERS}/prod/check");
    let report = world.as_caller(Caller::Program, "POST", &check).await;
    assert_eq!(report.status, 200, "{}", report.body);
    let report = report.json();
    assert_eq!(report["status"], "missing");
    assert_eq!(report["findings"].as_array().unwrap().len(), 114);
    assert_eq!(report["byKind"].as_array().unwrap().len(), 15);
    assert_eq!(
        report["summary"]["denied"],
        world.get(&format!("{PROVIDERS}/prod")).await.json()["lastCheck"]["denied"]
    );
    assert_eq!(world.get(&check).await.json(), report);
    let nobody = format!("{PROVIDERS}/nobody/check");
    world
        .get(&nobody)
        .await
        .assert_problem(404, "not-found", &[]);
    world
        .as_caller(Caller::Program, "POST", &nobody)
        .await
        .assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn deleting_asks_for_the_name() {
    let world = World::with_provider("prod", key::READY).await;
    for query in ["", "?confirm=", "?confirm=other", "?confirm=PROD"] {
        let answer = world
            .as_caller(
                Caller::Program,
                "DELETE",
                &format!("{PROVIDERS}/prod{query}"),
            )
            .await;
        answer.assert_problem(422, "invalid-input", &["confirm"]);
    }
    let answer = world
        .as_caller(
            Caller::Program,
            "DELETE",
            &format!("{PROVIDERS}/prod?confirm=prod"),
        )
        .await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    world
        .get(&format!("{PROVIDERS}/prod"))
        .await
        .assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn a_report_carries_what_would_mend_it_and_what_is_wrong_besides() {
    let world = World::with_provider("prod", key::MISSING).await;
    let check = format!("{PROVIDERS}/prod/check");
    let report = world.get(&check).await.json();
    let addition = report["fix"]["policy"]["Statement"][0]["Action"].as_array();
    assert!(
        addition
            .unwrap()
            .iter()
            .any(|action| action == "ec2:CreateSecurityGroup")
    );
    let boundary = &report["fix"]["elsewhere"][0];
    assert_eq!(boundary["kind"], "boundary");
    assert_eq!(boundary["named"][0]["sid"], "NoNetworks");
    assert_eq!(boundary["actions"], serde_json::json!(["ec2:CreateVpc"]));
    assert_eq!(report["excess"]["risks"][0]["severity"], "critical");
    assert_eq!(report["account"][1]["presence"], "missing");
    assert_eq!(report["account"][1]["inTheWay"], true);
    let ready = World::with_provider("prod", key::READY).await;
    assert!(ready.get(&check).await.json()["fix"].is_null());
}

#[tokio::test]
async fn a_check_takes_ways_and_an_administrators_keys() {
    let world = World::with_provider("prod", key::READY).await;
    let check = format!("{PROVIDERS}/prod/check");
    let lent = json!({"accessKeyId": key::READY, "secretAccessKey": SECRET});
    for body in [
        json!({}),
        json!({"rungs": ["simulation", "probes"], "probeExisting": true}),
        json!({"administrator": lent}),
        json!({"administrator": null}),
    ] {
        let answer = world.post_json(&check, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains(SECRET));
    }
    for (body, field) in [
        (json!({"rungs": ["guessing"]}), "rungs"),
        (json!({"probeExisting": "yes"}), "probeExisting"),
        (json!({"administrator": 1}), "administrator"),
        (
            json!({"administrator": {"accessKeyId": key::READY, "secretAccessKey": ""}}),
            "administrator.secretAccessKey",
        ),
        (json!({"dryRunElsewhere": true}), "dryRunElsewhere"),
    ] {
        let answer = world.post_json(&check, &body).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(
            answer.json()["errors"][0]["field"],
            field,
            "{}",
            answer.body
        );
    }
}
