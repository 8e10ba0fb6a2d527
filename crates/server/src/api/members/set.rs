//! `PUT /api/v1/workspaces/{workspace}/members/{user}`: `{"role": "operator"}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::{Action, Role};
use serde_json::json;

use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::MemberJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

static ROLE: Field = Field::new("role", "What the user may do in the workspace.");

/// A role as it is given.
pub(crate) struct NewRole(Role);

impl Input for NewRole {
    const NAME: &'static str = "NewRole";

    fn read(fields: &mut Fields) -> Option<Self> {
        let words = Role::ALL.map(|role| (role.name(), role));
        fields.choice(&ROLE, &words, None).map(Self)
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "setMember",
        Tag::People,
        "Give a user a role in a workspace",
    )
    .about("It takes the place of any that the user has there.")
    .takes(Action::ManageMembers)
    .body::<NewRole>(json!({"role": "operator"}))
    .answers::<MemberJson>(StatusCode::OK, "The user with the role.")
}

pub(crate) async fn set_member(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, user)): Names<(String, String)>,
    Body(NewRole(role)): Body<NewRole>,
) -> Result<Json<MemberJson>, Problem> {
    let member = app
        .commissary
        .set_member(&actor, &workspace, &user, role)
        .await?;
    Ok(Json(MemberJson::of(&member)))
}
