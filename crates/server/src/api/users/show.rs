//! `GET /api/v1/users/{user}`.

use axum::Json;
use axum::extract::State;
use commissary_core::people::User;
use commissary_core::{Error, Listed};

use crate::api::Names;
use crate::api::wire::UserJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

pub(crate) async fn show_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
) -> Result<Json<UserJson>, Problem> {
    written(app.commissary.show_user(&actor, &name).await?)
}

/// One user as it is written.
pub(super) fn written(found: Listed<User>) -> Result<Json<UserJson>, Problem> {
    let user = found.page.items.first().ok_or(Error::NotSignedIn)?;
    Ok(Json(UserJson::of(user, &found.workspaces)))
}
