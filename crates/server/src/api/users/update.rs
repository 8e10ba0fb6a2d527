//! `PATCH /api/v1/users/{user}`: `{"disabled": true}` or `{"administrator": false}`.

use axum::Json;
use axum::extract::State;
use commissary_core::{FieldError, UserEdit};

use super::show::written;
use crate::api::Names;
use crate::api::body::Body;
use crate::api::fields::Fields;
use crate::api::wire::UserJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

pub(crate) async fn update_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    Body(fields): Body,
) -> Result<Json<UserJson>, Problem> {
    let edit = read(fields)?;
    app.commissary.edit_user(&actor, &name, edit).await?;
    written(app.commissary.show_user(&actor, &name).await?)
}

/// Reads the one thing that is to be changed.
fn read(mut fields: Fields) -> Result<UserEdit, Problem> {
    let disabled = fields.optional_flag("disabled");
    let administrator = fields.optional_flag("administrator");
    fields.finish()?;
    match (disabled, administrator) {
        (Some(true), None) => Ok(UserEdit::Disable),
        (Some(false), None) => Ok(UserEdit::Enable),
        (None, Some(is)) => Ok(UserEdit::Administrator(is)),
        _ => Err(Problem::invalid(vec![FieldError::new(
            "body",
            "give either `disabled` or `administrator`, true or false",
        )])),
    }
}
