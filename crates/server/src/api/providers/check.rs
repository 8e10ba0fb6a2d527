//! `POST …/infrastructure-providers/{name}/check`: runs a check and waits for its
//! report; the short way of `POST …/checks`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{CheckEvent, CheckOptions, Rung};
use commissary_core::{Action, CheckHow};
use serde_json::json;

use crate::api::Names;
use crate::api::body::{Input, OptionalBody};
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::providers::given;
use crate::api::wire::ReportJson;
use crate::checks;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

impl Outcome for ReportJson {
    fn into_plain(self) -> Response {
        Json(self).into_response()
    }
}

static RUNGS: Field = Field::new(
    "rungs",
    "The ways to find out that may be used; all of them where it is not there.",
);
static PROBE_EXISTING: Field = Field::new(
    "probeExisting",
    "Whether dry runs may name what the account has, which decides more. They change nothing.",
);

/// How far a check may go.
impl Input for CheckHow {
    const NAME: &'static str = "CheckHow";

    fn read(fields: &mut Fields) -> Option<Self> {
        let words = Rung::ALL.map(|rung| (rung.id(), rung));
        let rungs = fields.choices(&RUNGS, &words);
        let all = CheckOptions::default();
        Some(Self {
            options: CheckOptions {
                rungs: rungs.map_or(all.rungs, |rungs| rungs.into_iter().collect()),
                probe_existing: fields.flag(&PROBE_EXISTING),
                // Whether an endpoint honours dry runs is the server's business.
                ..CheckOptions::default()
            },
            administrator: fields.optional_object(&given::ADMINISTRATOR, given::keys),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "checkProvider",
        Tag::Checks,
        "Run a check and wait for its report",
    )
    .about("An administrator's keys, if they are lent, are used for this check and not kept.")
    .takes(Action::CheckProvider)
    .optional_body::<CheckHow>(json!({}))
    .or(
        "chosen",
        json!({"rungs": ["simulation"], "probeExisting": false}),
    )
    .answers::<ReportJson>(StatusCode::OK, "The report.")
    .tells::<CheckEvent, ReportJson>()
    .refuses(&[Code::CheckRunning, Code::Conflict, Code::NotReady])
    .asks_aws()
}

pub(crate) async fn check_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    headers: HeaderMap,
    OptionalBody(how): OptionalBody<CheckHow>,
) -> Result<Response, Problem> {
    let begun = checks::begin(&app, &actor, &workspace, &name, how).await?;
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let report = checks::run(&app, begun, progress).await?;
        let provider = product.show_provider(&actor, &workspace, &name).await?;
        Ok(ReportJson::of(report, provider.status()))
    })
    .await
}
