//! `POST …/key-checks`: checks keys that are no provider's, and keeps neither them nor the report.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use commissary_core::domain::CheckEvent;
use commissary_core::{Action, NewCheck};
use serde_json::json;

use super::given;
use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::events::told;
use crate::api::fields::Fields;
use crate::api::wire::ReportJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

impl Input for NewCheck {
    const NAME: &'static str = "NewKeyCheck";

    fn read(fields: &mut Fields) -> Option<Self> {
        fields.choice(&given::TYPE, &[("aws", ())], None);
        Some(Self {
            credential: fields.object(&given::AUTHENTICATION, given::credential),
            region: fields.optional_text(&given::REGION),
            release: fields.optional_text(&given::RELEASE),
            features: fields.texts(&given::FEATURES),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "checkKeys",
        Tag::Checks,
        "Check keys before a provider is made of them",
    )
    .about(
        "AWS is asked who the keys are, then the permissions are checked. Neither the keys nor the \
             report are kept.",
    )
    .takes(Action::AddProvider)
    .body::<NewCheck>(json!({
        "type": "aws",
        "authentication": given::example(true),
        "region": "us-east-1",
        "release": "kommander-2.2",
        "features": [],
    }))
    .answers::<ReportJson>(StatusCode::OK, "The report.")
    .tells::<CheckEvent, ReportJson>()
    .asks_aws()
}

pub(crate) async fn check_keys(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(new): Body<NewCheck>,
) -> Result<Response, Problem> {
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let report = product
            .check_keys(&actor, &workspace, new, progress.as_ref())
            .await?;
        Ok(ReportJson::of_history(report))
    })
    .await
}
