//! `POST …/bootstrap`: makes the user, and its key a provider.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::{Notice, UserMade};
use serde::Serialize;

use super::input::read;
use crate::api::Names;
use crate::api::body::Body;
use crate::api::events::{Outcome, told};
use crate::api::wire::ProviderJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::urls;

/// What is answered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    user_arn: String,
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

pub(crate) async fn make_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(fields): Body,
) -> Result<Response, Problem> {
    let new = read(fields)?;
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let made = product
            .make_user(&actor, &workspace, new, progress.as_ref())
            .await?;
        Ok(Made::of(&workspace, made))
    })
    .await
}
