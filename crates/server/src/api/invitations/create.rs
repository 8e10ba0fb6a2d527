//! `POST /api/v1/invitations`: makes a one-time link, told once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::people::User;
use commissary_core::{Action, Error, NewInvitation, Role};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::InvitationJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;
use crate::urls;

/// What is answered: the invitation with the path of its link.
#[derive(Serialize, JsonSchema)]
struct Invited {
    #[serde(flatten)]
    invitation: InvitationJson,
    /// The path and the query of its link.
    path: String,
}

static NAME: Field =
    Field::new("name", "The name that the user will have.").pattern(User::PATTERN, User::MOST);
static ADMINISTRATOR: Field = Field::new(
    "administrator",
    "Whether the user will be a global administrator.",
);
static ROLES: Field = Field::new("roles", "The roles that the user will have, by workspace.");

impl Input for NewInvitation {
    const NAME: &'static str = "NewInvitation";

    fn read(fields: &mut Fields) -> Option<Self> {
        let words = Role::ALL.map(|role| (role.name(), role));
        Some(Self {
            name: fields.text(&NAME),
            administrator: fields.flag(&ADMINISTRATOR),
            roles: fields.choices_by_name(&ROLES, &words),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "createInvitation",
        Tag::People,
        "Make the one-time link that makes a user",
    )
    .about(
        "Whoever decides about the people of all the workspaces named may; without any it takes \
             a global administrator.",
    )
    .takes(Action::ManageMembers)
    .body::<NewInvitation>(json!({"name": "grace", "roles": {"team-a": "operator"}}))
    .or(
        "administrator",
        json!({"name": "root", "administrator": true}),
    )
    .answers::<Invited>(
        StatusCode::CREATED,
        "The invitation, with the path of its link, this once.",
    )
    .refuses(&[Code::NameTaken, Code::NotFound])
}

pub(crate) async fn create_invitation(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(new): Body<NewInvitation>,
) -> Result<Response, Problem> {
    let (token, made) = app.commissary.invite(&actor, new).await?;
    let invitation = made.page.items.first().ok_or(Error::NotSignedIn)?;
    let body = Invited {
        invitation: InvitationJson::of(invitation, &made.workspaces),
        path: urls::invitation(&token.hand_over()),
    };
    Ok((StatusCode::CREATED, Json(body)).into_response())
}
