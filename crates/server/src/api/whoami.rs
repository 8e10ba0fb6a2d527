//! `GET /api/v1/whoami`: whose token or session this is, and what it may do.

use axum::Json;
use axum::extract::State;
use commissary_core::Role;
use commissary_core::people::Reach;
use serde::Serialize;

use super::wire::{RolesJson, roles};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// Who is signed in.
#[derive(Serialize)]
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
