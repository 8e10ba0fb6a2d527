//! `POST …/bootstrap/undo`: takes a user back, or says what that would do.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{UserEvent, UserWish};
use commissary_core::{Action, UserToGo};
use commissary_permissions::Blueprint;
use serde_json::json;

use super::wish;
use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::providers::given;
use crate::api::wire::PlanJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::running;
use crate::session::SignedIn;

impl Outcome for PlanJson {
    fn into_plain(self) -> Response {
        Json(self).into_response()
    }
}

static USER_NAME: Field = Field::new("userName", "The name of the IAM user that is to go.")
    .pattern(Blueprint::POLICY_PATTERN, Blueprint::USER_MOST);
static PLAN: Field = Field::new("plan", "Whether it is only said what would be done.");
static CONFIRM: Field = Field::new(
    "confirm",
    "The name of the user, so that no other goes by mistake; not needed for a plan.",
);

/// A user that is to go.
pub(crate) struct Undo {
    user: UserToGo,
    plan: bool,
    confirmation: Option<String>,
}

impl Input for Undo {
    const NAME: &'static str = "Undo";

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            user: UserToGo {
                administrator: fields.object(&given::ADMINISTRATOR, given::keys),
                region: fields.optional_text(&given::REGION),
                user_name: fields.text(&USER_NAME),
                policy_name: fields
                    .optional_text(&wish::POLICY_NAME)
                    .unwrap_or_else(|| UserWish::POLICY_NAME.to_owned()),
            },
            plan: fields.flag(&PLAN),
            confirmation: fields.optional_text(&CONFIRM),
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    let mut undo = json!({"administrator": given::example(false), "userName": "Kommander"});
    let mut plan = undo.clone();
    if let (Some(undo), Some(plan)) = (undo.as_object_mut(), plan.as_object_mut()) {
        plan.insert("plan".to_owned(), json!(true));
        undo.insert("confirm".to_owned(), json!("Kommander"));
    }
    Operation::new(
        "undoUser",
        Tag::Bootstrap,
        "Take a user back, or say what that would do",
    )
    .about("What a bootstrap made is removed; `confirm` names the user.")
    .takes(Action::DeleteProvider)
    .body::<Undo>(plan)
    .or("undo", undo)
    .answers::<PlanJson>(StatusCode::OK, "What would be done, or was.")
    .tells::<UserEvent, PlanJson>()
    .refuses(&[Code::Conflict])
    .asks_aws()
}

pub(crate) async fn undo_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    headers: HeaderMap,
    Body(undo): Body<Undo>,
) -> Result<Response, Problem> {
    let Undo {
        user,
        plan,
        confirmation,
    } = undo;
    if plan {
        let product = app.commissary.clone();
        let planned =
            running::to_its_end(
                async move { Ok(product.plan_undo(&actor, &workspace, user).await?) },
            );
        return Ok(PlanJson::of(planned.await?).into_plain());
    }
    told(&headers, |progress| async move {
        let typed = confirmation.as_deref().unwrap_or_default();
        let product = &app.commissary;
        let gone = product
            .take_user_back(&actor, &workspace, user, typed, progress.as_ref())
            .await?;
        Ok(PlanJson::of(gone.planned))
    })
    .await
}
