//! A form is led on to a page, whether it was done or not, so that going back to it or reloading it
//! sends nothing again; and a secret that is handed over is shown once.

use commissary_server::{Access, Area, routes};

use crate::support::{Answer, Caller, SECRET, World, key, provider_form};

const NEW: &str = "/workspaces/team-a/infrastructure-providers/new";

/// What the form carries, so that it is done once.
fn once(page: &Answer) -> String {
    let rest = page.body.split("name=\"once\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn as_browser(world: &World, path: &str) -> Answer {
    world.as_caller(Caller::Browser, "GET", path).await
}

#[tokio::test]
async fn a_form_that_is_refused_leads_on_to_its_page() {
    let world = World::with_workspace().await;
    let sent = provider_form(key::WRONG_SECRET);
    let answer = world.post_form(Caller::Browser, NEW, &sent).await;
    let to = answer.header("location").to_owned();
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(to.starts_with(&format!("{NEW}?kept=")), "{to}");
    assert!(!to.contains(SECRET), "{to}");
    for _ in 0..2 {
        let page = as_browser(&world, &to).await;
        page.assert_page(422, &["id=\"secretAccessKey-fault\"", "value=\"prod\""]);
    }
    // It is for whom it was made, and for a while.
    let other = world.as_caller(Caller::Program, "GET", &to).await;
    assert_eq!(other.header("location"), NEW);
    let nobody = world.as_caller(Caller::Nobody, "GET", &to).await;
    assert!(nobody.header("location").starts_with("/sign-in?next="));
    world.clock.advance_hours(1);
    let late = as_browser(&world, &to).await;
    assert_eq!(late.header("location"), NEW);
    world
        .follow(&late)
        .await
        .assert_page(200, &["is not kept any more"]);
}

#[tokio::test]
async fn no_form_is_answered_with_a_page() {
    let world = World::with_provider("prod", key::READY).await;
    let mut led_on = 0;
    let forms = routes()
        .iter()
        .filter(|route| route.method == "POST" && route.area == Area::Console);
    // Signing out comes last: nobody is there then.
    let (ends, others): (Vec<_>, Vec<_>) = forms.partition(|route| route.path == "/sign-out");
    for route in others.into_iter().chain(ends) {
        let path = route
            .path
            .replace("{workspace}", "team-a")
            .replace("{name}", "prod")
            .replace("{user}", "admin")
            .replace("{cluster}", "capi")
            .replace("{id}", "0198c0de-0000-7000-8000-000000000001");
        let caller = match route.access {
            Access::Public => Caller::Nobody,
            Access::SignedIn => Caller::Browser,
        };
        let answer = world.post_form(caller, &path, &[("x", "y")]).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        let page = world.shown(caller, answer).await;
        assert_ne!(page.status, 405, "{path} leads to no page");
        led_on += 1;
    }
    println!("{led_on} forms are led on");
    assert!(led_on >= 28, "{led_on}");
}

#[tokio::test]
async fn a_token_is_made_once_and_shown_once() {
    let world = World::new().await;
    let page = once(&world.open("/account").await);
    let form = [("name", "ci"), ("once", page.as_str())];
    let send = || world.post_form(Caller::Browser, "/account/tokens", &form);
    let (first, second) = tokio::join!(send(), send());
    let third = send().await;
    let to = first.header("location").to_owned();
    assert!(to.starts_with("/account?kept="), "{to}");
    for other in [second, third] {
        assert_eq!(
            (other.status.as_u16(), other.header("location")),
            (303, &*to)
        );
    }
    let made = as_browser(&world, &to).await;
    made.assert_page(200, &["This is the only time", "cmsa_"]);
    let again = as_browser(&world, &to).await;
    assert_eq!(again.header("location"), "/account");
    let told = world.follow(&again).await;
    told.assert_page(200, &["revoke it below and make another", "ci</strong>"]);
    assert!(!told.body.contains("cmsa_"));
    let made = world.get("/api/v1/audit-events?action=token.create").await;
    assert_eq!(made.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_invitation_is_made_once_and_shown_once() {
    let world = World::with_workspace().await;
    for (page, form, name) in [
        ("/people", "/people", "ada"),
        (
            "/workspaces/team-a/people",
            "/workspaces/team-a/people/invite",
            "eve",
        ),
    ] {
        let id = once(&world.open(page).await);
        let fields = [("name", name), ("role", "viewer"), ("once", id.as_str())];
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(field, _)| page != form || *field != "role")
            .collect();
        let first = world.post_form(Caller::Browser, form, &fields).await;
        let second = world.post_form(Caller::Browser, form, &fields).await;
        let to = first.header("location").to_owned();
        assert_eq!(second.header("location"), to);
        assert!(to.starts_with(&format!("{page}?kept=")), "{to}");
        as_browser(&world, &to)
            .await
            .assert_page(200, &["/invitation?token="]);
        let again = as_browser(&world, &to).await;
        let told = world.follow(&again).await;
        told.assert_page(200, &["take the invitation back here"]);
        assert!(!told.body.contains("/invitation?token="));
    }
    let list = world.get("/api/v1/invitations").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_nobody_signed_in_sent_is_shown_by_its_address_alone() {
    let world = World::new().await;
    let form = [("name", "admin"), ("password", "wrong wrong wrong wrong")];
    let answer = world.post_form(Caller::Nobody, "/sign-in", &form).await;
    let to = answer.header("location").to_owned();
    assert!(to.starts_with("/sign-in?kept="), "{to}");
    let page = world.as_caller(Caller::Nobody, "GET", &to).await;
    page.assert_page(422, &["The user name or the password is wrong."]);
    let gone = "/sign-in?kept=0198c0de000070008000000000000001";
    let gone = world.as_caller(Caller::Nobody, "GET", gone).await;
    assert_eq!(gone.header("location"), "/sign-in");
}
