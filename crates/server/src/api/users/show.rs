//! `GET /api/v1/users/{user}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::people::User;
use commissary_core::{Action, Error, Listed};

use crate::api::Names;
use crate::api::wire::UserJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("showUser", Tag::People, "A user")
        .takes(Action::ListUsers)
        .answers::<UserJson>(StatusCode::OK, "The user.")
}

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
