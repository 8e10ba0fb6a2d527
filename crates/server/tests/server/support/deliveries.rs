//! A provider that is delivered to a management cluster, and who uses it there.

use commissary_core::domain::{
    ClusterEvent, DeliveredKind, IdentityUser, ManagementCluster, PageRequest, SeenObject,
    SeenUser, UserCondition, UserPhase,
};
use commissary_core::ports::DeliveryError;
use commissary_core::{NewAccess, NewCluster, NewInvitation, Role, Verify};

use super::reached::TableReached;
use super::{World, come, key, root};

/// From now on the browser is a viewer's of `team-a`.
pub(crate) async fn as_a_viewer(world: &mut World) {
    let new = NewInvitation {
        name: "ada".to_owned(),
        administrator: false,
        roles: [("team-a".to_owned(), Role::Viewer)].into(),
    };
    world.session = come(world, new).await;
}

/// Adds a management cluster that nobody has looked at.
pub(crate) async fn add_cluster(world: &World, name: &str) {
    let cluster = NewCluster {
        name: name.to_owned(),
        access: NewAccess::InCluster,
        capa_namespace: None,
        sealing_certificate: None,
        verify: Verify::Later,
    };
    world.product.add_cluster(&root(), cluster).await.unwrap();
}

/// The provider `prod`, whose workspace has the namespace `staging` in the management cluster
/// `capi`.
pub(crate) async fn to_deliver() -> World {
    let world = World::with_provider("prod", key::READY).await;
    add_cluster(&world, "capi").await;
    let names = ["staging".to_owned()];
    let (product, actor) = (&world.product, root());
    let set = product.set_namespaces(&actor, "team-a", "capi", &names, false);
    set.await.unwrap();
    world
}

/// The management cluster of [`to_deliver`].
async fn cluster(world: &World) -> ManagementCluster {
    let first = PageRequest::first();
    let page = world.product.list_clusters(&root(), &first).await;
    page.unwrap().items.remove(0)
}

/// Does everything that is due there, as a cluster that answers by table has it.
pub(crate) async fn deliver(world: &World, reached: TableReached) {
    let (product, cluster) = (&world.product, cluster(world).await);
    for delivery in product.due_deliveries(&cluster).await.unwrap() {
        let done = product.deliver(&reached, &cluster, &delivery).await;
        done.unwrap().unwrap();
    }
}

/// Somebody changes the Secret of the provider `prod`.
pub(crate) async fn is_changed(world: &World) {
    told(
        world,
        ClusterEvent::Object(SeenObject {
            kind: DeliveredKind::Secret,
            name: "team-a-prod".to_owned(),
            version: Some("9".to_owned()),
        }),
    )
    .await;
}

async fn told(world: &World, event: ClusterEvent) {
    let cluster = cluster(world).await;
    let noted = world.product.note_cluster_event(&cluster, &event);
    noted.await.unwrap();
}

/// Nothing reaches the management cluster.
pub(crate) async fn is_down(world: &World) {
    let cluster = cluster(world).await;
    let held = world.product.hold_cluster(cluster.id, "test").await;
    assert!(held.unwrap());
    let error = DeliveryError::Unreachable {
        server: "https://capi".to_owned(),
        why: "nothing listens there".to_owned(),
    };
    let noted = world.product.note_cluster_trouble(&cluster, &error);
    noted.await.unwrap();
}

/// An AWSCluster of a namespace is seen to use the provider `prod`.
pub(crate) async fn is_used(world: &World, namespace: &str, name: &str) {
    let condition = |name: &str, status: &str| UserCondition {
        name: name.to_owned(),
        status: status.to_owned(),
        reason: (status == "False").then(|| "NotAllowed<>".to_owned()),
    };
    let seen = SeenUser {
        identity: Some("team-a-prod".to_owned()),
        user: IdentityUser {
            kind: "AWSCluster".to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            region: Some("eu-west-1".to_owned()),
            phase: UserPhase::Ready,
            conditions: vec![
                condition("PrincipalCredentialRetrieved", "True"),
                condition("PrincipalUsageAllowed", "False"),
            ],
        },
    };
    told(world, ClusterEvent::User(seen)).await;
}
