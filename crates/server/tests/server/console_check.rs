//! How a provider is checked from its page.

use crate::support::{SECRET, World, key};

const PAGE: &str = "/workspaces/team-a/infrastructure-providers/prod";
const CHECK: &str = "/workspaces/team-a/infrastructure-providers/prod/check";

#[tokio::test]
async fn the_page_offers_how_to_check() {
    let world = World::with_provider("prod", key::READY).await;
    let page = world.open(PAGE).await;
    page.assert_page(
        200,
        &[
            "<button class=\"primary\" form=\"check\">Check now</button>",
            "data-checks=\"/api/v1/workspaces/team-a/infrastructure-providers/prod/checks\"",
            "name=\"rungs\" value=\"simulation\" checked",
            "name=\"rungs\" value=\"policies\" checked",
            "name=\"rungs\" value=\"probes\" checked",
            "name=\"probeExisting\" value=\"true\">",
            "<details class=\"lend\" id=\"lend\">",
            // What a check tells while it runs.
            "id=\"progress\" aria-labelledby=\"progress-title\" hidden",
            "<li data-kind=\"ec2-instances\">",
        ],
    );
    for field in ["secretAccessKey", "sessionToken"] {
        let input = format!("name=\"administrator.{field}\" autocomplete=\"new-password\"");
        assert!(page.body.contains(&input), "{field}");
    }
    // Kinds that the provider's features do not need have no row.
    let mut body = crate::support::provider_body("small", key::READY);
    body["features"] = serde_json::json!(["ec2"]);
    assert_eq!(world.add(body).await.status, 201);
    let page = world.open(&PAGE.replace("prod", "small")).await;
    assert!(page.body.contains("data-kind=\"vpc\""));
    assert!(!page.body.contains("data-kind=\"eks\""));
}

#[tokio::test]
async fn a_check_takes_the_ways_and_the_keys_that_are_lent() {
    let world = World::with_provider("prod", key::READY).await;
    let lent = [
        ("ways", "chosen"),
        ("rungs", "simulation"),
        ("administrator.accessKeyId", key::READY),
        ("administrator.secretAccessKey", SECRET),
    ];
    let checked = world.submit(CHECK, &lent).await;
    let page = world.follow(&checked).await;
    page.assert_page(200, &["Checked just now."]);
    // They are not kept, not even the access key.
    assert_eq!(page.body.matches(key::READY).count(), 1, "{}", page.body);
}

#[tokio::test]
async fn what_is_wrong_with_lent_keys_is_said_at_their_fields_and_the_rest_stays() {
    let world = World::with_provider("prod", key::READY).await;
    let sent = |id| {
        [
            ("ways", "chosen"),
            ("rungs", "policies"),
            ("probeExisting", "true"),
            ("administrator.accessKeyId", id),
            ("administrator.secretAccessKey", SECRET),
        ]
    };
    // AWS refuses the secret.
    let page = world.submit(CHECK, &sent(key::WRONG_SECRET)).await;
    page.assert_page(
        422,
        &[
            "Not checked: please mend this",
            "<details class=\"fold\" id=\"how\" open>",
            "<details class=\"lend\" id=\"lend\" open>",
            "id=\"administrator.secretAccessKey-fault\"",
            "aria-invalid=\"true\"",
            "does not belong to it",
            "name=\"rungs\" value=\"simulation\">",
            "name=\"rungs\" value=\"policies\" checked",
            "name=\"probeExisting\" value=\"true\" checked",
            &format!("value=\"{}\"", key::WRONG_SECRET),
            // The last report is still there.
            "Ready: clusters can be built with this provider.",
        ],
    );
    // What is no access key may be a secret in the wrong field.
    let page = world.submit(CHECK, &sent(SECRET)).await;
    page.assert_page(422, &["id=\"administrator.accessKeyId-fault\""]);
    assert!(!page.body.contains(SECRET));
    let nothing = [("administrator.accessKeyId", key::READY)];
    let page = world.submit(CHECK, &nothing).await;
    page.assert_page(422, &["id=\"administrator.secretAccessKey-fault\""]);
}
