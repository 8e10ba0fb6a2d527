//! What strangers try at sign-in, and that none of it works.

use axum::body::Body;
use axum::http::header;
use commissary_core::Origin;
use commissary_core::people::{PasswordInput, SignInFrom};
use commissary_server::Transport;

use crate::support::{Answer, Caller, PASSWORD, World};

const WRONG: &str = "not the password at all";

async fn attempt(world: &World, name: &str, password: &str, cookies: &str) -> Answer {
    let text = |text: &str| text.replace(' ', "+");
    let request = world
        .request(Caller::Nobody, "POST", "/sign-in")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookies)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = format!("name={}&password={}", text(name), text(password));
    let answer = world.send(request.body(Body::from(body)).unwrap()).await;
    world.shown(Caller::Nobody, answer).await
}

#[tokio::test]
async fn a_session_that_was_planted_is_not_taken_over() {
    let mut world = World::new().await;
    let before = world.session.clone();
    // The attacker's own session, and a token that nobody has.
    let made_up = format!("cmss_{}", "A".repeat(49));
    for planted in [before.as_str(), made_up.as_str()] {
        let cookies = format!("commissary-session={planted}");
        let done = attempt(&world, "admin", PASSWORD, &cookies).await;
        let fresh = done.cookie("commissary-session").unwrap();
        assert_ne!(fresh, planted);
        world.session = planted.to_owned();
        // The browser's session before it has ended.
        assert_eq!(world.open("/").await.status, 303);
        world.session = fresh;
        world.open("/").await.assert_page(200, &["Workspaces"]);
    }
}

#[tokio::test]
async fn an_unknown_user_and_a_wrong_password_are_answered_alike() {
    let world = World::new().await;
    let told = async |name: &str| {
        let mut answers = Vec::new();
        for _ in 0..7 {
            let page = attempt(&world, name, WRONG, "").await;
            let shown = page.body.replace(name, "NAME");
            answers.push((page.status.as_u16(), shown));
        }
        answers
    };
    let (known, unknown) = (told("admin").await, told("nobody").await);
    assert_eq!(known, unknown);
    let statuses: Vec<u16> = known.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429]);
}

#[tokio::test]
async fn guessing_locks_nobody_out() {
    let world = World::new().await;
    let done = attempt(&world, "admin", PASSWORD, "").await;
    let mark = done.cookie("commissary-browser").unwrap();
    // From an address that nobody signed in from: the one of before is known now.
    let stranger = |password: &str| {
        let from = SignInFrom::new(Origin::at("198.51.100.7"));
        let password = PasswordInput::new(password.to_owned());
        world.product.sign_in("admin", password, from)
    };
    for _ in 0..5 {
        assert!(stranger(WRONG).await.is_err());
    }
    // The right password too has to wait there, so that guessing is slow.
    let refused = stranger(PASSWORD).await.err().unwrap();
    assert!(refused.to_string().contains("try again in"), "{refused}");
    // From the known address and from the known browser it does not.
    attempt(&world, "admin", PASSWORD, "")
        .await
        .cookie("commissary-session")
        .unwrap();
    let mut elsewhere = SignInFrom::new(Origin::at("203.0.113.9"));
    elsewhere.mark = Some(mark.into());
    let password = PasswordInput::new(PASSWORD.to_owned());
    assert!(
        world
            .product
            .sign_in("admin", password, elsewhere)
            .await
            .is_ok()
    );
    // A day later everything is forgotten.
    world.clock.advance_hours(25);
    assert!(stranger(PASSWORD).await.is_ok());
}

#[tokio::test]
async fn programs_are_told_when_to_try_again() {
    let world = World::new().await;
    let body = serde_json::json!({"name": "admin", "password": WRONG, "tokenName": "x"});
    let log_in = async || {
        let request = world
            .request(Caller::Nobody, "POST", "/api/v1/login")
            .header(header::CONTENT_TYPE, "application/json");
        world
            .send(request.body(Body::from(body.to_string())).unwrap())
            .await
    };
    for _ in 0..5 {
        log_in()
            .await
            .assert_problem(422, "invalid-input", &["password"]);
    }
    let refused = log_in().await;
    refused.assert_problem(429, "too-many-attempts", &[]);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
}

#[tokio::test]
async fn over_tls_the_cookie_is_the_hosts_alone() {
    let world = World::new().await;
    let body = format!("name=admin&password={}", PASSWORD.replace(' ', "+"));
    let mut request = world
        .request(Caller::Nobody, "POST", "/sign-in")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    request.extensions_mut().insert(Transport::Tls);
    let done = world.send(request).await;
    let lines: Vec<&str> = done
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert!(line.starts_with("__Host-commissary-"), "{line}");
        for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/", "; Secure"] {
            assert!(line.contains(part), "{line}");
        }
        assert!(!line.contains("Domain"), "{line}");
    }
    // A cookie of the plain name is nothing there.
    let mut request = world
        .request(Caller::Browser, "GET", "/")
        .body(Body::empty())
        .unwrap();
    request.extensions_mut().insert(Transport::Tls);
    assert_eq!(world.send(request).await.status, 303);
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends_before_one_in_use() {
    let world = World::new().await;
    for _ in 0..11 {
        world.open("/").await.assert_page(200, &["Workspaces"]);
        world.clock.advance_hours(1);
    }
    world.open("/").await.assert_page(200, &["Workspaces"]);
    world.clock.advance_hours(1);
    assert_eq!(world.open("/").await.status, 303);

    let world = World::new().await;
    world.clock.advance_hours(2);
    assert_eq!(world.open("/").await.status, 303);
}
