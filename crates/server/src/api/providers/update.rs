//! `PATCH …/infrastructure-providers/{name}`: changes what the body names, of the
//! provider that `If-Match` names.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{CheckEvent, ProviderName, Region};
use commissary_core::{Action, ProviderChange};
use serde::Serialize;
use serde_json::json;

use super::given;
use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::preconditions::IfMatch;
use crate::api::wire::{SavedJson, etag};
use crate::describe::{Field, Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// What is answered: the provider with the notices.
#[derive(Serialize)]
struct Updated(SavedJson);

impl Outcome for Updated {
    fn into_plain(self) -> Response {
        let headers = [
            // It may have another name now.
            (header::CONTENT_LOCATION, self.0.address.clone()),
            (header::ETAG, self.0.etag()),
        ];
        (headers, Json(self)).into_response()
    }
}

static NAME: Field =
    Field::new("name", "Another name.").pattern(ProviderName::PATTERN, ProviderName::MOST);
static TYPE: Field = Field::new("type", "The cloud, which stays what it is.");
static REGION: Field =
    Field::new("region", "Another region.").pattern(Region::PATTERN, Region::MOST);
static RELEASE: Field = Field::new("release", "Another release.")
    .words(given::release_ids)
    .or_empty();

/// What is not named stays as it is.
impl Input for ProviderChange {
    const NAME: &'static str = "ProviderChange";

    fn read(fields: &mut Fields) -> Option<Self> {
        fields.choice(&TYPE, &[("aws", ())], Some(()));
        Some(Self {
            name: fields.optional_text(&NAME),
            region: fields.optional_text(&REGION),
            release: fields.optional_text(&RELEASE),
            features: fields.optional_texts(&given::FEATURES),
            credential: fields.optional_object(&given::AUTHENTICATION, given::credential),
            verify: given::verify(fields),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "updateProvider",
        Tag::Providers,
        "Change an infrastructure provider",
    )
    .about("What is not named stays as it is.")
    .takes(Action::UpdateProvider)
    .on_condition(headers::IF_MATCH)
    .body::<ProviderChange>(json!({"region": "us-west-2", "verify": "later"}))
    .answers::<SavedJson>(StatusCode::OK, "The provider, and what people should know.")
    .with(headers::CONTENT_LOCATION)
    .with(headers::ETAG)
    .tells::<CheckEvent, SavedJson>()
    .refuses(&[Code::NameTaken])
    .asks_aws()
}

pub(crate) async fn update_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    if_match: IfMatch,
    headers: HeaderMap,
    Body(change): Body<ProviderChange>,
) -> Result<Response, Problem> {
    let product = app.commissary.clone();
    product
        .may_in(&actor, Action::UpdateProvider, &workspace)
        .await?;
    let seen = product.show_provider(&actor, &workspace, &name).await?;
    if_match.check(&etag(&seen))?;
    told(&headers, |progress| async move {
        let saved = product
            .update_provider(&actor, &workspace, &seen, change, progress.as_ref())
            .await?;
        let saved = SavedJson::read(&product, &actor, &workspace, saved).await?;
        Ok(Updated(saved))
    })
    .await
}
