//! People through API and console: invited, given roles, changed, and shown no
//! more than they may see.

use axum::body::Body;
use axum::http::header;
use serde_json::json;

use crate::support::{Answer, Caller, World, key};

const HERS: &str = "the password that ada chose";

/// Invites ada by the API and accepts in the console; her session.
async fn ada(world: &World, body: serde_json::Value) -> String {
    let made = world.post_json("/api/v1/invitations", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let path = made.json()["path"].as_str().unwrap().to_owned();
    let page = world.as_caller(Caller::Nobody, "GET", &path).await;
    page.assert_page(200, &["Welcome, ada", "autocomplete=\"new-password\""]);
    let token = path.split("token=").nth(1).unwrap();
    let form = |password| [("token", token), ("password", password)];
    let short = world
        .submit_as(Caller::Nobody, "/invitation", &form("short"))
        .await;
    short.assert_page(422, &["at least 15 characters", "Welcome, ada"]);
    let done = world
        .submit_as(Caller::Nobody, "/invitation", &form(HERS))
        .await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
    for again in [
        world.as_caller(Caller::Nobody, "GET", &path).await,
        world
            .submit_as(Caller::Nobody, "/invitation", &form(HERS))
            .await,
    ] {
        again.assert_page(403, &["This invitation does not work any more"]);
    }
    done.cookie("commissary-session").unwrap()
}

async fn by(world: &World, session: &str, method: &str, path: &str) -> Answer {
    let request = world
        .request(Caller::Nobody, method, path)
        .header(header::COOKIE, format!("commissary-session={session}"))
        .header("sec-fetch-site", "same-origin");
    world.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_one_has_no_role_in_is_not_told_from_what_is_not_there() {
    let world = World::with_provider("prod", key::READY).await;
    world
        .post_json("/api/v1/workspaces", &json!({"name": "team-b"}))
        .await;
    let roles = json!({"name": "ada", "roles": {"team-b": "admin"}});
    let session = ada(&world, roles).await;
    for rest in [
        "",
        "/infrastructure-providers",
        "/infrastructure-providers/prod",
        "/infrastructure-providers/prod/check",
        "/members",
    ] {
        let told = async |workspace: &str| {
            let path = format!("/api/v1/workspaces/{workspace}{rest}");
            let answer = by(&world, &session, "GET", &path).await;
            answer.assert_problem(404, "not-found", &[]);
            let id = answer.header("x-request-id").to_owned();
            answer.body.replace(workspace, "W").replace(&id, "ID")
        };
        assert_eq!(told("team-a").await, told("nothing").await, "{rest}");
    }
    let list = by(&world, &session, "GET", "/api/v1/workspaces")
        .await
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let page = by(&world, &session, "GET", "/").await;
    page.assert_page(200, &["team-b"]);
    assert!(!page.body.contains("team-a") && !page.body.contains("Create workspace"));
    let who = by(&world, &session, "GET", "/api/v1/whoami").await.json();
    assert_eq!(
        (&who["name"], &who["administrator"], &who["roles"]),
        (&json!("ada"), &json!(false), &json!({"team-b": "admin"}))
    );
}

#[tokio::test]
async fn a_viewer_is_shown_no_way_to_what_a_viewer_may_not() {
    let world = World::with_provider("prod", key::READY).await;
    let roles = json!({"name": "ada", "roles": {"team-a": "viewer"}});
    let session = ada(&world, roles).await;
    let list = "/workspaces/team-a/infrastructure-providers";
    let page = by(&world, &session, "GET", list).await;
    page.assert_page(200, &["prod"]);
    assert!(!page.body.contains("Add Infrastructure Provider"));
    let provider = by(&world, &session, "GET", &format!("{list}/prod")).await;
    provider.assert_page(200, &["prod"]);
    for way in ["Check now", "/prod/edit", "/prod/delete"] {
        assert!(!provider.body.contains(way), "{way}");
    }
    let people = by(&world, &session, "GET", "/workspaces/team-a/people").await;
    people.assert_page(200, &["ada", "viewer"]);
    assert!(!people.body.contains("Give a role") && !people.body.contains("href=\"/people\""));
}

#[tokio::test]
async fn disabling_ends_sessions_and_tokens_at_once() {
    let world = World::with_workspace().await;
    let session = ada(&world, json!({"name": "ada", "administrator": true})).await;
    let request = world
        .request(Caller::Nobody, "POST", "/api/v1/tokens")
        .header(header::COOKIE, format!("commissary-session={session}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json");
    let body = json!({"name": "ci", "expiresAt": "2026-02-01T00:00:00Z"}).to_string();
    let made = world.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let token = made.json()["token"].as_str().unwrap().to_owned();
    let with_token = async |path: &str| {
        let request = world
            .request(Caller::Nobody, "GET", path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        world.send(request.body(Body::empty()).unwrap()).await
    };
    let listed = with_token("/api/v1/tokens").await;
    assert!(!listed.body.contains(&token), "shown twice");
    assert!(
        listed.body.contains("lastUsedAt\":\"2026-01-05"),
        "{}",
        listed.body
    );

    let page = world.submit("/people/ada", &[("do", "disable")]).await;
    let told = world.follow(&page).await;
    told.assert_page(200, &["may not sign in any more", "Enable"]);
    assert_eq!(by(&world, &session, "GET", "/").await.status, 303);
    with_token("/api/v1/whoami")
        .await
        .assert_problem(401, "not-signed-in", &[]);
    world.submit("/people/ada", &[("do", "enable")]).await;
    assert_eq!(with_token("/api/v1/whoami").await.status, 200);
    assert_eq!(by(&world, &session, "GET", "/").await.status, 303);
    world.clock.advance_hours(24 * 40);
    with_token("/api/v1/whoami")
        .await
        .assert_problem(401, "not-signed-in", &[]);
}

#[tokio::test]
async fn the_last_global_administrator_stays() {
    let world = World::new().await;
    let answer = world.submit("/people/admin", &[("do", "demote")]).await;
    let told = world.follow(&answer).await;
    told.assert_page(
        200,
        &["is the last global administrator", "global administrator"],
    );
    let form = [("confirm", "admin")];
    let page = world.submit("/people/admin/delete", &form).await;
    page.assert_page(409, &["is the last global administrator"]);
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let mut world = World::with_workspace().await;
    let other = ada(&world, json!({"name": "ada", "administrator": true})).await;
    let form = [("name", "ada"), ("password", HERS)];
    let second = world.submit_as(Caller::Nobody, "/sign-in", &form).await;
    world.session = second.cookie("commissary-session").unwrap();
    let wrong = [
        ("currentPassword", "x"),
        ("password", "another password of hers"),
    ];
    let page = world.submit("/account/password", &wrong).await;
    page.assert_page(422, &["This is not your present password"]);
    let right = [
        ("currentPassword", HERS),
        ("password", "another password of hers"),
    ];
    let done = world.submit("/account/password", &right).await;
    assert_eq!(done.header("location"), "/account");
    assert_eq!(by(&world, &other, "GET", "/").await.status, 303);
    assert_eq!(world.open("/").await.status, 303);
    world.session = done.cookie("commissary-session").unwrap();
    world
        .open("/account")
        .await
        .assert_page(200, &["Your account", "this one"]);
}

#[tokio::test]
async fn a_token_made_with_a_token_reaches_no_further() {
    let world = World::with_provider("prod", key::READY).await;
    let make = async |bearer: &str, body: serde_json::Value| {
        let request = world
            .request(Caller::Nobody, "POST", "/api/v1/tokens")
            .header(header::AUTHORIZATION, format!("Bearer {bearer}"))
            .header(header::CONTENT_TYPE, "application/json");
        world
            .send(request.body(Body::from(body.to_string())).unwrap())
            .await
    };
    let narrow = json!({"name": "narrow", "role": "operator", "workspaces": ["team-a"]});
    let narrow = make(&world.token, narrow).await.json();
    let bearer = narrow["token"].as_str().unwrap();
    let wide = make(bearer, json!({"name": "wide"})).await.json();
    assert_eq!(
        (&wide["role"], &wide["workspaces"], &wide["expiresAt"]),
        (&json!("operator"), &json!(["team-a"]), &narrow["expiresAt"])
    );
    let late = json!({"name": "late", "expiresAt": "never"});
    make(bearer, late)
        .await
        .assert_problem(422, "invalid-input", &["expiresAt"]);
    let elsewhere = json!({"name": "x", "workspaces": ["nothing"]});
    make(&world.token, elsewhere)
        .await
        .assert_problem(422, "invalid-input", &["workspaces"]);
    make(&world.token, json!({"name": "narrow"}))
        .await
        .assert_problem(409, "name-taken", &["name"]);
}
