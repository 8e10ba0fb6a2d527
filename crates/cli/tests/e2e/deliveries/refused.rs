//! What a cluster refuses for a while: it is told, tried again, and done once it is allowed.

use serde_json::json;

use super::world::{KEY, OTHER_KEY, World, gone};
use crate::kubernetes::{ADMINISTRATOR, Binding, Cluster, Served};

/// The server has the rights of the manifest that the product prints.
#[tokio::test(flavor = "multi_thread")]
async fn rights_that_are_taken_and_given_back_need_no_restart() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let token = cluster.service_account().await;
    let kubeconfig = cluster.kubeconfig_text(&token);
    let world = World::without_aws(cluster, &kubeconfig).await;
    world.add_unasked("prod");
    world.until_arrived("prod").await;
    for (binding, refused, key) in [
        (
            Binding::ClusterRole,
            "get the AWSClusterStaticIdentity `team-a-prod`",
            OTHER_KEY,
        ),
        (Binding::Role, "get the Secret `team-a-prod`", KEY),
    ] {
        let before = world.there.both("team-a-prod").await;
        let taken = world.there.take(binding).await;
        world.replace_key("prod", key);
        let failed = world.until_state("prod", "failed").await;
        let failure = &failed["failure"];
        let why = failure["message"].as_str().unwrap();
        assert!(
            why.contains(&format!("does not allow to {refused}")),
            "{why}"
        );
        assert!(why.contains("commissary management-cluster rbac"), "{why}");
        assert!(failure["nextTry"].is_string(), "{failure}");
        assert_eq!(world.there.both("team-a-prod").await, before);

        world.there.give_back(binding, taken).await;
        let delivered = world.until_arrived("prod").await;
        assert_eq!(delivered["failure"], json!(null));
        let after = world.there.secret("team-a-prod").await;
        assert_ne!(after, before[0], "it has the new key");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_admission_refuses_holds_up_nothing_else() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let kubeconfig = cluster.kubeconfig_text(ADMINISTRATOR);
    let world = World::without_aws(cluster, &kubeconfig).await;
    world.add_unasked("prod");
    world.until_arrived("prod").await;
    world.there.allow_no_secrets().await;
    world.add_unasked("next");
    let failed = world.until_state("next", "failed").await;
    let why = failed["failure"]["message"].as_str().unwrap();
    assert!(
        why.contains("an admission rule") && why.contains("quota"),
        "{why}"
    );
    // A change of what is there makes no new Secret.
    world.replace_key("prod", OTHER_KEY);
    world.until_arrived("prod").await;
    assert_eq!(world.there.both("team-a-next").await, [None, None]);
    world.there.allow_secrets().await;
    world.until_arrived("next").await;
    assert!(world.there.secret("team-a-next").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_taken_gives_way_to_another_one_until_it_is_used() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let kubeconfig = cluster.kubeconfig_text(ADMINISTRATOR);
    let world = World::without_aws(cluster, &kubeconfig).await;
    world.there.make_secret("team-a-prod").await;
    let theirs = world.there.secret("team-a-prod").await;
    world.add_unasked("prod");
    world.until_state("prod", "conflict").await;
    let named = |name: &str| {
        let deliver = ["provider", "deliver", "prod", "-w", "team-a"];
        let named = ["--management-cluster", "capi", "--identity-name", name];
        world.server.run(&[&deliver[..], &named].concat())
    };
    let refused = named("Not_A_Name");
    assert!(refused.err.contains("Not_A_Name"), "{}", refused.err);
    refused.with_code(1);
    named("team-a-aws").with_code(0);
    let delivered = world.until_arrived("prod").await;
    let reference = json!({ "kind": "AWSClusterStaticIdentity", "name": "team-a-aws" });
    assert_eq!(delivered["identityRef"], reference);
    let identity = world.there.identity("team-a-aws").await.unwrap();
    assert_eq!(identity["spec"]["secretRef"], "team-a-aws");
    assert_eq!(world.there.secret("team-a-prod").await, theirs);
    // Clusters may refer to it by now.
    let refused = named("team-a-other");
    assert!(refused.err.contains("`team-a-aws`"), "{}", refused.err);
    refused.with_code(7);
    world.namespaces("capi", &[]);
    gone(&world.there, "team-a-aws").await;
}
