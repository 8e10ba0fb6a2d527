//! What a look at a cluster finds.

use commissary_core::domain::{ClusterFault, ClusterLook};
use commissary_core::ports::Delivery as _;
use commissary_kubernetes::KubernetesDelivery;
use jiff::Timestamp;

use crate::support::{ADMINISTRATOR, Cluster, Options, STRANGER, Served, capa_system};

#[tokio::test]
async fn the_service_account_of_the_manifest_has_every_right_and_a_stranger_none() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let token = cluster.service_account().await;
    let seen = look(&cluster, &token).await;
    assert_eq!(seen.findings, []);
    assert_eq!(served(&seen), ["v1beta2"; 3]);
    assert!(seen.version.unwrap().starts_with('v'));
    let seen = look(&cluster, STRANGER).await;
    // One of the namespace itself, six each of the Secret and the identity, two of each kind
    // that uses one.
    assert_eq!(faults(&seen), vec![ClusterFault::RightMissing; 17]);
}

#[tokio::test]
async fn the_version_of_an_older_capa_will_do() {
    let cluster = Cluster::with_capa(Served::V1beta1).await;
    let seen = look(&cluster, ADMINISTRATOR).await;
    assert_eq!(seen.findings, []);
    assert_eq!(served(&seen), ["v1beta1"; 3]);
}

#[tokio::test]
async fn a_cluster_without_capa_is_told_so() {
    let cluster = Cluster::start(Options::default()).await;
    let seen = look(&cluster, ADMINISTRATOR).await;
    let mut expected = vec![ClusterFault::KindMissing; 3];
    expected.push(ClusterFault::NamespaceMissing);
    assert_eq!(faults(&seen), expected);
}

#[tokio::test]
async fn a_cluster_that_is_away_is_told_so_until_it_comes_back() {
    let mut cluster = Cluster::with_capa(Served::V1beta2).await;
    cluster.kill_api_server();
    let seen = look(&cluster, ADMINISTRATOR).await;
    assert_eq!(faults(&seen), [ClusterFault::Unreachable]);
    cluster.start_api_server().await;
    assert_eq!(look(&cluster, ADMINISTRATOR).await.findings, []);
    let seen = look(&cluster, "a-token-that-is-none").await;
    assert_eq!(faults(&seen), [ClusterFault::NotSignedIn]);
}

async fn look(cluster: &Cluster, token: &str) -> ClusterLook {
    let access = cluster.access(token);
    KubernetesDelivery::default()
        .look(&access, &capa_system(), Timestamp::UNIX_EPOCH)
        .await
}

fn faults(look: &ClusterLook) -> Vec<ClusterFault> {
    look.findings.iter().map(|finding| finding.code).collect()
}

fn served(look: &ClusterLook) -> Vec<String> {
    let kinds = look.kinds.iter();
    kinds.flat_map(|kind| kind.versions.clone()).collect()
}
