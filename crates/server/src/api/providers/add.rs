//! `POST …/infrastructure-providers`: adds a provider, checking it first.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::domain::SecretInput;
use commissary_core::{NewProvider, NewStaticCredential, Verify};
use serde::Serialize;

use crate::api::Names;
use crate::api::body::Body;
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::wire::SavedJson;
use crate::options::App;
use crate::problem::Problem;
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

pub(crate) async fn add_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(fields): Body,
) -> Result<Response, Problem> {
    let new = read(fields)?;
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

/// Reads the keys of a static credential.
pub(crate) fn keys(fields: &mut Fields) -> NewStaticCredential {
    NewStaticCredential {
        access_key_id: fields.text("accessKeyId"),
        secret_access_key: SecretInput::new(fields.text("secretAccessKey")),
        session_token: fields.optional_text("sessionToken").map(SecretInput::new),
    }
}

/// Reads whether AWS is asked first.
pub(super) fn verify(fields: &mut Fields) -> Verify {
    let words = [("now", Verify::Now), ("later", Verify::Later)];
    let chosen = fields.choice("verify", &words, Some(Verify::Now));
    chosen.unwrap_or_default()
}

/// Reads the body; what a field may hold is the domain's business.
fn read(mut fields: Fields) -> Result<NewProvider, Problem> {
    fields.choice("type", &[("aws", ())], None);
    let name = fields.text("name");
    let credential = fields.object("authentication", |fields| {
        fields.choice("method", &[("static", ())], None);
        keys(fields)
    });
    let region = fields.optional_text("region");
    let release = fields.optional_text("release");
    let features = fields.texts("features");
    let verify = verify(&mut fields);
    fields.finish()?;
    Ok(NewProvider {
        name,
        credential,
        region,
        release,
        features,
        verify,
    })
}
