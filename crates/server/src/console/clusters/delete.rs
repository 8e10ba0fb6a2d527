//! `/management-clusters/{cluster}/delete`: asks to type the name, then deletes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::{ManagementCluster, PageRequest};
use commissary_core::{Action, Removal};

use super::{Section, Shell, Visitor, place, way};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::uses::{NAMED, Uses, delivered, removal};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

#[derive(Template)]
#[template(path = "delete_cluster.html")]
struct DeletePage<'a> {
    shell: Shell,
    name: &'a str,
    place: &'a str,
    back: String,
    /// What was typed.
    confirm: String,
    uses: Uses,
    faults: Faults,
}

/// The question.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let cluster = app.commissary.show_cluster(&visitor.actor, &name).await?;
    let typed = Removal::typed(query.brought("confirm"));
    let template = asking(&visitor, &app, &cluster, (typed, Faults::default())).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Deletes if the name was typed.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let removal = removal(&mut form);
    let product = &app.commissary;
    let cluster = product.show_cluster(&visitor.actor, &name).await?;
    match product
        .delete_cluster(&visitor.actor, &name, &removal)
        .await
    {
        Ok(()) => {
            let told = format!("the management cluster `{}` is deleted", cluster.name);
            go_and_tell(urls::CLUSTERS, &[Message::done(told)])
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let template = asking(&visitor, &app, &cluster, (removal, faults)).await?;
            render(status, &template)
        }
    }
}

async fn asking<'a>(
    visitor: &Visitor,
    app: &App,
    cluster: &'a ManagementCluster,
    (removal, faults): (Removal, Faults),
) -> Result<DeletePage<'a>, Problem> {
    let name = cluster.name.as_str();
    let (product, first) = (&app.commissary, PageRequest::new(NAMED, None));
    let there = product
        .list_cluster_deliveries(&visitor.actor, name, &first)
        .await?;
    let named: Vec<String> = there.page.items.iter().map(delivered).collect();
    Ok(DeletePage {
        shell: visitor
            .shell(Section::Clusters, way(cluster, "Delete"))
            .await?,
        name,
        place: place(&cluster.connection),
        back: urls::cluster(name),
        confirm: removal.typed,
        uses: Uses {
            more: there.page.next.is_some(),
            ..Uses::of(&named, removal.force)
        },
        faults,
    })
}
