//! Where a provider can be used, on its page and on the management cluster's, what stands in the
//! way, and what is kept from going while it is used.

use commissary_core::ports::DeliveryError;
use serde_json::json;

use crate::support::deliveries::{
    add_cluster, as_a_viewer, deliver, is_changed, is_down, is_used, to_deliver,
};
use crate::support::{TableReached, World, key};

const PAGE: &str = "/workspaces/team-a/infrastructure-providers/prod";
const CONFLICT: &str = "/workspaces/team-a/infrastructure-providers/prod/deliveries/capi/conflict";

fn taken() -> TableReached {
    TableReached {
        refusal: Some(DeliveryError::Taken {
            object: "Secret `team-a-prod`".to_owned(),
        }),
        ..TableReached::default()
    }
}

#[tokio::test]
async fn an_empty_place_says_what_leads_to_the_first_one() {
    let mut world = World::with_provider("prod", key::READY).await;
    let page = world.open(PAGE).await;
    page.assert_page(200, &["Nowhere yet", "href=\"/management-clusters/new\""]);
    add_cluster(&world, "capi").await;
    let names = "href=\"/workspaces/team-a/namespaces\">Name its namespaces";
    world.open(PAGE).await.assert_page(200, &[names]);
    as_a_viewer(&mut world).await;
    let page = world.open(PAGE).await;
    page.assert_page(200, &["A global administrator names"]);
}

#[tokio::test]
async fn every_state_has_its_words() {
    let world = to_deliver().await;
    let page = world.open(PAGE).await;
    page.assert_page(
        200,
        &[
            "pending",
            "not yet",
            "data-again-in=\"2\"",
            "kind: AWSClusterStaticIdentity\n  name: team-a-prod",
            "Nothing there names it.",
        ],
    );
    is_down(&world).await;
    let page = world.open(PAGE).await;
    page.assert_page(200, &["failed", "nothing listens there", "Next try"]);
    let cluster = world.open("/management-clusters/capi").await;
    cluster.assert_page(200, &["failed", "nothing listens there", "Next try"]);
    deliver(&world, TableReached::default()).await;
    is_changed(&world).await;
    let changed = TableReached {
        differences: Some(vec!["`selector` was added".to_owned()]),
        refusal: Some(DeliveryError::Denied {
            server: "https://capi".to_owned(),
            what: "apply the Secret `team-a-prod`".to_owned(),
        }),
    };
    deliver(&world, changed).await;
    let page = world.open(PAGE).await;
    page.assert_page(
        200,
        &[
            "drifted",
            "<code>selector</code> was added",
            "not put back yet",
        ],
    );
}

#[tokio::test]
async fn what_stands_in_the_way_is_taken_over_or_left_alone() {
    let mut world = to_deliver().await;
    // Where nothing does, the page of the provider says so.
    let nothing = world.open(CONFLICT).await;
    let page = world.follow(&nothing).await;
    page.assert_page(200, &["Nothing stands in the way in <code>capi</code>."]);
    deliver(&world, taken()).await;
    let page = world.open(PAGE).await;
    page.assert_page(
        200,
        &["conflict", "Secret <code>team-a-prod</code>", CONFLICT],
    );
    let question = world.open(CONFLICT).await;
    question.assert_page(200, &["Take over team-a-prod in capi?", "Another name"]);
    for (name, said) in [("", "Type another name."), ("A_B", "is not a name")] {
        let fields = [("do", "rename"), ("identityName", name)];
        world
            .submit(CONFLICT, &fields)
            .await
            .assert_page(422, &[said]);
    }
    let renamed = world
        .submit(CONFLICT, &[("do", "rename"), ("identityName", "mine")])
        .await;
    let page = world.follow(&renamed).await;
    page.assert_page(200, &["pending", "name: \"mine\""]);
    deliver(&world, taken()).await;
    let adopted = world.submit(CONFLICT, &[("do", "adopt")]).await;
    let page = world.follow(&adopted).await;
    page.assert_page(200, &["pending", "is taken over"]);
    deliver(&world, TableReached::default()).await;
    let page = world.open(PAGE).await;
    page.assert_page(200, &["delivered", "generation 3"]);
    assert!(!page.body.contains("data-again-in") && !page.body.contains(CONFLICT));

    let again = format!("{PAGE}/deliveries/capi/again");
    let ordered = world.submit(&again, &[]).await;
    let page = world.follow(&ordered).await;
    page.assert_page(200, &["pending", "; 4 is on its way"]);
    as_a_viewer(&mut world).await;
    let page = world.open(PAGE).await;
    page.assert_page(200, &["pending"]);
    assert!(!page.body.contains(&again) && !page.body.contains("/management-clusters/capi"));
}

#[tokio::test]
async fn a_provider_in_use_goes_only_by_a_tick_as_well() {
    let world = to_deliver().await;
    is_used(&world, "staging", "lab").await;
    is_used(&world, "elsewhere", "stray").await;
    let page = world.open(PAGE).await;
    page.assert_page(
        200,
        &[
            "PrincipalUsageAllowed False",
            "NotAllowed&#60;&#62;",
            "eu-west-1",
            "<code>elsewhere/stray</code> (eu-west-1, ready) uses the identity",
        ],
    );
    let listed = "The AWSCluster <code>staging/lab</code> (eu-west-1, ready) in <code>capi</code>.";
    let delete = format!("{PAGE}/delete");
    world.open(&delete).await.assert_page(200, &[listed]);
    let refused = world.submit(&delete, &[("confirm", "prod")]).await;
    refused.assert_page(409, &[listed, "Tick this to go on all the same."]);
    let wrong = [("confirm", "x"), ("force", "true")];
    let refused = world.submit(&delete, &wrong).await;
    refused.assert_page(422, &[listed, "value=\"true\" checked"]);
    let forced = [("confirm", "prod"), ("force", "true")];
    let gone = world.submit(&delete, &forced).await;
    world.follow(&gone).await.assert_page(200, &["is deleted."]);

    // What is there of it is still to be taken out.
    let cluster = "/management-clusters/capi";
    let page = world.open(cluster).await;
    page.assert_page(200, &["Delivered here", "being taken out", "2 clusters"]);
    let delete = format!("{cluster}/delete");
    let listed = "<code>team-a/prod</code>, used by 2 clusters.";
    let refused = world.submit(&delete, &[("confirm", "capi")]).await;
    refused.assert_page(409, &[listed, "Tick this to go on all the same."]);
    let forced = [("confirm", "capi"), ("force", "true")];
    let gone = world.submit(&delete, &forced).await;
    world.follow(&gone).await.assert_page(200, &["is deleted."]);
}

#[tokio::test]
async fn a_namespace_in_use_is_taken_away_only_by_a_tick_as_well() {
    let world = to_deliver().await;
    is_used(&world, "staging", "lab").await;
    let address = "/workspaces/team-a/namespaces";
    let other = [("cluster", "capi"), ("namespaces", "other")];
    let refused = world.submit(address, &other).await;
    refused.assert_page(
        409,
        &[
            "value=\"other\"",
            "The AWSCluster <code>staging/lab</code> (eu-west-1, ready) of <code>prod</code>.",
            "Tick this to go on all the same.",
        ],
    );
    // More of them cut nobody off.
    let more = [("cluster", "capi"), ("namespaces", "staging other")];
    assert_eq!(world.submit(address, &more).await.status, 303);
    let by_api = "/api/v1/workspaces/team-a/namespaces/capi";
    let refused = world.put_json(by_api, &json!({"namespaces": []})).await;
    refused.assert_problem(409, "in-use", &["force"]);
    let forced = json!({"namespaces": [], "force": true});
    assert_eq!(world.put_json(by_api, &forced).await.status, 200);
    let forced = [("cluster", "capi"), ("namespaces", ""), ("force", "true")];
    assert_eq!(world.submit(address, &forced).await.status, 303);
}
