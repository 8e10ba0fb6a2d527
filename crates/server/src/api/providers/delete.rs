//! `DELETE …/infrastructure-providers/{name}?confirm=NAME`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::query::{Ask, Confirmation};
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "deleteProvider",
        Tag::Providers,
        "Remove an infrastructure provider",
    )
    .takes(Action::DeleteProvider)
    .asks::<Confirmation>()
    .answers_nothing("It is gone.")
}

pub(crate) async fn delete_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    Ask(Confirmation(confirmation)): Ask<Confirmation>,
) -> Result<StatusCode, Problem> {
    app.commissary
        .delete_provider(&actor, &workspace, &name, &confirmation)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
