//! `PUT /api/v1/account/password`: changes one's own password.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::Action;
use commissary_core::people::{MAX_PASSWORD, MIN_PASSWORD, PasswordInput};
use serde_json::json;

use super::body::{Body, Input};
use super::fields::Fields;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::{Browser, SignedIn, signed_in};

static CURRENT: Field = Field::new("currentPassword", "The present password.").secret();
static PASSWORD: Field = Field::new("password", "The new password; a few words make a good one.")
    .length(MIN_PASSWORD, MAX_PASSWORD)
    .secret();

/// A password in place of another.
pub(crate) struct NewPassword {
    current: PasswordInput,
    new: PasswordInput,
}

impl Input for NewPassword {
    const NAME: &'static str = "NewPassword";

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            current: PasswordInput::new(fields.text(&CURRENT)),
            new: PasswordInput::new(fields.text(&PASSWORD)),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("changePassword", Tag::Account, "Change one's own password")
        .about("Every session ends; a browser gets a new one.")
        .takes(Action::ChangeOwnAccount)
        .body::<NewPassword>(json!({
            "currentPassword": "correct horse battery staple",
            "password": "staple battery horse correct",
        }))
        .answers_nothing("It is changed.")
        .refuses(&[Code::Conflict, Code::TooManyAttempts])
}

pub(crate) async fn change_password(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Browser { from, transport }: Browser,
    Body(given): Body<NewPassword>,
) -> Result<Response, Problem> {
    let NewPassword { current, new } = given;
    let begun = app
        .commissary
        .change_password(&actor, current, new, from)
        .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(begun) = begun {
        for line in signed_in(begun, transport)? {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    Ok(response)
}
