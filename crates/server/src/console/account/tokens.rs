//! `POST /account/tokens`, which shows the token once, and `…/{id}/revoke`.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::people::{ApiToken, TokenId, WorkspaceNames};
use commissary_core::{Error, Expiry, NewApiToken, Role};
use jiff::SignedDuration;
use zeroize::Zeroizing;

use super::{TypedToken, built};
use crate::api::Id;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::{Form, not_whole};
use crate::console::moment::Moment;
use crate::console::render::{go_and_tell, page as render, page_once};
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;

/// What is told of a token afterwards.
const AFTERWARDS: &str = "the token is made and was shown already, and is shown once; if nobody kept it, revoke it below and make another";

#[derive(Template)]
#[template(path = "new_token.html")]
struct NewTokenPage<'a> {
    shell: Shell,
    name: &'a str,
    token: Zeroizing<String>,
    expires: Option<Moment>,
}

/// Makes a token.
pub(crate) async fn create(
    visitor: Visitor,
    State(app): State<App>,
    mut form: Form,
) -> Result<Response, Problem> {
    let typed = TypedToken::take(|field| form.take_all(field));
    let (read_only, most) = match typed.scope.as_str() {
        "" | "all" => (false, None),
        "read" => (true, None),
        role => (false, Some(Role::parse(role).ok_or_else(not_whole)?)),
    };
    let expiry = match typed.days.as_str() {
        "" => Expiry::Usual,
        "never" => Expiry::Never,
        days => {
            let days: u16 = days.parse().map_err(|_| not_whole())?;
            Expiry::In(SignedDuration::from_hours(24 * i64::from(days)))
        }
    };
    let named = typed.others.split_whitespace().map(str::to_owned);
    let workspaces: Vec<String> = typed.workspaces.iter().cloned().chain(named).collect();
    let new = NewApiToken {
        name: typed.name.clone(),
        read_only,
        most,
        workspaces: (!workspaces.is_empty()).then_some(workspaces),
        expiry,
    };
    match app.commissary.create_token(&visitor.actor, new).await {
        Ok((token, made)) => {
            let kept = made.page.items.first().ok_or(Error::NotSignedIn)?;
            let way = vec![
                Crumb::to("Your account", "/account"),
                Crumb::here("New token"),
            ];
            let template = NewTokenPage {
                shell: visitor.shell(Section::Account, way).await?,
                name: &kept.name,
                token: token.hand_over(),
                expires: kept.expires_at.map(Moment::of),
            };
            page_once(&template, AFTERWARDS)
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let typed = TypedToken { faults, ..typed };
            let template = built(&visitor, &app, Faults::default(), typed).await?;
            render(status, &template)
        }
    }
}

/// Revokes a token.
pub(crate) async fn revoke(
    visitor: Visitor,
    State(app): State<App>,
    Id(id): Id,
) -> Result<Response, Problem> {
    app.commissary
        .revoke_token(&visitor.actor, TokenId(id))
        .await?;
    go_and_tell("/account", &[Message::done("the token is revoked")])
}

/// What a token may do, for people.
pub(super) fn scope_in_words(token: &ApiToken, names: &WorkspaceNames) -> String {
    let what = match (token.scope.read_only, token.scope.most) {
        (true, _) => "reads".to_owned(),
        (false, Some(role)) => format!("at most {role}"),
        (false, None) => "all that you may".to_owned(),
    };
    match &token.scope.workspaces {
        None => what,
        Some(ids) => {
            let known: Vec<&str> = ids
                .iter()
                .filter_map(|id| names.get(id))
                .map(|name| name.as_str())
                .collect();
            match known.is_empty() {
                true => "nothing: its workspaces are gone".to_owned(),
                false => format!("{what} in {}", known.join(", ")),
            }
        }
    }
}
