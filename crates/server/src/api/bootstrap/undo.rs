//! `POST …/bootstrap/undo`: takes a user back, or says what that would do.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use commissary_core::UserToGo;
use commissary_core::domain::UserWish;

use crate::api::Names;
use crate::api::body::Body;
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::providers::keys;
use crate::api::wire::PlanJson;
use crate::options::App;
use crate::problem::Problem;
use crate::running;
use crate::session::SignedIn;

impl Outcome for PlanJson {
    fn into_plain(self) -> Response {
        Json(self).into_response()
    }
}

pub(crate) async fn undo_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(mut fields): Body,
) -> Result<Response, Problem> {
    let user = read(&mut fields);
    let plan = fields.flag("plan");
    let confirmation = fields.optional_text("confirm");
    fields.finish()?;
    if plan {
        let product = app.commissary.clone();
        let planned =
            running::to_its_end(
                async move { Ok(product.plan_undo(&actor, &workspace, user).await?) },
            );
        return Ok(PlanJson::of(planned.await?).into_plain());
    }
    told(&headers, |progress| async move {
        let typed = confirmation.as_deref().unwrap_or_default();
        let product = &app.commissary;
        let gone = product
            .take_user_back(&actor, &workspace, user, typed, progress.as_ref())
            .await?;
        Ok(PlanJson::of(gone.planned))
    })
    .await
}

fn read(fields: &mut Fields) -> UserToGo {
    let administrator = fields.object("administrator", keys);
    UserToGo {
        administrator,
        region: fields.optional_text("region"),
        user_name: fields.optional_text("userName").unwrap_or_default(),
        policy_name: fields
            .optional_text("policyName")
            .unwrap_or_else(|| UserWish::POLICY_NAME.to_owned()),
    }
}
