//! `POST …/bootstrap/plan`: what would be made; nothing is.

use axum::Json;
use axum::extract::State;

use super::input::read;
use crate::api::Names;
use crate::api::body::Body;
use crate::api::wire::PlanJson;
use crate::options::App;
use crate::problem::Problem;
use crate::running;
use crate::session::SignedIn;

pub(crate) async fn plan_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    Body(fields): Body,
) -> Result<Json<PlanJson>, Problem> {
    let new = read(fields)?;
    let product = app.commissary.clone();
    let planned =
        running::to_its_end(async move { Ok(product.plan_user(&actor, &workspace, new).await?) });
    Ok(Json(PlanJson::of_user(planned.await?)))
}
