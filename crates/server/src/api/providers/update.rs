//! `PATCH …/infrastructure-providers/{name}`: changes what the body names, of the
//! provider that `If-Match` names.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use commissary_core::ProviderChange;
use serde::Serialize;

use super::add::{keys, verify};
use crate::api::Names;
use crate::api::body::Body;
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::preconditions::IfMatch;
use crate::api::wire::{SavedJson, etag};
use crate::options::App;
use crate::problem::Problem;
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

pub(crate) async fn update_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    if_match: IfMatch,
    headers: HeaderMap,
    Body(fields): Body,
) -> Result<Response, Problem> {
    let change = read(fields)?;
    let product = app.commissary.clone();
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

/// Reads the body: what is not named stays as it is.
fn read(mut fields: Fields) -> Result<ProviderChange, Problem> {
    fields.choice("type", &[("aws", ())], Some(()));
    let change = ProviderChange {
        name: fields.optional_text("name"),
        region: fields.optional_text("region"),
        release: fields.optional_text("release"),
        features: fields.optional_texts("features"),
        credential: fields.optional_object("authentication", |fields| {
            fields.choice("method", &[("static", ())], None);
            keys(fields)
        }),
        verify: verify(&mut fields),
    };
    fields.finish()?;
    Ok(change)
}
