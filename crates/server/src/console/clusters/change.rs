//! `/management-clusters/{cluster}/edit`: the form that changes one.

use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::ManagementCluster;
use commissary_core::{Action, ClusterChange};

use super::form::{Sent, Typed, shown};
use super::{Visitor, go_to_saved};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::form::{Form, not_whole};
use crate::console::render::{page as render, page_with_messages};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::running::to_its_end;

/// The form with what is kept, or with what the address brings back.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let mut kept = found(&visitor, &app, &name).await?;
    if let Ok(seen) = query.brought("seen").parse() {
        kept.revision = seen;
    }
    let typed = Typed::of_query(&mut query).unwrap_or_else(|| Typed::of(&kept));
    let template = shown(&visitor, &app, (typed, Faults::default()), Some(&kept)).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Saves, and goes on to the cluster's page; or shows the form again with what was wrong.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    form: Form,
) -> Result<Response, Problem> {
    let kept = found(&visitor, &app, &name).await?;
    let mut sent = Sent::read(form);
    let seen = ManagementCluster {
        revision: sent.seen.ok_or_else(not_whole)?,
        ..kept.clone()
    };
    let sealing_certificate = sent.take_certificate();
    let (access, typed) = sent.other_access(&kept);
    let change = ClusterChange {
        name: Some(typed.name.clone()),
        access,
        capa_namespace: Some(typed.capa_namespace.clone()),
        sealing_certificate,
        verify: typed.verify(),
    };
    let (product, actor) = (app.commissary.clone(), visitor.actor.clone());
    let changed =
        to_its_end(async move { Ok(product.update_cluster(&actor, &seen, change).await?) });
    match changed.await {
        Ok(saved) => go_to_saved(&saved),
        Err(problem) => {
            let (status, faults) = Faults::with_status(problem)?;
            let template = shown(&visitor, &app, (typed, faults), Some(&kept)).await?;
            render(status, &template)
        }
    }
}

async fn found(visitor: &Visitor, app: &App, name: &str) -> Result<ManagementCluster, Problem> {
    visitor.must(Action::ManageClusters)?;
    Ok(app.commissary.show_cluster(&visitor.actor, name).await?)
}
