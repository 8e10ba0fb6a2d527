//! `/management-clusters/new`: the form that adds one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::{Action, NewCluster};

use super::form::{Sent, Typed, shown};
use super::{Visitor, go_to_saved};
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::options::App;
use crate::problem::Problem;
use crate::running::to_its_end;

/// The empty form.
pub(crate) async fn page(visitor: Visitor, State(app): State<App>) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let empty = (Typed::new(), Faults::default());
    shown(&visitor, &app, StatusCode::OK, empty, None).await
}

/// Saves, and goes on to the cluster's page; or shows the form again with what was wrong.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    form: Form,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let mut sent = Sent::read(form);
    let sealing_certificate = sent.take_certificate();
    let (access, typed) = sent.access();
    let new = NewCluster {
        name: typed.name.clone(),
        access,
        capa_namespace: Some(typed.capa_namespace.clone()),
        sealing_certificate,
        verify: typed.verify(),
    };
    let (product, actor) = (app.commissary.clone(), visitor.actor.clone());
    match to_its_end(async move { Ok(product.add_cluster(&actor, new).await?) }).await {
        Ok(saved) => go_to_saved(&saved),
        Err(problem) => {
            let (status, faults) = Faults::with_status(problem)?;
            shown(&visitor, &app, status, (typed, faults), None).await
        }
    }
}
