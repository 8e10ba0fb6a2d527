//! `GET /api/v1/releases/{id}/policy`: the smallest policy that works.

use axum::http::StatusCode;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_permissions::PolicyDocument;
use commissary_permissions::release;

use crate::api::Names;
use crate::api::providers::given;
use crate::api::query::{Ask, Query, Question};
use crate::describe::{Field, Operation, Tag};
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

static FEATURE: Field = Field::new(
    "feature",
    "A feature that clusters need; as often as needed.",
)
.words(given::feature_ids);
static FORMAT: Field = Field::new("format", "How the JSON is laid out.");

/// Which policy is wanted, and how it is written.
pub(crate) struct PolicyOf {
    features: Vec<String>,
    written: fn(&PolicyDocument) -> String,
}

impl Question for PolicyOf {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        type Write = fn(&PolicyDocument) -> String;
        let formats: [(&str, Write); 2] = [
            ("pretty", PolicyDocument::to_pretty),
            ("compact", PolicyDocument::to_compact),
        ];
        Ok(Self {
            features: query.texts(&FEATURE),
            written: query.choice(&FORMAT, &formats, Some(PolicyDocument::to_pretty))?,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "releasePolicy",
        Tag::Releases,
        "The smallest policy that works",
    )
    .asks::<PolicyOf>()
    .answers::<PolicyDocument>(StatusCode::OK, "The policy.")
}

pub(crate) async fn release_policy(
    _: SignedIn,
    Names(id): Names<String>,
    Ask(PolicyOf { features, written }): Ask<PolicyOf>,
) -> Result<Response, Problem> {
    let release = release(&id).map_err(|error| Problem::new(Code::NotFound, error.to_string()))?;
    let selection = release
        .select(&features)
        .map_err(|error| Problem::at("feature", error.to_string()))?;
    let policy = selection.policy();
    let text = written(&policy);
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
