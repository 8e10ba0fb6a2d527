//! `…/make-a-user`: the form that makes a user in an account, whose key becomes a provider.

mod form;
mod page;
mod plan;
pub(crate) mod printed;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::Words;
use commissary_core::ports::Silent;
use commissary_core::{Action, NewUser, Notice, UserMade, UserPlanned};
use serde::Serialize;

use super::faults::Faults;
use super::flash::Message;
use super::form::Form;
use super::render::{go_and_tell, page as render, page_with_messages};
use super::shell::Visitor;
use crate::api::Names;
use crate::api::events::{Outcome, told, wants_events};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::{running, urls};
pub(crate) use form::lent;
use form::{Sent, Typed};
use page::shown;
pub(crate) use plan::{PlanShown, told_lines};

/// The choices as they are called here.
const WORDS: Words = Words {
    undo: "“Take a user back”",
    change_others: "“Change what others made”",
    user_name: "“User name”",
    another_key: "“Make another key”",
    replace_key: ["“Replace a key” with `", "`"],
    kept_key: "is sealed as the infrastructure provider already",
};

/// The form: empty, or with what the address brings back.
pub(crate) async fn page(
    visitor: Visitor,
    Names(workspace): Names<String>,
    query: Parameters,
) -> Result<Response, Problem> {
    visitor.must_in(Action::AddProvider, &workspace).await?;
    let (typed, faults) = (Typed::of_query(query), Faults::default());
    let template = shown(&visitor, &workspace, typed, faults, None).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Shows the plan over the form; or makes the user and goes on to the provider's page, telling
/// whoever asks for that each step on the way.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    form: Form,
) -> Result<Response, Problem> {
    let Sent { typed, new, make } = form::read(form);
    if make && wants_events(&visitor.headers) {
        return streamed(&visitor, app, workspace, new).await;
    }
    let problem = match new {
        Ok(new) if make => match made(&visitor, &app, &workspace, new).await {
            Ok(made) => {
                let to = urls::provider(&workspace, made.provider.name.as_str());
                return go_and_tell(&to, &messages(&made));
            }
            Err(problem) => problem,
        },
        Ok(new) => match planned(&visitor, &app, &workspace, new).await {
            Ok(planned) => {
                let faults = Faults::of_one(planned.in_the_way.clone());
                let plan = Some(PlanShown::of(planned));
                let template = shown(&visitor, &workspace, typed, faults, plan).await?;
                return render(StatusCode::OK, &template);
            }
            Err(problem) => problem,
        },
        Err(problem) => problem,
    };
    let (status, faults) = Faults::with_status(problem)?;
    let template = shown(&visitor, &workspace, typed, faults, None).await?;
    render(status, &template)
}

async fn planned(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    new: NewUser,
) -> Result<UserPlanned, Problem> {
    let (product, actor) = (app.commissary.clone(), visitor.actor.clone());
    let workspace = workspace.to_owned();
    running::to_its_end(async move { Ok(product.plan_user(&actor, &workspace, new).await?) }).await
}

async fn made(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    new: NewUser,
) -> Result<UserMade, Problem> {
    let (product, actor) = (app.commissary.clone(), visitor.actor.clone());
    let workspace = workspace.to_owned();
    running::to_its_end(
        async move { Ok(product.make_user(&actor, &workspace, new, &Silent).await?) },
    )
    .await
}

/// Where a page of the console that follows the steps goes in the end.
#[derive(Serialize)]
pub(crate) struct Next {
    pub(crate) page: String,
    /// What people should know before they go on.
    pub(crate) notices: Vec<Notice>,
}

impl Outcome for Next {
    fn into_plain(self) -> Response {
        Json(self).into_response()
    }
}

async fn streamed(
    visitor: &Visitor,
    app: App,
    workspace: String,
    new: Result<NewUser, Problem>,
) -> Result<Response, Problem> {
    let actor = visitor.actor.clone();
    told(&visitor.headers, |progress| async move {
        let made = app
            .commissary
            .make_user(&actor, &workspace, new?, progress.as_ref())
            .await?;
        Ok(Next {
            page: urls::provider(&workspace, made.provider.name.as_str()),
            notices: made.notices,
        })
    })
    .await
}

fn messages(made: &UserMade) -> Vec<Message> {
    let name = &made.provider.name;
    let first = match made.made_key {
        true => format!(
            "the user `{}` is made, and its key is sealed as the infrastructure provider `{name}`",
            made.user_arn
        ),
        false => format!("the infrastructure provider `{name}` has the key of the user already"),
    };
    let notices = made.notices.iter();
    let notices = notices.map(|notice| Message::attention(notice.message.clone()));
    std::iter::once(Message::done(first))
        .chain(notices)
        .collect()
}
