//! `PATCH /api/v1/users/{user}`: `{"disabled": true}` or `{"administrator": false}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::{Action, UserEdit};
use serde_json::{Map, Value, json};

use super::show::written;
use crate::api::Names;
use crate::api::body::{Body, Input};
use crate::api::fields::Fields;
use crate::api::wire::UserJson;
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

static DISABLED: Field = Field::new("disabled", "Whether the user may not sign in any more.");
static ADMINISTRATOR: Field = Field::new(
    "administrator",
    "Whether the user is a global administrator.",
);

/// The one thing that is to be changed.
impl Input for UserEdit {
    const NAME: &'static str = "UserEdit";

    fn read(fields: &mut Fields) -> Option<Self> {
        let disabled = fields.optional_flag(&DISABLED);
        let administrator = fields.optional_flag(&ADMINISTRATOR);
        match (disabled, administrator) {
            (Some(true), None) => Some(Self::Disable),
            (Some(false), None) => Some(Self::Enable),
            (None, Some(is)) => Some(Self::Administrator(is)),
            _ => {
                let message = "give either `disabled` or `administrator`, true or false";
                fields.fault("body", message);
                None
            }
        }
    }

    fn narrow(schema: &mut Map<String, Value>) {
        let one = |given: &str, other: &str| json!({"required": [given], "properties": {given: {"type": "boolean"}, other: {"type": "null"}}});
        let ways = [
            one("disabled", "administrator"),
            one("administrator", "disabled"),
        ];
        schema.insert("oneOf".to_owned(), json!(ways));
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("updateUser", Tag::People, "Change a user")
        .about("Disable or enable, or say whether it is a global administrator: one at a time.")
        .takes(Action::ManageUsers)
        .body::<UserEdit>(json!({"disabled": false}))
        .or("administrator", json!({"administrator": true}))
        .answers::<UserJson>(StatusCode::OK, "The user.")
        .refuses(&[Code::Conflict])
}

pub(crate) async fn update_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    Body(edit): Body<UserEdit>,
) -> Result<Json<UserJson>, Problem> {
    app.commissary.edit_user(&actor, &name, edit).await?;
    written(app.commissary.show_user(&actor, &name).await?)
}
