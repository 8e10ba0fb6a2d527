//! The form "Add Infrastructure Provider".

use crate::support::{Answer, SECRET, TOKEN, World, key};

const NEW: &str = "/workspaces/team-a/infrastructure-providers/new";

/// The form as a browser sends it, with some fields as given.
async fn save(world: &World, changed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("type", "aws"),
        ("method", "static"),
        ("name", "prod"),
        ("accessKeyId", key::READY),
        ("secretAccessKey", SECRET),
        ("sessionToken", ""),
        ("region", "us-east-1"),
        ("release", "kommander-2.2"),
        ("features.kommander-2.2", "ec2"),
        ("features.kommander-2.2", "eks"),
    ];
    for (name, value) in changed {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    world.submit(NEW, &fields).await
}

/// The tag of the input with that id.
fn input<'a>(page: &'a Answer, id: &str) -> &'a str {
    let mark = format!(" id=\"{id}\" ");
    let mut tags = page.body.split('<').filter(|tag| tag.starts_with("input"));
    tags.find(|tag| tag.contains(&mark))
        .unwrap_or_else(|| panic!("no input {id}"))
}

#[tokio::test]
async fn the_form_has_the_pages_words_in_the_pages_order() {
    let world = World::with_workspace().await;
    let page = world.open(NEW).await;
    page.assert_page(200, &["Consider a name that matches the AWS user"]);
    let body = page.body.split("<form class=\"form ").nth(1).unwrap();
    let mut rest = body;
    for words in [
        "Amazon Web Services (AWS)",
        "Authentication Method",
        "Static",
        ">Name</label>",
        ">Access Key</label>",
        ">Secret Key</label>",
        ">Session Token</label>",
        ">Region</label>",
        ">Release</label>",
        "What clusters need",
        ">Save</button>",
    ] {
        let (_, after) = rest
            .split_once(words)
            .unwrap_or_else(|| panic!("{words} is not in its place"));
        rest = after;
    }
    assert!(input(&page, "secretAccessKey").contains("type=\"password\""));
    assert!(input(&page, "region").contains("value=\"us-east-1\""));
    // Every field has a label.
    let fields = body.split("<input").skip(1).filter_map(|tag| {
        let tag = tag.split('>').next()?;
        tag.split("id=\"").nth(1)?.split('"').next()
    });
    for id in fields {
        assert!(
            body.contains(&format!("<label for=\"{id}\">")),
            "{id} has no label"
        );
    }
}

#[tokio::test]
async fn saving_leads_to_the_providers_page_and_says_so() {
    let world = World::with_workspace().await;
    let spaced = format!("  {SECRET} ");
    let saved = save(&world, &[("secretAccessKey", &spaced)]).await;
    assert_eq!(
        saved.header("location"),
        "/workspaces/team-a/infrastructure-providers/prod"
    );
    world.checked("prod").await;
    let page = world.follow(&saved).await;
    page.assert_page(
        200,
        &[
            "The infrastructure provider <code>prod</code> is saved.",
            "Secret Key: white space that was pasted along was removed.",
            "Ready: clusters can be built with this provider.",
        ],
    );
    let read = world
        .get("/api/v1/workspaces/team-a/infrastructure-providers/prod")
        .await
        .json();
    assert_eq!(read["features"], serde_json::json!(["ec2", "eks"]));
}

#[tokio::test]
async fn faults_come_back_at_their_fields_without_the_secrets() {
    let world = World::with_workspace().await;
    for (changed, field) in [
        (vec![("name", "a/b")], "name"),
        (vec![("name", "")], "name"),
        (vec![("accessKeyId", "AKIA")], "accessKeyId"),
        (vec![("accessKeyId", key::UNKNOWN)], "accessKeyId"),
        (vec![("accessKeyId", key::WRONG_SECRET)], "secretAccessKey"),
        (
            vec![("accessKeyId", key::EXPIRED), ("sessionToken", TOKEN)],
            "sessionToken",
        ),
        (vec![("sessionToken", TOKEN)], "sessionToken"),
        (vec![("secretAccessKey", "short")], "secretAccessKey"),
        (vec![("region", "nowhere")], "region"),
    ] {
        let page = save(&world, &changed).await;
        let fault = format!("id=\"{field}-fault\"");
        let link = format!("<a href=\"#{field}\">");
        page.assert_page(422, &["role=\"alert\"", &fault, &link, "Not saved"]);
        let tag = input(&page, field);
        assert!(
            tag.contains("aria-invalid=\"true\"") && tag.contains(&format!("{field}-fault")),
            "{tag}"
        );
        for secret in ["secretAccessKey", "sessionToken"] {
            assert!(!input(&page, secret).contains("value="), "{secret}");
        }
        let kept = changed.iter().all(|(name, _)| *name != "name");
        assert_eq!(input(&page, "name").contains("value=\"prod\""), kept);
        assert!(
            page.body
                .contains("name=\"features.kommander-2.2\" value=\"ec2\" checked")
                && !page
                    .body
                    .contains("name=\"features.kommander-2.2\" value=\"spot\" checked")
        );
    }
    let list = world
        .get("/api/v1/workspaces/team-a/infrastructure-providers")
        .await
        .json();
    assert_eq!(list["items"], serde_json::json!([]));
}

#[tokio::test]
async fn a_secret_typed_into_the_wrong_field_does_not_come_back() {
    let world = World::with_workspace().await;
    let page = save(&world, &[("accessKeyId", &format!("{SECRET}+/"))]).await;
    page.assert_page(422, &["id=\"accessKeyId-fault\""]);
    let page = save(
        &world,
        &[("accessKeyId", SECRET), ("secretAccessKey", key::READY)],
    )
    .await;
    page.assert_page(422, &["id=\"secretAccessKey-fault\""]);
}

#[tokio::test]
async fn a_taken_name_is_told_at_the_field() {
    let world = World::with_provider("prod", key::READY).await;
    save(&world, &[])
        .await
        .assert_page(409, &["id=\"name-fault\"", "exists already"]);
}

#[tokio::test]
async fn when_aws_cannot_be_asked_one_may_save_without() {
    let world = World::with_workspace().await;
    for (key, status) in [
        (key::UNREACHABLE, 503),
        (key::THROTTLED, 503),
        (key::NONSENSE, 502),
    ] {
        let page = save(&world, &[("accessKeyId", key)]).await;
        page.assert_page(
            status,
            &[
                "Save without verification",
                "name=\"verify\" value=\"later\"",
                "role=\"alert\"",
            ],
        );
        assert!(input(&page, "name").contains("value=\"prod\""));
    }
    let saved = save(
        &world,
        &[("accessKeyId", key::UNREACHABLE), ("verify", "later")],
    )
    .await;
    let page = world.follow(&saved).await;
    page.assert_page(200, &["Not verified", "Saved without asking AWS"]);
}

#[tokio::test]
async fn something_must_be_needed() {
    let world = World::with_workspace().await;
    let page = save(&world, &[("features.kommander-2.2", "")]).await;
    assert_eq!(page.status, 422, "{}", page.body);
    let fields = [
        ("type", "aws"),
        ("method", "static"),
        ("release", "kommander-2.2"),
        ("of", "kommander-2.2"),
    ];
    let page = world.submit(NEW, &fields).await;
    page.assert_page(422, &["Choose at least one thing that clusters need."]);
    let page = save(&world, &[("type", "azure"), ("method", "role")]).await;
    page.assert_page(422, &["id=\"type-fault\"", "id=\"method-fault\""]);
}

#[tokio::test]
async fn a_provider_may_be_called_like_the_forms_address() {
    let world = World::with_workspace().await;
    let saved = save(&world, &[("name", "new")]).await;
    world.checked("new").await;
    let page = world.follow(&saved).await;
    page.assert_page(200, &["<h1>new</h1>", "Ready"]);
    let list = world
        .open("/workspaces/team-a/infrastructure-providers")
        .await;
    let link = list
        .body
        .split('"')
        .find(|piece| piece.ends_with("/%6Eew"))
        .unwrap();
    world.open(link).await.assert_page(200, &["<h1>new</h1>"]);
}

#[tokio::test]
async fn the_first_check_is_under_way_when_the_page_is_there() {
    let world = World::with_workspace().await;
    let saved = save(&world, &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    world.checked("prod").await;
    let checks = "/api/v1/workspaces/team-a/infrastructure-providers/prod/checks";
    let checks = world.get(checks).await.json();
    let states = checks["items"].as_array().unwrap().iter();
    let states: Vec<_> = states
        .map(|check| check["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["done"]);
}
