//! `GET /api/v1/workspaces`, by name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::list::List;
use crate::api::query::{Ask, Query, Question};
use crate::api::wire::WorkspaceJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

static SEARCH: Field = Field::new(
    "search",
    "A part of the name; upper and lower case are the same.",
);

/// Which workspaces are wanted, and how many at once.
pub(crate) struct Listed {
    request: PageRequest,
    search: Option<String>,
}

impl Question for Listed {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            request: PageRequest::read(query)?,
            search: query.optional_text(&SEARCH)?,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listWorkspaces",
        Tag::Workspaces,
        "The workspaces that one may see, by name",
    )
    .takes(Action::ListWorkspaces)
    .asks::<Listed>()
    .answers::<List<WorkspaceJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_workspaces(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(Listed { request, search }): Ask<Listed>,
) -> Result<Json<List<WorkspaceJson>>, Problem> {
    let page = app
        .commissary
        .list_workspaces(&actor, search.as_deref(), &request)
        .await?;
    Ok(List::of(&page, WorkspaceJson::of))
}
