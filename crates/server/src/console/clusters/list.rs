//! `/management-clusters`: all of them, by name.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::Action;
use commissary_core::domain::ManagementCluster;

use super::{LIST, Section, Shell, StatusWords, Visitor, place};
use crate::console::moment::Moment;
use crate::console::render::page_with_messages;
use crate::console::shell::Crumb;
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::urls;

/// How many a page shows.
const ROWS: u32 = 50;

struct ClusterRow {
    name: String,
    href: String,
    place: String,
    version: Option<String>,
    status: StatusWords,
    checked: Option<Moment>,
}

#[derive(Template)]
#[template(path = "clusters.html")]
struct ClustersPage {
    shell: Shell,
    rows: Vec<ClusterRow>,
    next: Option<String>,
    may_change: bool,
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    query.finish("`limit`, `cursor`")?;
    let product = &app.commissary;
    let found = product.list_clusters(&visitor.actor, &request).await?;
    let template = ClustersPage {
        shell: visitor
            .shell(Section::Clusters, vec![Crumb::here(LIST)])
            .await?,
        rows: found.items.iter().map(row).collect(),
        next: found
            .next
            .as_ref()
            .map(|key| format!("{}?cursor={}", urls::CLUSTERS, cursor(key))),
        may_change: visitor.must(Action::ManageClusters).is_ok(),
    };
    page_with_messages(&visitor.headers, &template)
}

fn row(cluster: &ManagementCluster) -> ClusterRow {
    let look = cluster.last_look.as_ref();
    ClusterRow {
        name: cluster.name.to_string(),
        href: urls::cluster(cluster.name.as_str()),
        place: place(&cluster.connection).to_owned(),
        version: look.and_then(|look| look.version.clone()),
        status: StatusWords::of_cluster(cluster),
        checked: look.map(|look| Moment::of(look.at)),
    }
}
