//! `GET /api/v1/whoami`: whose token or session this is, and what it may do.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::people::Reach;
use commissary_core::{Action, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::wire::{RolesJson, roles};
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// Who is signed in.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WhoAmI {
    name: String,
    administrator: bool,
    read_only: bool,
    /// The role in every workspace, if it has one there.
    everywhere: Option<Role>,
    /// Otherwise the role in each.
    roles: RolesJson,
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "whoAmI",
        Tag::Account,
        "Whose token or session this is, and what it may do",
    )
    .takes(Action::ListWorkspaces)
    .answers::<WhoAmI>(StatusCode::OK, "Who is signed in.")
}

pub(crate) async fn whoami(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<Json<WhoAmI>, Problem> {
    let names = app.commissary.own_workspaces(&actor).await?;
    let rights = actor.rights();
    let (everywhere, roles) = match rights.reach() {
        Reach::Everywhere(role) => (Some(*role), RolesJson::new()),
        Reach::Only(in_each) => (None, roles(in_each, &names)),
    };
    Ok(Json(WhoAmI {
        name: actor.name().to_owned(),
        administrator: rights.is_administrator(),
        read_only: rights.is_read_only(),
        everywhere,
        roles,
    }))
}
