//! `POST /api/v1/tokens`: makes a token, told once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::people::{ApiToken, NewToken};
use commissary_core::{Action, Error, Expiry, Listed, NewApiToken, Role};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::TokenJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// What is answered: what is kept of the token, and the token.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MadeToken")]
pub(super) struct Made<'a> {
    #[serde(flatten)]
    kept: TokenJson,
    /// The token itself, this once.
    token: &'a str,
}

static NAME: Field = Field::new("name", "What the token is called.")
    .pattern(NewApiToken::PATTERN, NewApiToken::MOST);
static READ_ONLY: Field = Field::new("readOnly", "Whether the token may only read.");
static ROLE: Field = Field::new(
    "role",
    "The highest role that the token has in any workspace.",
);
static WORKSPACES: Field = Field::new("workspaces", "The only workspaces that the token sees.");
static EXPIRES_AT: Field = Field::new(
    "expiresAt",
    "When the token stops working: a moment such as `2027-01-31T12:00:00Z`, or `never`; where it is \
     not there, after 90 days.",
);

impl Input for NewApiToken {
    const NAME: &'static str = "NewToken";

    fn read(fields: &mut Fields) -> Option<Self> {
        let words = Role::ALL.map(|role| (role.name(), Some(role)));
        Some(Self {
            name: fields.text(&NAME),
            read_only: fields.flag(&READ_ONLY),
            most: fields.choice(&ROLE, &words, Some(None)).flatten(),
            workspaces: fields.optional_texts(&WORKSPACES),
            expiry: expiry(fields)?,
        })
    }

    fn narrow(schema: &mut Map<String, Value>) {
        narrow_expiry(schema);
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("createToken", Tag::Account, "Make a token")
        .about("One that is made with a token reaches no further and lives no longer than that.")
        .takes(Action::ChangeOwnAccount)
        .body::<NewApiToken>(json!({"name": "ci", "readOnly": true, "workspaces": ["team-a"]}))
        .or(
            "narrow",
            json!({"name": "narrow", "role": "viewer", "expiresAt": "never"}),
        )
        .answers::<Made<'_>>(
            StatusCode::CREATED,
            "What is kept of the token, and the token, this once.",
        )
        .refuses(&[Code::NameTaken, Code::NotFound])
}

pub(crate) async fn create_token(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(new): Body<NewApiToken>,
) -> Result<Response, Problem> {
    let (token, made) = app.commissary.create_token(&actor, new).await?;
    told(token, &made)
}

/// Tells a token that was just made.
pub(super) fn told(token: NewToken, made: &Listed<ApiToken>) -> Result<Response, Problem> {
    let kept = made.page.items.first().ok_or(Error::NotSignedIn)?;
    let token = token.hand_over();
    let body = Json(Made {
        kept: TokenJson::of(kept, &made.workspaces),
        token: &token,
    });
    Ok((StatusCode::CREATED, body).into_response())
}

/// Reads `expiresAt`; none where it is at fault.
pub(super) fn expiry(fields: &mut Fields) -> Option<Expiry> {
    match fields.optional_text(&EXPIRES_AT) {
        None => Some(Expiry::Usual),
        Some(text) if text == "never" => Some(Expiry::Never),
        Some(text) => {
            let at = text.parse().ok().map(Expiry::At);
            if at.is_none() {
                let message =
                    "`expiresAt` must be a moment such as `2027-01-31T12:00:00Z`, or `never`";
                fields.fault(EXPIRES_AT.name, message);
            }
            at
        }
    }
}

/// A moment or a word is more than one format says.
pub(super) fn narrow_expiry(schema: &mut Map<String, Value>) {
    if let Some(expiry) = schema
        .get_mut("properties")
        .and_then(|all| all.get_mut(EXPIRES_AT.name))
    {
        *expiry = json!({
            "description": EXPIRES_AT.about(),
            "anyOf": [{"type": "string", "format": "date-time"}, {"enum": ["never", null]}],
        });
    }
}
