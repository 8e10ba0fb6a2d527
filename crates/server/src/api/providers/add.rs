//! `POST …/infrastructure-providers`: adds a provider, checking it first.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{CheckEvent, ProviderName};
use commissary_core::{Action, NewCheck, NewProvider};
use serde::Serialize;
use serde_json::{Value, json};

use super::given;
use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::wire::SavedJson;
use crate::describe::{Field, Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// What is answered: the provider with the notices.
#[derive(Serialize)]
struct Added(SavedJson);

impl Outcome for Added {
    fn into_plain(self) -> Response {
        let headers = [
            (header::LOCATION, self.0.address.clone()),
            (header::ETAG, self.0.etag()),
        ];
        (StatusCode::CREATED, headers, Json(self)).into_response()
    }
}

static NAME: Field = Field::new("name", "The name, unique in the workspace.")
    .pattern(ProviderName::PATTERN, ProviderName::MOST);

impl Input for NewProvider {
    const NAME: &'static str = "NewProvider";

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            name: fields.text(&NAME),
            keys: NewCheck::read(fields)?,
            verify: given::verify(fields),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "addProvider",
        Tag::Providers,
        "Add an infrastructure provider",
    )
    .about(
        "AWS is asked who the keys are, then the permissions are checked. Missing permissions do \
             not block saving. With `\"verify\": \"later\"` AWS is not asked.",
    )
    .takes(Action::AddProvider)
    .body::<NewProvider>(example("prod", "now"))
    .or("unverified", example("later", "later"))
    .answers::<SavedJson>(
        StatusCode::CREATED,
        "The provider, and what people should know.",
    )
    .with(headers::LOCATION)
    .with(headers::ETAG)
    .tells::<CheckEvent, SavedJson>()
    .refuses(&[Code::NameTaken])
    .asks_aws()
}

fn example(name: &str, verify: &str) -> Value {
    json!({
        "name": name,
        "type": "aws",
        "authentication": given::example(true),
        "region": "us-east-1",
        "release": "kommander-2.2",
        "features": [],
        "verify": verify,
    })
}

pub(crate) async fn add_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(new): Body<NewProvider>,
) -> Result<Response, Problem> {
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let added = product
            .add_provider(&actor, &workspace, new, progress.as_ref())
            .await?;
        Ok(Added(
            SavedJson::read(product, &actor, &workspace, added).await?,
        ))
    })
    .await
}
