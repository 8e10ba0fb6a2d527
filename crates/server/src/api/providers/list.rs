//! `GET …/infrastructure-providers`: searched, by status, in an order.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::{PageRequest, ProviderQueryInput};

use crate::api::Names;
use crate::api::list::List;
use crate::api::query::{Ask, Query, Question};
use crate::api::wire::ProviderJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// Which providers are wanted, and how many at once.
pub(crate) struct Listed {
    request: PageRequest,
    wanted: ProviderQueryInput,
}

impl Question for Listed {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            request: PageRequest::read(query)?,
            wanted: ProviderQueryInput::read(query)?,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listProviders",
        Tag::Providers,
        "The infrastructure providers of a workspace, by name",
    )
    .takes(Action::ReadProvider)
    .asks::<Listed>()
    .answers::<List<ProviderJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_providers(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    Ask(Listed { request, wanted }): Ask<Listed>,
) -> Result<Json<List<ProviderJson>>, Problem> {
    let page = app
        .commissary
        .list_providers(&actor, &workspace, &wanted, &request)
        .await?;
    Ok(List::of(&page, ProviderJson::of))
}
