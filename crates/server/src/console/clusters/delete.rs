//! `/management-clusters/{cluster}/delete`: asks to type the name, then deletes.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::domain::ManagementCluster;
use commissary_core::{Action, Removal};

use super::{Section, Shell, Visitor, place, way};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render};
use crate::options::App;
use crate::problem::Problem;
use crate::urls;

#[derive(Template)]
#[template(path = "delete_cluster.html")]
struct DeletePage<'a> {
    shell: Shell,
    name: &'a str,
    place: &'a str,
    back: String,
    faults: Faults,
}

/// The question.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let cluster = app.commissary.show_cluster(&visitor.actor, &name).await?;
    ask(&visitor, StatusCode::OK, &cluster, Faults::default()).await
}

/// Deletes if the name was typed.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let removal = Removal::typed(form.take("confirm"));
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
            ask(&visitor, status, &cluster, faults).await
        }
    }
}

async fn ask(
    visitor: &Visitor,
    status: StatusCode,
    cluster: &ManagementCluster,
    faults: Faults,
) -> Result<Response, Problem> {
    let name = cluster.name.as_str();
    let template = DeletePage {
        shell: visitor
            .shell(Section::Clusters, way(cluster, "Delete"))
            .await?,
        name,
        place: place(&cluster.connection),
        back: urls::cluster(name),
        faults,
    };
    render(status, &template)
}
