//! `DELETE /api/v1/users/{user}?confirm={user}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::query::{Ask, Confirmation};
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "deleteUser",
        Tag::People,
        "Remove a user with all sessions, tokens and roles",
    )
    .takes(Action::ManageUsers)
    .asks::<Confirmation>()
    .answers_nothing("It is gone.")
    .refuses(&[Code::Conflict])
}

pub(crate) async fn delete_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    Ask(Confirmation(confirm)): Ask<Confirmation>,
) -> Result<StatusCode, Problem> {
    app.commissary.delete_user(&actor, &name, &confirm).await?;
    Ok(StatusCode::NO_CONTENT)
}
