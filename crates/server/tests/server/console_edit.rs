//! The form that edits a provider.

use crate::support::{Answer, SECRET, World, key, provider_body};

const PAGE: &str = "/workspaces/team-a/infrastructure-providers/prod";
const EDIT: &str = "/workspaces/team-a/infrastructure-providers/prod/edit";
const API: &str = "/api/v1/workspaces/team-a/infrastructure-providers/prod";

/// What the form carries about the provider that it was made from.
fn seen(page: &Answer) -> String {
    let rest = page.body.split("name=\"seen\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The form as a browser sends it, with some fields as given.
async fn save(world: &World, seen: &str, changed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("seen", seen),
        ("type", "aws"),
        ("method", "static"),
        ("name", "prod"),
        ("accessKeyId", key::READY),
        ("secretAccessKey", ""),
        ("sessionToken", ""),
        ("region", "us-east-1"),
        ("release", "kommander-2.2"),
        ("features.kommander-2.2", "ec2"),
    ];
    for (name, value) in changed {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    world.submit(EDIT, &fields).await
}

async fn with_provider() -> World {
    let world = World::with_workspace().await;
    let mut body = provider_body("prod", key::READY);
    body["features"] = serde_json::json!(["ec2"]);
    world.add(body).await;
    world
}

#[tokio::test]
async fn the_form_shows_what_is_kept_but_no_secret() {
    let world = with_provider().await;
    world
        .open(PAGE)
        .await
        .assert_page(200, &["/prod/edit\">Edit</a>"]);
    let page = world.open(EDIT).await;
    page.assert_page(
        200,
        &[
            "<h1>Edit prod</h1>",
            "value=\"prod\"",
            "value=\"AKIAREADYREADYREADY1\"",
            "Leave it empty to keep the one that is sealed",
        ],
    );
    let secret = page.body.split("id=\"secretAccessKey\"").nth(1).unwrap();
    let secret = secret.split('>').next().unwrap();
    assert!(
        !secret.contains("required") && !secret.contains("value="),
        "{secret}"
    );
}

#[tokio::test]
async fn an_empty_secret_means_the_same_keys() {
    let world = with_provider().await;
    let seen = seen(&world.open(EDIT).await);
    let saved = save(
        &world,
        &seen,
        &[("name", "staging"), ("region", "us-west-2")],
    )
    .await;
    let page = world.follow(&saved).await;
    page.assert_page(
        200,
        &["<code>staging</code> is saved", "us-west-2", key::READY],
    );
    world.get(API).await.assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn other_keys_are_asked_about_and_take_the_place_of_the_old_ones() {
    let world = with_provider().await;
    let first = seen(&world.open(EDIT).await);
    for (changed, fault) in [
        (
            vec![("accessKeyId", key::MISSING)],
            "id=\"secretAccessKey-fault\"",
        ),
        (
            vec![("accessKeyId", key::UNKNOWN), ("secretAccessKey", SECRET)],
            "id=\"accessKeyId-fault\"",
        ),
        (
            vec![("secretAccessKey", "short")],
            "id=\"secretAccessKey-fault\"",
        ),
        (vec![("region", "here")], "id=\"region-fault\""),
    ] {
        let again = save(&world, &first, &changed).await;
        again.assert_page(422, &[fault, "Not saved"]);
    }
    let changed = [("accessKeyId", key::MISSING), ("secretAccessKey", SECRET)];
    let saved = save(&world, &first, &changed).await;
    let page = world.follow(&saved).await;
    page.assert_page(200, &[key::MISSING, "What is missing"]);
    assert_eq!(world.get(API).await.json()["status"], "missing");
}

#[tokio::test]
async fn a_form_that_is_out_of_date_says_what_changed_meanwhile() {
    let world = with_provider().await;
    let old = seen(&world.open(EDIT).await);
    let other = save(&world, &old, &[("region", "eu-west-1")]).await;
    assert_eq!(other.status, 303, "{}", other.body);
    let stale = save(&world, &old, &[("name", "staging")]).await;
    stale.assert_page(
        412,
        &[
            "Changed by somebody else meanwhile",
            "Region: it was <code>us-east-1</code>, it is <code>eu-west-1</code>",
            // What was not touched shows what is saved, what was is kept.
            "value=\"eu-west-1\"",
            "value=\"staging\"",
        ],
    );
    let again = seen(&stale);
    let saved = save(
        &world,
        &again,
        &[("name", "staging"), ("region", "eu-west-1")],
    )
    .await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(saved.header("location"), PAGE.replace("prod", "staging"));
}

#[tokio::test]
async fn what_the_form_carries_cannot_be_made_up() {
    let world = with_provider().await;
    for forged in ["", "x", "e30"] {
        let page = save(&world, forged, &[]).await;
        page.assert_page(400, &["open it anew"]);
    }
}

#[tokio::test]
async fn a_check_meanwhile_is_in_nobodys_way() {
    let world = with_provider().await;
    let seen = seen(&world.open(EDIT).await);
    world.submit(&format!("{PAGE}/check"), &[]).await;
    let saved = save(&world, &seen, &[("region", "us-west-2")]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[tokio::test]
async fn when_aws_cannot_be_asked_one_may_save_for_later() {
    let world = with_provider().await;
    let seen = seen(&world.open(EDIT).await);
    let changed = [
        ("accessKeyId", key::UNREACHABLE),
        ("secretAccessKey", SECRET),
    ];
    let offered = save(&world, &seen, &changed).await;
    offered.assert_page(503, &["name=\"verify\" value=\"later\""]);
    let changed = [&changed[..], &[("verify", "later")]].concat();
    let saved = save(&world, &seen, &changed).await;
    world
        .follow(&saved)
        .await
        .assert_page(200, &["aved without asking AWS"]);
}

#[tokio::test]
async fn the_history_says_what_other_keys_lost_and_gained() {
    let world = with_provider().await;
    for (keys, told) in [(key::MISSING, "lost"), (key::READY, "gained")] {
        let form = seen(&world.open(EDIT).await);
        let changed = [("accessKeyId", keys), ("secretAccessKey", SECRET)];
        assert_eq!(save(&world, &form, &changed).await.status, 303);
        let page = world.open(PAGE).await;
        let (_, history) = page.body.split_once("id=\"history\"").unwrap();
        let newest = history.split("</li>\n<li>").next().unwrap();
        assert!(
            newest.contains(told) && newest.contains("by admin"),
            "{newest}"
        );
        assert!(history.contains("The first report."), "{history}");
    }
    let page = world.open(&format!("{PAGE}?limit=1")).await;
    page.assert_page(200, &["Older checks", "gained"]);
    assert!(!page.body.contains("The first report."));
    let way = page
        .body
        .split("href=\"")
        .find(|piece| piece.contains("?cursor="));
    let way = way.unwrap().split(['"', '#']).next().unwrap();
    let older = world.open(way).await;
    older.assert_page(200, &["lost", "The first report."]);
    let unknown = world.open(&format!("{PAGE}?colour=red")).await;
    assert_eq!(unknown.status, 422);
}
