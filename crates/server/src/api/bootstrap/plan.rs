//! `POST …/bootstrap/plan`: what would be made; nothing is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::{Action, NewUser};

use super::input;
use crate::api::Names;
use crate::api::body::Body;
use crate::api::wire::PlanJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::running;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("planUser", Tag::Bootstrap, "What would be made; nothing is")
        .takes(Action::AddProvider)
        .body::<NewUser>(input::example())
        .answers::<PlanJson>(StatusCode::OK, "The plan.")
        .refuses(&[Code::Conflict])
        .asks_aws()
}

pub(crate) async fn plan_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    Body(new): Body<NewUser>,
) -> Result<Json<PlanJson>, Problem> {
    let product = app.commissary.clone();
    let planned =
        running::to_its_end(async move { Ok(product.plan_user(&actor, &workspace, new).await?) });
    Ok(Json(PlanJson::of_user(planned.await?)))
}
