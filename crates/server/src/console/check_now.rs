//! `POST …/infrastructure-providers/{name}/check`: checks and goes back to the page.

use axum::extract::State;
use axum::response::Response;
use commissary_core::CheckHow;
use commissary_core::ports::Silent;

use super::flash::Message;
use super::render::go_and_tell;
use super::shell::Visitor;
use crate::api::Names;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::{running, urls};

pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
) -> Result<Response, Problem> {
    let back = urls::provider(&workspace, &name);
    let product = app.commissary.clone();
    let actor = visitor.actor;
    let checked = running::to_its_end(async move {
        Ok(product
            .check_provider(&actor, &workspace, &name, CheckHow::default(), &Silent)
            .await?)
    });
    let message = match checked.await {
        Ok(_) => Message::done("checked just now"),
        Err(problem) => told(problem)?,
    };
    go_and_tell(&back, &[message])
}

/// What went wrong on AWS's side belongs on the provider's page.
fn told(problem: Problem) -> Result<Message, Problem> {
    match problem.code {
        Code::InvalidCredentials
        | Code::AwsUnavailable
        | Code::AwsNonsense
        | Code::AwsRefused
        | Code::Conflict => Ok(Message::attention(problem.detail)),
        _ => Err(problem),
    }
}
