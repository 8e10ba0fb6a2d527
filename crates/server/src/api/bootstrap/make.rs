//! `POST …/bootstrap`: makes the user, and its key a provider.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::UserEvent;
use commissary_core::{Action, NewUser, Notice, UserMade};
use schemars::JsonSchema;
use serde::Serialize;

use super::input;
use crate::api::Names;
use crate::api::body::Body;
use crate::api::events::{Outcome, told};
use crate::api::wire::ProviderJson;
use crate::describe::{Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;
use crate::urls;

/// A user that was made, with its key as a provider.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UserMade")]
#[serde(rename_all = "camelCase")]
struct Made {
    /// The ARN of the user.
    user_arn: String,
    /// The ARNs of its policies.
    policy_arns: Vec<String>,
    /// Whether the key was made just now; otherwise an earlier run had come so far.
    made_key: bool,
    provider: ProviderJson,
    /// The provider's page in the console.
    page: String,
    notices: Vec<Notice>,
    #[serde(skip)]
    location: String,
}

impl Made {
    fn of(workspace: &str, made: UserMade) -> Self {
        let name = made.provider.name.as_str();
        Self {
            location: urls::api_provider(workspace, name),
            page: urls::provider(workspace, name),
            provider: ProviderJson::of(&made.provider),
            user_arn: made.user_arn,
            policy_arns: made.policy_arns,
            made_key: made.made_key,
            notices: made.notices,
        }
    }
}

impl Outcome for Made {
    fn into_plain(self) -> Response {
        let status = match self.made_key {
            true => StatusCode::CREATED,
            false => StatusCode::OK,
        };
        let headers = [(header::LOCATION, self.location.clone())];
        (status, headers, Json(self)).into_response()
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "makeUser",
        Tag::Bootstrap,
        "Make an IAM user, and its key a provider",
    )
    .about(
        "The same again goes on where an earlier run was broken off, and does nothing where all \
             is there.",
    )
    .takes(Action::AddProvider)
    .body::<NewUser>(input::example())
    .answers::<Made>(
        StatusCode::CREATED,
        "The key was made just now, sealed and checked.",
    )
    .with(headers::LOCATION)
    .answers::<Made>(StatusCode::OK, "An earlier run had come so far.")
    .with(headers::LOCATION)
    .tells::<UserEvent, Made>()
    .refuses(&[Code::NameTaken, Code::Conflict])
    .asks_aws()
}

pub(crate) async fn make_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(new): Body<NewUser>,
) -> Result<Response, Problem> {
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let made = product
            .make_user(&actor, &workspace, new, progress.as_ref())
            .await?;
        Ok(Made::of(&workspace, made))
    })
    .await
}
