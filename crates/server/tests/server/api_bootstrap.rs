//! A user is made, and taken back, with an administrator's keys.

use axum::body::Body;
use axum::http::header;
use serde_json::{Value, json};

use crate::support::{Caller, Luck, SECRET, World, events, key};

const BOOTSTRAP: &str = "/api/v1/workspaces/team-a/bootstrap";
const PLAN: &str = "/api/v1/workspaces/team-a/bootstrap/plan";
const UNDO: &str = "/api/v1/workspaces/team-a/bootstrap/undo";

/// A user as it is asked for, with what else is said.
fn user(more: Value) -> Value {
    let mut body = json!({
        "administrator": {"accessKeyId": key::READY, "secretAccessKey": SECRET},
        "userName": "Kommander",
        "selfCheck": true,
    });
    let fields = body.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    body
}

async fn audited(world: &World) -> Vec<String> {
    let log = world.get("/api/v1/audit-events").await.json();
    let items = log["items"].as_array().unwrap().iter().rev();
    let shown = |item: &Value| {
        let text = |name: &str| item[name].as_str().unwrap().to_owned();
        format!("{} {} {}", text("action"), text("target"), text("outcome"))
    };
    items.map(shown).collect()
}

#[tokio::test]
async fn a_plan_tells_what_would_be_done_and_does_nothing() {
    let world = World::with_workspace().await;
    let plan = world.post_json(PLAN, &user(json!({}))).await;
    assert_eq!(plan.status, 200, "{}", plan.body);
    let plan = plan.json();
    assert_eq!(plan["accountId"], "123456789012");
    assert_eq!(
        (&plan["changes"], &plan["provider"]),
        (&json!(true), &json!("Kommander"))
    );
    assert_eq!(plan["lines"][0]["step"], "user");
    assert_eq!(plan["inTheWay"], Value::Null);
    let list = world.get("/api/v1/workspaces/team-a/infrastructure-providers");
    assert_eq!(list.await.json()["items"], json!([]));
    assert!(
        audited(&world)
            .await
            .iter()
            .all(|entry| !entry.starts_with("user.make"))
    );
}

#[tokio::test]
async fn a_user_is_made_and_its_key_is_a_provider_that_is_checked() {
    let world = World::with_workspace().await;
    let made = world
        .post_json(BOOTSTRAP, &user(json!({"provider": "prod"})))
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let address = "/api/v1/workspaces/team-a/infrastructure-providers/prod";
    assert_eq!(made.header("location"), address);
    let made = made.json();
    assert_eq!(made["madeKey"], true);
    assert_eq!(made["provider"]["accessKeyId"], key::READY);
    assert_eq!(made["provider"]["status"], "ready");
    assert_eq!(
        made["page"],
        "/workspaces/team-a/infrastructure-providers/prod"
    );
    assert_eq!(world.get(address).await.json(), made["provider"]);
    // Once more: nothing is made, and the same is there.
    let again = world
        .post_json(BOOTSTRAP, &user(json!({"provider": "prod"})))
        .await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(again.json()["madeKey"], false);
    let log = audited(&world).await;
    let expected = [
        "user.make 123456789012/Kommander done",
        "provider.add team-a/prod done",
        "user.made 123456789012/Kommander done",
    ];
    let found = log
        .windows(3)
        .any(|three| three.iter().map(String::as_str).eq(expected));
    assert!(found, "{log:#?}");
}

#[tokio::test]
async fn each_step_is_told_and_then_the_result() {
    let world = World::with_workspace().await;
    let request = world
        .request(Caller::Program, "POST", BOOTSTRAP)
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/json");
    let body = Body::from(user(json!({})).to_string());
    let answer = world.send(request.body(body).unwrap()).await;
    let events = events(&answer);
    let (last, steps) = events.split_last().unwrap();
    assert_eq!(last.0, "result");
    let told: Vec<&str> = steps
        .iter()
        .map(|(_, data)| data["event"].as_str().unwrap())
        .collect();
    assert!(
        told.starts_with(&["looking", "done", "saved", "done", "waiting", "checking"]),
        "{told:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_meant_is_told_at_its_field_before_aws_is_asked() {
    let world = World::with_workspace().await;
    for (more, fields) in [
        (
            json!({"userName": "a b", "provider": "ab"}),
            &["userName"][..],
        ),
        (json!({"policyName": "x/y"}), &["policyName"]),
        (json!({"path": "x"}), &["path"]),
        (
            json!({"permissionsBoundary": "limit"}),
            &["permissionsBoundary"],
        ),
        (json!({"tags": ["team"]}), &["tags"]),
        (json!({"tags": ["aws:x=y"]}), &["tags"]),
        (
            json!({"release": "none", "region": "here"}),
            &["region", "release"],
        ),
        (
            json!({"newKey": true, "replaceKey": key::READY}),
            &["newKey"],
        ),
        (json!({"replaceKey": "x"}), &["replaceKey"]),
        (
            json!({"administrator": {}}),
            &["administrator.accessKeyId", "administrator.secretAccessKey"],
        ),
        (json!({"else": 1}), &["else"]),
    ] {
        for path in [PLAN, BOOTSTRAP] {
            let refused = world.post_json(path, &user(more.clone())).await;
            refused.assert_problem(422, "invalid-input", fields);
        }
    }
    let wrong =
        json!({"administrator": {"accessKeyId": key::WRONG_SECRET, "secretAccessKey": SECRET}});
    let refused = world.post_json(BOOTSTRAP, &user(wrong)).await;
    refused.assert_problem(
        422,
        "invalid-credentials",
        &["administrator.secretAccessKey"],
    );
}

#[tokio::test]
async fn a_key_that_others_have_is_in_the_way_and_said_in_the_words_of_the_api() {
    let world = World::with_workspace().await;
    world.accounts.has_user();
    let plan = world.post_json(PLAN, &user(json!({}))).await.json();
    assert_eq!(plan["inTheWay"]["field"], "newKey");
    assert!(
        plan["inTheWay"]["message"]
            .as_str()
            .unwrap()
            .contains("`newKey`")
    );
    let refused = world.post_json(BOOTSTRAP, &user(json!({}))).await;
    refused.assert_problem(422, "invalid-input", &["newKey"]);
    let log = audited(&world).await;
    assert_eq!(
        log.last().unwrap(),
        "user.made 123456789012/Kommander refused"
    );
    // Nor is a provider of another user taken for this one's.
    let world = World::with_provider("prod", key::MISSING).await;
    world.accounts.has_user();
    let refused = world
        .post_json(BOOTSTRAP, &user(json!({"provider": "prod"})))
        .await;
    refused.assert_problem(422, "invalid-input", &["provider"]);
}

#[tokio::test]
async fn what_a_run_noted_is_known_to_the_next_one_and_done_with_after_that() {
    let world = World::with_workspace().await;
    *world.accounts.luck.lock().unwrap() = Luck::Lost;
    let lost = world.post_json(BOOTSTRAP, &user(json!({}))).await;
    lost.assert_problem(503, "aws-unavailable", &[]);
    assert!(lost.body.contains("do the same again"), "{}", lost.body);
    *world.accounts.luck.lock().unwrap() = Luck::Good;
    let made = world.post_json(BOOTSTRAP, &user(json!({}))).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert!(*world.accounts.interrupted.lock().unwrap());
    let again = world.post_json(BOOTSTRAP, &user(json!({}))).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert!(!*world.accounts.interrupted.lock().unwrap());
}

#[tokio::test]
async fn one_user_is_made_by_one_run_at_a_time() {
    let world = World::with_workspace().await;
    *world.accounts.luck.lock().unwrap() = Luck::Slow;
    let body = user(json!({}));
    let first = world.post_json(BOOTSTRAP, &body);
    let second = async {
        world.accounts.began.notified().await;
        *world.accounts.luck.lock().unwrap() = Luck::Good;
        let other_case = user(json!({"userName": "KOMMANDER"}));
        let second = world.post_json(BOOTSTRAP, &other_case).await;
        second.assert_problem(409, "conflict", &[]);
        world.accounts.go_on.notify_one();
    };
    let (first, ()) = tokio::join!(first, second);
    assert_eq!(first.status, 201, "{}", first.body);
}

#[tokio::test]
async fn names_that_iam_does_not_take_are_told_before_it_is_asked_what_to_take_back() {
    let world = World::with_provider("prod", key::READY).await;
    let body = json!({
        "administrator": {"accessKeyId": key::READY, "secretAccessKey": SECRET},
        "userName": "a b",
        "policyName": "x".repeat(129),
        "plan": true,
    });
    let path = "/api/v1/workspaces/team-a/bootstrap/undo";
    let answer = world.post_json(path, &body).await;
    answer.assert_problem(422, "invalid-input", &["userName", "policyName"]);
}

#[tokio::test]
async fn a_user_is_taken_back_by_its_name() {
    let world = World::with_workspace().await;
    assert_eq!(
        world.post_json(BOOTSTRAP, &user(json!({}))).await.status,
        201
    );
    let go = |more: Value| {
        let mut body = json!({
            "administrator": {"accessKeyId": key::READY, "secretAccessKey": SECRET},
            "userName": "Kommander",
        });
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    let plan = world
        .post_json(UNDO, &go(json!({"plan": true})))
        .await
        .json();
    assert_eq!(plan["lines"][0]["state"], "removed");
    for confirm in [json!({}), json!({"confirm": "kommander"})] {
        let refused = world.post_json(UNDO, &go(confirm)).await;
        refused.assert_problem(422, "invalid-input", &["confirm"]);
    }
    let gone = world
        .post_json(UNDO, &go(json!({"confirm": "Kommander"})))
        .await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    let plan = world
        .post_json(UNDO, &go(json!({"plan": true})))
        .await
        .json();
    assert_eq!(
        (&plan["changes"], &plan["lines"]),
        (&json!(false), &json!([]))
    );
    let refused = world
        .post_json(UNDO, &go(json!({"userName": "a b", "plan": true})))
        .await;
    refused.assert_problem(422, "invalid-input", &["userName"]);
}

#[tokio::test]
async fn a_release_prints_it_for_other_tools_without_any_keys() {
    let world = World::new().await;
    let path = "/api/v1/releases/kommander-2.2/bootstrap";
    for (tool, piece) in [
        ("aws-cli", "aws iam create-user"),
        ("cloudformation", "AWS::IAM::User"),
        ("terraform", "resource \"aws_iam_user\""),
    ] {
        let query =
            format!("{path}?tool={tool}&userName=builder&feature=ec2&selfCheck=true&tag=team%3Da");
        let printed = world.get(&query).await;
        assert_eq!(printed.status, 200, "{}", printed.body);
        assert_eq!(printed.header("content-type"), "text/plain; charset=utf-8");
        assert!(
            printed.body.contains(piece) && printed.body.contains("builder"),
            "{}",
            printed.body
        );
    }
    let china = world
        .get(&format!(
            "{path}?tool=terraform&nodeRoles=true&region=cn-north-1"
        ))
        .await;
    assert!(china.body.contains("arn:aws-cn:"), "{}", china.body);
    for (query, field) in [
        ("", "tool"),
        ("tool=pulumi", "tool"),
        ("tool=terraform&userName=a%20b", "userName"),
        ("tool=terraform&selfCheck=1", "selfCheck"),
        ("tool=terraform&tag=x", "tags"),
        ("tool=terraform&features=ec2", "query"),
    ] {
        let refused = world.get(&format!("{path}?{query}")).await;
        refused.assert_problem(422, "invalid-input", &[field]);
    }
}
