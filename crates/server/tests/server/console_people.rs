//! The pages about people: what is refused at which field, and what is shown whole.

use axum::body::Body;
use axum::http::header;
use serde_json::json;

use crate::support::{Caller, PASSWORD, World, key};

/// More than a page of a list holds.
const MANY: usize = 203;

#[tokio::test]
async fn a_role_that_cannot_be_read_is_refused_and_nobody_is_invited_without_it() {
    let world = World::with_workspace().await;
    for role in ["owner team-a", "viewer", "viewerteam-a"] {
        let fields = [("name", "ada"), ("role", ""), ("role", role)];
        let refused = world.submit("/people", &fields).await;
        refused.assert_page(
            422,
            &[
                "Write a role and a workspace",
                "value=\"ada\"",
                "roles-fault",
            ],
        );
    }
    let open = world.get("/api/v1/invitations").await.json();
    assert_eq!(open["items"], json!([]));
    // A workspace where none was chosen is left out, as the form sends it.
    let fields = [("name", "ada"), ("role", ""), ("role", "viewer team-a")];
    world
        .submit("/people", &fields)
        .await
        .assert_page(200, &["ada"]);
    let open = world.get("/api/v1/invitations").await.json();
    assert_eq!(open["items"][0]["roles"], json!({"team-a": "viewer"}));
}

#[tokio::test]
async fn every_open_invitation_is_on_the_page() {
    let world = World::with_workspace().await;
    for number in 0..MANY {
        let name = format!("guest {number:03}");
        let new = json!({"name": name, "roles": {"team-a": "viewer"}, "administrator": false});
        let made = world.post_json("/api/v1/invitations", &new).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let page = world.open("/people").await;
    page.assert_page(200, &["guest 000", "guest 100", "guest 202"]);
}

#[tokio::test]
async fn a_form_that_was_sent_too_often_says_when_to_send_it_again() {
    let world = World::new().await;
    let wrong = [("name", "admin"), ("password", "not the password")];
    let mut answer = world.submit_as(Caller::Nobody, "/sign-in", &wrong).await;
    for _ in 0..100 {
        if answer.status == 429 {
            break;
        }
        answer = world.submit_as(Caller::Nobody, "/sign-in", &wrong).await;
    }
    answer.assert_page(429, &["Sign-in went wrong too often; try again in "]);
}

#[tokio::test]
async fn a_session_is_told_by_a_short_name_of_its_browser() {
    let world = World::new().await;
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let form = format!("name=admin&password={}", PASSWORD.replace(' ', "+"));
    let request = world
        .request(Caller::Nobody, "POST", "/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::USER_AGENT, agent);
    let begun = world.send(request.body(Body::from(form)).unwrap()).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let short = format!("<span title=\"{agent}\">Firefox on Linux</span>");
    world.open("/account").await.assert_page(200, &[&short]);
}

/// Whoever may not make a change is told that, and not how to make it.
#[tokio::test]
async fn rights_are_asked_before_what_a_change_is_of() {
    let world = World::with_provider("prod", key::READY).await;
    let made = world
        .post_json("/api/v1/workspaces", &json!({"name": "team-b"}))
        .await;
    assert_eq!(made.status, 201);
    for (name, token, status, code) in [
        ("viewer", json!({"role": "viewer"}), 403, "forbidden"),
        (
            "stranger",
            json!({"workspaces": ["team-b"]}),
            404,
            "not-found",
        ),
        (
            "operator",
            json!({"role": "operator"}),
            428,
            "precondition-required",
        ),
    ] {
        let mut body = token;
        body["name"] = json!(name);
        let made = world.post_json("/api/v1/tokens", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let token = made.json()["token"].as_str().unwrap().to_owned();
        let path = "/api/v1/workspaces/team-a/infrastructure-providers/prod";
        let request = world
            .request(Caller::Nobody, "PATCH", path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        let answer = world.send(request.body(Body::from("{}")).unwrap()).await;
        answer.assert_problem(status, code, &[]);
    }
}
