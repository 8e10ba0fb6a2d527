//! `POST /api/v1/invitations`: makes a one-time link, told once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::{Error, NewInvitation, Role};
use serde::Serialize;

use crate::api::body::Body;
use crate::api::fields::Fields;
use crate::api::wire::InvitationJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::urls;

/// What is answered: the invitation with the path of its link.
#[derive(Serialize)]
struct Invited {
    #[serde(flatten)]
    invitation: InvitationJson,
    path: String,
}

pub(crate) async fn create_invitation(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(fields): Body,
) -> Result<Response, Problem> {
    let new = read(fields)?;
    let (token, made) = app.commissary.invite(&actor, new).await?;
    let invitation = made.page.items.first().ok_or(Error::NotSignedIn)?;
    let body = Invited {
        invitation: InvitationJson::of(invitation, &made.workspaces),
        path: urls::invitation(&token.hand_over()),
    };
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

fn read(mut fields: Fields) -> Result<NewInvitation, Problem> {
    let name = fields.text("name");
    let administrator = fields.flag("administrator");
    let words = Role::ALL.map(|role| (role.name(), role));
    let roles = fields.choices_by_name("roles", &words);
    fields.finish()?;
    Ok(NewInvitation {
        name,
        administrator,
        roles,
    })
}
