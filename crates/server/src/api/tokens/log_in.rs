//! `POST /api/v1/login`: makes a token for whoever has a user's password.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::NewApiToken;
use commissary_core::people::{PasswordInput, User};
use serde_json::{Map, Value, json};

use super::create::{Made, expiry, narrow_expiry, told};
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::Browser;

static NAME: Field = Field::new("name", "The name of the user.").length(1, User::MOST);
static PASSWORD: Field = Field::new("password", "The password of the user.").secret();
static TOKEN_NAME: Field = Field::new("tokenName", "What the token is called.")
    .pattern(NewApiToken::PATTERN, NewApiToken::MOST);

/// Who signs in, and the token that is asked for.
pub(crate) struct Login {
    name: String,
    password: PasswordInput,
    token: NewApiToken,
}

impl Input for Login {
    const NAME: &'static str = "Login";

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            name: fields.text(&NAME),
            password: PasswordInput::new(fields.text(&PASSWORD)),
            token: NewApiToken {
                name: fields.text(&TOKEN_NAME),
                expiry: expiry(fields)?,
                ..NewApiToken::default()
            },
        })
    }

    fn narrow(schema: &mut Map<String, Value>) {
        narrow_expiry(schema);
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "logIn",
        Tag::Account,
        "Make a token for whoever has a user's password",
    )
    .body::<Login>(json!({
        "name": "ada",
        "password": "correct horse battery staple",
        "tokenName": "laptop",
    }))
    .answers::<Made<'_>>(
        StatusCode::CREATED,
        "What is kept of the token, and the token, this once.",
    )
    .refuses(&[Code::NameTaken, Code::TooManyAttempts])
}

pub(crate) async fn log_in(
    State(app): State<App>,
    Browser { from, .. }: Browser,
    Body(login): Body<Login>,
) -> Result<Response, Problem> {
    let Login {
        name,
        password,
        token,
    } = login;
    let (token, made) = app.commissary.log_in(&name, password, token, from).await?;
    told(token, &made)
}
