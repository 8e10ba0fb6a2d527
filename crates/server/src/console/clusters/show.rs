//! `/management-clusters/{cluster}`: one, with what the last look at it found.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::{
    ClusterDelivery, ClusterFault, ClusterLook, ClusterTrouble, Connection, OwnedNamespace,
    ServedKind,
};
use commissary_core::{Action, ClusterDeliveries};

use super::{LIST, Section, Shell, StatusWords, Visitor, place};
use crate::api::Names;
use crate::console::flash::Message;
use crate::console::moment::Moment;
use crate::console::prose::{Prose, prose};
use crate::console::render::{go_and_tell, page_with_messages};
use crate::console::shell::Crumb;
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::running::to_its_end;
use crate::urls;

#[derive(Template)]
#[template(path = "cluster.html")]
struct ClusterPage {
    shell: Shell,
    name: String,
    here: String,
    status: StatusWords,
    place: String,
    context: Option<String>,
    capa_namespace: String,
    created: Moment,
    look: Option<Look>,
    certificate: Option<Certificate>,
    manifest: String,
    owned: Vec<Owned>,
    delivered: Vec<DeliveredRow>,
    /// What keeps everything from arriving, and when that is tried again.
    trouble: Option<(Prose, Moment)>,
    /// The page with those that follow.
    more: Option<String>,
    may_change: bool,
}

/// How many deliveries a page shows.
const ROWS: u32 = 50;

/// A provider that is delivered there.
struct DeliveredRow {
    provider: String,
    /// Its page; none for one that is being taken out.
    href: Option<String>,
    workspace: String,
    identity: String,
    status: StatusWords,
    users: u64,
}

/// What the last look found.
struct Look {
    at: Moment,
    version: Option<String>,
    kinds: Vec<Kind>,
    findings: Vec<Prose>,
    /// Whether the manifest would mend some of it.
    lacks_rights: bool,
}

/// What secrets are sealed with for the cluster.
struct Certificate {
    fingerprint: String,
    subject: String,
    until: Moment,
    has_expired: bool,
}

struct Kind {
    name: String,
    versions: String,
}

/// A namespace and whose it is.
struct Owned {
    namespace: String,
    workspace: String,
    href: String,
}

impl DeliveredRow {
    fn all(there: &ClusterDeliveries) -> Vec<Self> {
        let items = there.page.items.iter();
        items
            .map(|one| Self::of(one, there.trouble.as_ref()))
            .collect()
    }

    fn of(there: &ClusterDelivery, trouble: Option<&ClusterTrouble>) -> Self {
        let delivery = &there.delivery;
        let (workspace, provider) = (&delivery.owner.workspace, &delivery.owner.provider);
        let page = || urls::places(workspace.as_str(), provider.as_str());
        Self {
            provider: provider.to_string(),
            href: (!delivery.removing).then(page),
            workspace: workspace.to_string(),
            identity: delivery.identity.to_string(),
            status: StatusWords::of_delivery(delivery.state_under(trouble)),
            users: there.users,
        }
    }
}

impl Look {
    fn of(look: &ClusterLook) -> Self {
        let kind = |kind: &ServedKind| Kind {
            name: kind.kind.clone(),
            versions: kind.versions.join(", "),
        };
        let findings = look.findings.iter();
        Self {
            at: Moment::of(look.at),
            version: look.version.clone(),
            kinds: look.kinds.iter().map(kind).collect(),
            lacks_rights: findings
                .clone()
                .any(|found| found.code == ClusterFault::RightMissing),
            findings: findings.map(|found| prose(&found.message)).collect(),
        }
    }
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let some = query.take_page(ROWS)?;
    query.finish("`cursor`, `limit`")?;
    let (product, actor) = (&app.commissary, &visitor.actor);
    let cluster = product.show_cluster(actor, &name).await?;
    let owned = product.owned_namespaces(actor, &name).await?;
    let delivered = product.list_cluster_deliveries(actor, &name, &some).await?;
    let here = urls::cluster(cluster.name.as_str());
    let crumbs = vec![
        Crumb::to(LIST, urls::CLUSTERS),
        Crumb::here(cluster.name.as_str()),
    ];
    let template = ClusterPage {
        shell: visitor.shell(Section::Clusters, crumbs).await?,
        name: cluster.name.to_string(),
        status: StatusWords::of_cluster(&cluster),
        place: place(&cluster.connection).to_owned(),
        context: match &cluster.connection {
            Connection::Kubeconfig { context, .. } => Some(context.clone()),
            Connection::InCluster => None,
        },
        capa_namespace: cluster.capa_namespace.to_string(),
        created: Moment::of(cluster.created_at),
        look: cluster.last_look.as_ref().map(Look::of),
        certificate: cluster
            .sealing_certificate
            .as_ref()
            .map(|kept| Certificate {
                fingerprint: kept.fingerprint.clone(),
                subject: kept.subject.clone(),
                until: Moment::of(kept.expires_at),
                has_expired: product.has_expired(kept),
            }),
        manifest: product.rights_manifest(actor, &cluster.capa_namespace)?,
        owned: owned.iter().map(of_workspace).collect(),
        delivered: DeliveredRow::all(&delivered),
        trouble: delivered
            .trouble
            .map(|trouble| (prose(&trouble.why), Moment::of(trouble.next_try))),
        more: delivered
            .page
            .next
            .as_deref()
            .map(|last| format!("{here}?cursor={}#delivered", cursor(last))),
        here,
        may_change: visitor.must(Action::ManageClusters).is_ok(),
    };
    page_with_messages(&visitor.headers, &template)
}

/// Looks again, and goes back to what was found.
pub(crate) async fn check(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Response, Problem> {
    let (product, actor) = (app.commissary.clone(), visitor.actor.clone());
    let checked = to_its_end(async move { Ok(product.check_cluster(&actor, &name).await?) });
    let cluster = checked.await?;
    let found = cluster.last_look.map_or(0, |look| look.findings.len());
    let message = match found {
        0 => Message::done(format!("nothing stands in the way in `{}`", cluster.name)),
        _ => Message::attention(format!(
            "something stands in the way in `{}`: see below",
            cluster.name
        )),
    };
    go_and_tell(&urls::cluster(cluster.name.as_str()), &[message])
}

fn of_workspace(owned: &OwnedNamespace) -> Owned {
    Owned {
        namespace: owned.namespace.to_string(),
        workspace: owned.workspace.to_string(),
        href: urls::namespaces(owned.workspace.as_str()),
    }
}
