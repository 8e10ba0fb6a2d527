//! `/management-clusters/new`: the form that adds one.

use axum::extract::State;
use axum::response::Response;
use commissary_core::{Action, NewCluster};

use super::form::{Sent, Typed, shown};
use super::{Visitor, go_to_saved};
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::render::{page as render, page_with_messages};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::running::to_its_end;

/// The form: empty, or with what the address brings back.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageClusters)?;
    let typed = Typed::of_query(&mut query).unwrap_or_else(Typed::empty);
    let template = shown(&visitor, &app, (typed, Faults::default()), None).await?;
    page_with_messages(&visitor.headers, &template)
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
            let template = shown(&visitor, &app, (typed, faults), None).await?;
            render(status, &template)
        }
    }
}
