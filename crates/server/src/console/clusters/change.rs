//! `/management-clusters/{cluster}/edit`: the form that changes one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::domain::ManagementCluster;
use commissary_core::{Action, ClusterChange};

use super::form::{Sent, Typed, shown};
use super::{Visitor, go_to_saved};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::form::{Form, not_whole};
use crate::options::App;
use crate::problem::Problem;
use crate::running::to_its_end;

/// The form with what is kept.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Response, Problem> {
    let kept = found(&visitor, &app, &name).await?;
    let kept_form = (Typed::of(&kept), Faults::default());
    shown(&visitor, &app, StatusCode::OK, kept_form, Some(&kept)).await
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
            shown(&visitor, &app, status, (typed, faults), Some(&kept)).await
        }
    }
}

async fn found(visitor: &Visitor, app: &App, name: &str) -> Result<ManagementCluster, Problem> {
    visitor.must(Action::ManageClusters)?;
    Ok(app.commissary.show_cluster(&visitor.actor, name).await?)
}
