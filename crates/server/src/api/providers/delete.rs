//! `DELETE …/infrastructure-providers/{name}?confirm=NAME[&force=true]`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::{Action, Removal};

use crate::api::Names;
use crate::api::query::Ask;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "deleteProvider",
        Tag::Providers,
        "Remove an infrastructure provider",
    )
    .about("What was delivered of it is taken out of the management clusters. While clusters there use it that is refused, with a list of them, unless it is forced.")
    .takes(Action::DeleteProvider)
    .asks::<Removal>()
    .answers_nothing("It is gone.")
    .refuses(&[Code::InUse])
}

pub(crate) async fn delete_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    Ask(removal): Ask<Removal>,
) -> Result<StatusCode, Problem> {
    app.commissary
        .delete_provider(&actor, &workspace, &name, &removal)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
