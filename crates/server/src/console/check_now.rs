//! `POST …/infrastructure-providers/{name}/check`: checks and goes back to the page; or shows the
//! form again with what was wrong with it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use commissary_core::ports::Silent;

use super::faults::Faults;
use super::flash::Message;
use super::form::Form;
use super::provider::{CheckForm, newest_checks, shown};
use super::render::{go_and_tell, page};
use super::shell::Visitor;
use crate::api::Names;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::{checks, running, urls};

pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (form, how) = CheckForm::read(form);
    let checked = {
        let (app, actor) = (app.clone(), visitor.actor.clone());
        let (workspace, name) = (workspace.clone(), name.clone());
        running::to_its_end(async move {
            let begun = checks::begin(&app, &actor, &workspace, &name, how).await?;
            checks::run(&app, begun, Arc::new(Silent)).await
        })
    };
    let message = match checked.await {
        Ok(_) => Message::done("checked just now"),
        Err(problem) if is_about_the_form(&problem) => {
            let (status, faults) = Faults::with_status(problem)?;
            let form = form.with(faults);
            let shows = (form, newest_checks());
            let template = shown(&visitor, &app, (&workspace, &name), shows).await?;
            return page(status, &template);
        }
        Err(problem) => told(problem)?,
    };
    go_and_tell(&urls::provider(&workspace, &name), &[message])
}

/// Whether it is the keys that an administrator lent.
fn is_about_the_form(problem: &Problem) -> bool {
    let mut fields = problem.errors.iter().map(|fault| fault.field.as_str());
    fields.any(|field| field.starts_with("administrator."))
}

/// What went wrong on AWS's side belongs on the provider's page.
fn told(problem: Problem) -> Result<Message, Problem> {
    match problem.code {
        Code::InvalidCredentials
        | Code::AwsUnavailable
        | Code::AwsNonsense
        | Code::AwsRefused
        | Code::CheckRunning
        | Code::Conflict => Ok(Message::attention(problem.detail)),
        _ => Err(problem),
    }
}
