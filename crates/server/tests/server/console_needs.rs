//! What stands beside the form of a provider: the policy for its choice, and a check before saving.

use axum::body::Body;
use axum::http::header;

use crate::support::{Answer, Caller, SECRET, World, key, percent, provider_form};

const NEW: &str = "/workspaces/team-a/infrastructure-providers/new";
const PROVIDERS: &str = "/api/v1/workspaces/team-a/infrastructure-providers";
const KEY_CHECKS: &str = "/api/v1/workspaces/team-a/key-checks";

fn fields<'a>(wish: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = provider_form(key);
    fields.push(("do", wish));
    fields
}

async fn has_no_provider(world: &World) {
    let list = world.get(PROVIDERS).await.json();
    assert_eq!(list["items"], serde_json::json!([]));
}

/// The value of an attribute.
fn attribute<'a>(page: &'a Answer, before: &str) -> &'a str {
    let rest = page.body.split(before).nth(1).unwrap();
    rest.split('"').next().unwrap()
}

#[tokio::test]
async fn the_policy_is_the_one_of_just_that_choice() {
    let world = World::with_workspace().await;
    let query = "?name=machines&release=kommander-2.2&features.kommander-2.2=ec2";
    let page = world.open(&format!("{NEW}{query}")).await;
    page.assert_page(
        200,
        &[
            "value=\"machines\"",
            "of the 6144 characters that a managed policy may have",
            "for it alone",
            "would add",
            "AWS CLI",
            "CloudFormation",
            "Terraform",
            "user='machines'",
        ],
    );
    assert!(page.body.contains("ec2:RunInstances"));
    assert!(!page.body.contains("eks:CreateCluster"));
    let both = world
        .open(&format!("{NEW}{query}&features.kommander-2.2=eks"))
        .await;
    assert!(both.body.contains("eks:CreateCluster"));
    let size =
        |page| attribute(page, "<meter min=\"0\" max=\"6144\" high=\"6144\" value=\"").to_owned();
    assert_ne!(size(&page), size(&both));
    let none = world
        .open(&format!("{NEW}?release=kommander-2.2&of=kommander-2.2"))
        .await;
    none.assert_page(200, &["Choose a release and at least one thing"]);
}

#[tokio::test]
async fn another_release_shows_its_own_features_before_anything_is_saved() {
    let world = World::with_workspace().await;
    let mut other = fields("", key::READY);
    other.retain(|(name, _)| *name != "release");
    other.extend([("of", "kommander-2.2"), ("release", "capa-2.11")]);
    let page = world.submit(NEW, &other).await;
    let ticked = "name=\"features.capa-2.11\" value=\"ec2\" checked";
    page.assert_page(
        422,
        &[
            "This release has others",
            ticked,
            "name=\"of\" value=\"capa-2.11\"",
        ],
    );
    assert!(!page.body.contains("features.kommander-2.2"));
    has_no_provider(&world).await;
    other.extend([("of", "capa-2.11"), ("features.capa-2.11", "ec2")]);
    other.retain(|one| *one != ("of", "kommander-2.2"));
    let saved = world.submit(NEW, &other).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[tokio::test]
async fn without_a_script_a_button_shows_the_policy_and_keeps_what_was_typed() {
    let world = World::with_workspace().await;
    let answer = world.submit(NEW, &fields("show-policy", key::READY)).await;
    assert_eq!(answer.status, 303);
    let way = answer.header("location").to_owned();
    assert!(way.ends_with("#needed"), "{way}");
    assert!(
        !way.contains("secretAccessKey") && !way.contains(&percent(SECRET)),
        "{way}"
    );
    let page = world.open(way.trim_end_matches("#needed")).await;
    page.assert_page(200, &["value=\"prod\"", "value=\"eu-west-1\"", key::READY]);
    has_no_provider(&world).await;
}

#[tokio::test]
async fn a_check_before_saving_saves_nothing_and_tells_what_is_missing() {
    let world = World::with_workspace().await;
    let page = world.submit(NEW, &fields("check", key::READY)).await;
    page.assert_page(
        200,
        &[
            "Ready: clusters can be built with this provider.",
            "Nothing is saved yet",
            "value=\"prod\"",
        ],
    );
    assert!(!page.body.contains(SECRET));
    let page = world.submit(NEW, &fields("check", key::MISSING)).await;
    page.assert_page(
        200,
        &[
            "Not ready:",
            "What is missing",
            "It can be saved all the same",
        ],
    );
    let page = world.submit(NEW, &fields("check", key::WRONG_SECRET)).await;
    page.assert_page(422, &["id=\"secretAccessKey-fault\""]);
    has_no_provider(&world).await;
}

#[tokio::test]
async fn a_check_before_saving_is_told_step_by_step() {
    let world = World::with_workspace().await;
    let pairs = fields("check", key::READY);
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)));
    let sent = pairs.collect::<Vec<String>>().join("&");
    let request = world
        .request(Caller::Browser, "POST", NEW)
        .header(header::ACCEPT, "text/event-stream")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let told = world.send(request.body(Body::from(sent)).unwrap()).await;
    assert_eq!(told.status, 200);
    let mut rest = told.body.as_str();
    for piece in [
        "event: progress",
        "identifying",
        "simulating",
        "event: result",
        "Ready: clusters can be built",
    ] {
        let (_, after) = rest
            .split_once(piece)
            .unwrap_or_else(|| panic!("no {piece}"));
        rest = after;
    }
    assert!(!told.body.contains(SECRET));
    has_no_provider(&world).await;
}

#[tokio::test]
async fn programs_check_keys_as_well() {
    let world = World::with_workspace().await;
    let body = |id: &str| {
        serde_json::json!({
            "type": "aws",
            "authentication": {"method": "static", "accessKeyId": id, "secretAccessKey": SECRET},
            "release": "kommander-2.2",
            "features": ["ec2"],
        })
    };
    let report = world.post_json(KEY_CHECKS, &body(key::MISSING)).await;
    assert_eq!(report.status, 200, "{}", report.body);
    let report = report.json();
    assert_eq!(report["status"], "missing");
    assert_eq!(report["features"], serde_json::json!(["ec2"]));
    assert!(report["summary"]["denied"].as_u64().unwrap() > 0);
    let refused = world.post_json(KEY_CHECKS, &body(key::WRONG_SECRET)).await;
    refused.assert_problem(422, "invalid-credentials", &["secretAccessKey"]);
    has_no_provider(&world).await;
    let log = world
        .get("/api/v1/audit-events?action=keys.check")
        .await
        .json();
    assert_eq!(
        log["items"][0]["target"],
        "team-a/arn:aws:iam::123456789012:user/Kommander"
    );
}

#[tokio::test]
async fn saving_with_missing_permissions_warns() {
    let world = World::with_workspace().await;
    let saved = world.submit(NEW, &fields("", key::MISSING)).await;
    world.checked("prod").await;
    let page = world.follow(&saved).await;
    page.assert_page(
        200,
        &["Not ready: ", "What is missing", "What would mend it"],
    );
}
