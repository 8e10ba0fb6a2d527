//! `PUT /api/v1/workspaces/{workspace}/members/{user}`: `{"role": "operator"}`.

use axum::Json;
use axum::extract::State;
use commissary_core::Role;

use crate::api::Names;
use crate::api::body::Body;
use crate::api::wire::MemberJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

pub(crate) async fn set_member(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, user)): Names<(String, String)>,
    Body(mut fields): Body,
) -> Result<Json<MemberJson>, Problem> {
    let words = Role::ALL.map(|role| (role.name(), role));
    let role = fields.choice("role", &words, None);
    fields.finish()?;
    let role = role.ok_or_else(|| Problem::internal(&"a role that is missing was not told"))?;
    let member = app
        .commissary
        .set_member(&actor, &workspace, &user, role)
        .await?;
    Ok(Json(MemberJson::of(&member)))
}
