//! Forms that are sent twice, and forms whose session ended meanwhile.

use crate::support::{Answer, Caller, SECRET, World, decoded, key, percent, provider_form};

const NEW: &str = "/workspaces/team-a/infrastructure-providers/new";
const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";

/// What the form carries, so that it is done once.
fn once(page: &Answer) -> String {
    let rest = page.body.split("name=\"once\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn fields<'a>(once: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = provider_form(key);
    fields.extend([("once", once), ("of", "kommander-2.2")]);
    fields
}

async fn providers(world: &World) -> usize {
    let list = world.get(PROVIDERS).await.json();
    list["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_done_once() {
    let world = World::with_workspace().await;
    let page = once(&world.open(NEW).await);
    let form = fields(&page, key::READY);
    // Both at the same moment, and one long after.
    let (first, second) = tokio::join!(world.submit(NEW, &form), world.submit(NEW, &form));
    let third = world.submit(NEW, &form).await;
    for answer in [first, second, third] {
        let to = answer.header("location");
        assert_eq!(
            (answer.status.as_u16(), to),
            (303, "/workspaces/team-a/infrastructure-providers/prod"),
            "{}",
            answer.body
        );
    }
    assert_eq!(providers(&world).await, 1);
    // The page anew is another form.
    let other = once(&world.open(NEW).await);
    let taken = world.submit(NEW, &fields(&other, key::READY)).await;
    taken.assert_page(409, &["id=\"name-fault\""]);
}

#[tokio::test]
async fn a_form_that_was_refused_may_be_sent_again() {
    let world = World::with_workspace().await;
    let page = once(&world.open(NEW).await);
    let refused = fields(&page, key::WRONG_SECRET);
    for _ in 0..2 {
        assert_eq!(world.submit(NEW, &refused).await.status, 422);
    }
    let mended = world.submit(NEW, &fields(&page, key::READY)).await;
    assert_eq!(mended.status, 303);
    let mut check = fields(&page, key::MISSING);
    check.push(("do", "check"));
    for _ in 0..2 {
        let checked = world.submit(NEW, &check).await;
        checked.assert_page(200, &["Nothing is saved yet"]);
    }
}

#[tokio::test]
async fn a_session_that_ended_in_mid_form_loses_the_secret_alone() {
    let world = World::with_workspace().await;
    let page = once(&world.open(NEW).await);
    let away = world
        .submit_as(Caller::Nobody, NEW, &fields(&page, key::READY))
        .await;
    assert_eq!(away.status, 303);
    let to = away.header("location");
    assert!(to.starts_with("/sign-in?next="), "{to}");
    assert!(
        !to.contains(SECRET) && !to.contains(&percent(&percent(SECRET))),
        "{to}"
    );
    assert_eq!(providers(&world).await, 0);
    let next = to.split_once('=').unwrap().1;
    let next = decoded(next);
    let page = world.open(&next).await;
    page.assert_page(200, &["value=\"prod\"", "value=\"eu-west-1\"", key::READY]);
    assert!(!page.body.contains(SECRET));
    // A secret in the wrong field is in no address either.
    let mut wrong = fields("", key::READY);
    wrong.retain(|(name, _)| *name != "name");
    wrong.push(("name", SECRET));
    let away = world.submit_as(Caller::Nobody, NEW, &wrong).await;
    let to = away.header("location");
    assert!(!to.contains("name%3D") && to.contains("region%3D"), "{to}");
}
