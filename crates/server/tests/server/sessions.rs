//! Setup, sign-in, sign-out, and requests that another site causes.

use axum::body::Body;
use axum::http::header;

use crate::support::{Caller, PASSWORD, World, key};

#[tokio::test]
async fn the_setup_link_makes_the_administrator_once() {
    let mut world = World::before_setup().await;
    let token = world
        .product
        .open_setup()
        .await
        .unwrap()
        .unwrap()
        .hand_over();
    let link = format!("/setup?token={}", *token);
    let page = world.as_caller(Caller::Nobody, "GET", &link).await;
    page.assert_page(
        200,
        &[
            "Welcome",
            "type=\"password\"",
            "Sandbox: nothing here reaches AWS",
        ],
    );

    let form = |password| {
        [
            ("token", token.as_str()),
            ("name", "admin"),
            ("password", password),
        ]
    };
    let short = world
        .submit_as(Caller::Nobody, "/setup", &form("too short"))
        .await;
    short.assert_page(
        422,
        &["at least 15 characters", "value=\"admin\"", "aria-invalid"],
    );

    let done = world
        .submit_as(Caller::Nobody, "/setup", &form(PASSWORD))
        .await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
    let line = done.header("set-cookie");
    assert!(
        line.ends_with("; HttpOnly; SameSite=Strict; Path=/"),
        "{line}"
    );
    world.session = done.cookie("commissary-session").unwrap();
    world
        .open("/")
        .await
        .assert_page(200, &["Workspaces", "admin"]);

    for again in [
        world.as_caller(Caller::Nobody, "GET", &link).await,
        world
            .submit_as(Caller::Nobody, "/setup", &form(PASSWORD))
            .await,
        world.as_caller(Caller::Nobody, "GET", "/setup").await,
    ] {
        again.assert_page(403, &["This setup link does not work any more"]);
    }
}

#[tokio::test]
async fn signing_in_leads_to_where_one_wanted_to_go() {
    let mut world = World::new().await;
    let wanted = "/workspaces/team-a/infrastructure-providers?cursor=YQ";
    let sent = world.as_caller(Caller::Nobody, "GET", wanted).await;
    assert_eq!(sent.status, 303);
    let to = sent.header("location").to_owned();
    let page = world.as_caller(Caller::Nobody, "GET", &to).await;
    page.assert_page(
        200,
        &["value=\"/workspaces/team-a/infrastructure-providers?cursor=YQ\""],
    );

    let form = [("name", "admin"), ("password", PASSWORD), ("next", wanted)];
    let done = world.submit_as(Caller::Nobody, "/sign-in", &form).await;
    assert_eq!(
        (done.status.as_u16(), done.header("location")),
        (303, wanted)
    );
    world.session = done.cookie("commissary-session").unwrap();
    world.open("/").await.assert_page(200, &["Workspaces"]);
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let world = World::new().await;
    for next in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        let form = [("name", "admin"), ("password", PASSWORD), ("next", next)];
        let done = world.submit_as(Caller::Nobody, "/sign-in", &form).await;
        assert_eq!(done.header("location"), "/", "{next}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_at_the_field() {
    let world = World::new().await;
    for name in ["admin", "nobody"] {
        let form = [
            ("name", name),
            ("password", "wrong wrong wrong wrong"),
            ("next", "/audit-log"),
        ];
        let answer = world.submit_as(Caller::Nobody, "/sign-in", &form).await;
        let name_shown = format!("value=\"{name}\"");
        answer.assert_page(
            422,
            &[
                "The user name or the password is wrong.",
                "role=\"alert\"",
                &name_shown,
                "value=\"/audit-log\"",
            ],
        );
        assert_eq!(answer.cookie("commissary-session"), None);
        assert!(!answer.body.contains("wrong wrong wrong"));
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let world = World::new().await;
    let answer = world.submit("/sign-out", &[]).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/sign-in")
    );
    assert_eq!(answer.cookie("commissary-session").as_deref(), Some(""));
    let after = world.open("/").await;
    assert_eq!(
        (after.status.as_u16(), after.header("location")),
        (303, "/sign-in")
    );
}

#[tokio::test]
async fn sessions_end_by_themselves() {
    let world = World::new().await;
    world.open("/").await.assert_page(200, &["Workspaces"]);
    world.clock.advance_hours(13);
    assert_eq!(world.open("/").await.status, 303);
    assert_eq!(
        world.get("/api/v1/whoami").await.json()["name"],
        "token admin.token"
    );
}

#[tokio::test]
async fn another_site_cannot_act_through_somebodys_browser() {
    let world = World::with_provider("prod", key::READY).await;
    let cookie = format!("commissary-session={}", world.session);
    let from = |path: &str, method: &str, extra: &[(&str, &str)]| {
        let mut request = world
            .request(Caller::Nobody, method, path)
            .header(header::COOKIE, &cookie);
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        world.send(request.body(Body::empty()).unwrap())
    };
    let provider = "/api/v1/workspaces/team-a/infrastructure-providers/prod";
    let delete = format!("{provider}?confirm=prod");
    for foreign in [
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("origin", "http://evil.example")],
        [("origin", "null")],
        [("x-none", "no header that tells")],
    ] {
        from(&delete, "DELETE", &foreign)
            .await
            .assert_problem(403, "cross-site", &[]);
        let page = from("/sign-out", "POST", &foreign).await;
        page.assert_page(403, &["Request from another site"]);
    }
    // Reading is not concerned, and nothing was deleted or signed out.
    let read = from(provider, "GET", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(read.status, 200, "{}", read.body);
    let own = from(&delete, "DELETE", &[("origin", "http://localhost:8080")]).await;
    assert_eq!(own.status, 204, "{}", own.body);
}

#[tokio::test]
async fn another_site_cannot_sign_somebody_in() {
    let world = World::new().await;
    let body = format!("name=admin&password={}", PASSWORD.replace(' ', "+"));
    let request = world
        .request(Caller::Nobody, "POST", "/sign-in")
        .header("origin", "http://evil.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = world.send(request.body(Body::from(body)).unwrap()).await;
    answer.assert_page(403, &["Request from another site"]);
    assert_eq!(answer.cookie("commissary-session"), None);
}
