//! Management clusters, what is sealed for them, and whose their namespaces are.

use std::fs;

use commissary_core::domain::{
    ClusterAccess, ClusterFault, ClusterFinding, ClusterId, ClusterLook, ClusterName,
    ClusterNamespaces, Kubeconfig, ManagementCluster, NamespaceName, OwnedNamespace, PageRequest,
    ServedKind, WorkspaceName,
};
use commissary_core::ports::{ClusterStore as _, Store as _, StoreError};
use commissary_seal::same_secret;
use commissary_store::SqlStore;
use secrecy::SecretString;

use crate::samples::{Home, audited, event, kept_workspace, new_id, now};

const KUBECONFIG: &str = "canary-kubeconfig-canary-kubeconfig";

fn access(text: &str) -> ClusterAccess {
    ClusterAccess::Kubeconfig(Kubeconfig {
        server: "https://c1.example:6443".to_owned(),
        context: "prod".to_owned(),
        text: SecretString::from(text),
    })
}

fn namespace(name: &str) -> NamespaceName {
    NamespaceName::parse(name).unwrap()
}

async fn kept(store: &SqlStore, name: &str, access: &ClusterAccess) -> ManagementCluster {
    let at = now();
    let cluster = ManagementCluster {
        id: ClusterId(new_id()),
        name: ClusterName::parse(name).unwrap(),
        connection: access.connection(),
        capa_namespace: namespace(ManagementCluster::CAPA_NAMESPACE),
        sealing_certificate: None,
        last_look: None,
        created_at: at,
        updated_at: at,
        revision: 0,
    };
    let added = event("cluster.add");
    let done = store.insert_cluster(&cluster, access, &added);
    done.await.unwrap();
    cluster
}

/// Whether what is kept opens to this text.
async fn opens_to(store: &SqlStore, cluster: &ManagementCluster, text: &str) -> bool {
    match store.cluster_access(cluster.id).await.unwrap() {
        ClusterAccess::Kubeconfig(kept) => same_secret(&kept.text, &SecretString::from(text)),
        ClusterAccess::InCluster => false,
    }
}

#[tokio::test]
async fn a_cluster_comes_back_as_it_was_kept_and_its_kubeconfig_sealed() {
    let home = Home::new();
    let store = home.open().await;
    let cluster = kept(&store, "prod", &access(KUBECONFIG)).await;
    let inside = kept(&store, "here", &ClusterAccess::InCluster).await;
    assert_eq!(
        store.cluster(&cluster.name).await.unwrap(),
        Some(cluster.clone())
    );
    let all = store.clusters(&PageRequest::first()).await.unwrap();
    assert_eq!(all.items, [inside.clone(), cluster.clone()]);
    assert!(opens_to(&store, &cluster, KUBECONFIG).await);
    assert!(matches!(
        store.cluster_access(inside.id).await.unwrap(),
        ClusterAccess::InCluster
    ));
    store.close().await;
    let written = fs::read(home.database()).unwrap();
    let found = |text: &str| written.windows(text.len()).any(|at| at == text.as_bytes());
    assert!(found("https://c1.example:6443") && !found(KUBECONFIG));
}

#[tokio::test]
async fn a_name_is_taken_once() {
    let home = Home::new();
    let store = home.open().await;
    let first = kept(&store, "prod", &access(KUBECONFIG)).await;
    let again = ManagementCluster {
        id: ClusterId(new_id()),
        ..first
    };
    let (way, added) = (access(KUBECONFIG), event("cluster.add"));
    let refused = store.insert_cluster(&again, &way, &added);
    assert!(matches!(refused.await, Err(StoreError::NameTaken)));
    assert_eq!(audited(&store).await, ["cluster.add"]);
}

#[tokio::test]
async fn a_change_replaces_what_was_seen_and_nothing_newer() {
    let home = Home::new();
    let store = home.open().await;
    let seen = kept(&store, "prod", &access(KUBECONFIG)).await;
    let mut changed = seen.clone();
    changed.name = ClusterName::parse("live").unwrap();
    let other = access("another-kubeconfig-of-the-cluster");
    let update = async || {
        let event = event("cluster.update");
        store.update_cluster(&changed, Some(&other), &event).await
    };
    update().await.unwrap();
    assert!(opens_to(&store, &seen, "another-kubeconfig-of-the-cluster").await);
    assert_eq!(store.cluster(&seen.name).await.unwrap(), None);
    let read = store.cluster(&changed.name).await.unwrap().unwrap();
    assert_eq!(read.revision, 1);
    assert!(matches!(update().await, Err(StoreError::Changed)));
}

#[tokio::test]
async fn a_look_is_noted_on_the_cluster_that_was_looked_at() {
    let home = Home::new();
    let store = home.open().await;
    let seen = kept(&store, "prod", &access(KUBECONFIG)).await;
    let look = ClusterLook {
        at: now(),
        version: Some("v1.36.1".to_owned()),
        kinds: vec![ServedKind {
            kind: "AWSCluster".to_owned(),
            versions: vec!["v1beta2".to_owned()],
        }],
        findings: vec![ClusterFinding {
            code: ClusterFault::NamespaceMissing,
            message: "the cluster has no namespace `capa-system`".to_owned(),
        }],
    };
    let checked = event("cluster.check");
    let noted = store.note_look(&seen, &look, &checked);
    noted.await.unwrap();
    let read = store.cluster(&seen.name).await.unwrap().unwrap();
    assert_eq!(read.last_look.as_ref(), Some(&look));
    let updated = event("cluster.update");
    let done = store.update_cluster(&read, None, &updated);
    done.await.unwrap();
    let late = store.note_look(&seen, &look, &checked).await;
    assert!(matches!(late, Err(StoreError::Changed)));
    assert_eq!(
        audited(&store).await,
        ["cluster.update", "cluster.check", "cluster.add"]
    );
    assert!(opens_to(&store, &seen, KUBECONFIG).await);
}

#[tokio::test]
async fn a_namespace_of_a_cluster_is_one_workspaces() {
    let home = Home::new();
    let store = home.open().await;
    let (a, b) = (
        kept_workspace(&store, "team-a").await,
        kept_workspace(&store, "team-b").await,
    );
    let one = kept(&store, "one", &access(KUBECONFIG)).await;
    let two = kept(&store, "two", &access(KUBECONFIG)).await;
    let set = async |workspace, cluster, names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| namespace(name)).collect();
        let event = event("namespaces.set");
        store
            .set_namespaces(workspace, cluster, &names, &event)
            .await
    };
    set(a.id, one.id, &["x", "y"]).await.unwrap();
    // The same name in another cluster is another namespace.
    set(b.id, two.id, &["x"]).await.unwrap();
    let refused = set(b.id, one.id, &["z", "y"]).await;
    assert!(matches!(refused, Err(StoreError::NameTaken)));
    let in_cluster = |cluster: &ManagementCluster, name: &str| ClusterNamespaces {
        cluster_id: cluster.id,
        cluster: cluster.name.clone(),
        namespaces: vec![namespace(name)],
    };
    assert_eq!(
        store.namespaces(b.id).await.unwrap(),
        [in_cluster(&two, "x")]
    );
    set(a.id, one.id, &["x"]).await.unwrap();
    set(b.id, one.id, &["y"]).await.unwrap();
    assert_eq!(
        store.namespaces(a.id).await.unwrap(),
        [in_cluster(&one, "x")]
    );
    assert_eq!(
        store.namespaces(b.id).await.unwrap(),
        [in_cluster(&one, "y"), in_cluster(&two, "x")]
    );
    let owned = |name: &str, workspace: &str| OwnedNamespace {
        namespace: namespace(name),
        workspace: WorkspaceName::parse(workspace).unwrap(),
    };
    assert_eq!(
        store.owned_namespaces(one.id).await.unwrap(),
        [owned("x", "team-a"), owned("y", "team-b")]
    );
    let missing = set(a.id, ClusterId(new_id()), &["x"]).await;
    assert!(matches!(missing, Err(StoreError::Gone)));
    let gone = event("workspace.delete");
    let full = store.delete_workspace(a.id, &gone).await;
    assert!(matches!(full, Err(StoreError::NotEmpty)));
}

#[tokio::test]
async fn a_cluster_goes_with_its_kubeconfig_and_its_namespaces() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let cluster = kept(&store, "prod", &access(KUBECONFIG)).await;
    let names = [namespace("x")];
    let set = event("namespaces.set");
    let done = store.set_namespaces(team.id, cluster.id, &names, &set);
    done.await.unwrap();
    let gone = event("cluster.delete");
    store
        .delete_cluster(cluster.id, false, &gone)
        .await
        .unwrap();
    assert!(store.namespaces(team.id).await.unwrap().is_empty());
    let access = store.cluster_access(cluster.id).await;
    assert!(matches!(access, Err(StoreError::Gone)));
    let again = store.delete_cluster(cluster.id, false, &gone).await;
    assert!(matches!(again, Err(StoreError::Gone)));
    let sealed = sqlx::query("SELECT * FROM sealed_secrets");
    let left = sealed.fetch_all(&mut home.sql().await).await.unwrap();
    assert!(left.is_empty());
}
