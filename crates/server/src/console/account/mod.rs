//! `/account`: one's own password, sessions and API tokens.

mod browser;
mod password;
mod sessions;
mod tokens;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::people::{ApiToken, MIN_PASSWORD, Session};

use super::faults::Faults;
use super::moment::Moment;
use super::prose::Prose;
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;

pub(crate) use password::submit as change_password;
pub(crate) use sessions::end as end_session;
pub(crate) use tokens::{create as create_token, revoke as revoke_token};

struct SessionRow {
    id: String,
    address: String,
    /// What it calls itself, in short.
    browser: String,
    /// The same in full, where that is longer.
    agent: Option<String>,
    current: bool,
    began: Moment,
    seen: Moment,
}

struct TokenRow {
    id: String,
    name: String,
    /// What it may do, in words.
    scope: String,
    used: Option<Moment>,
    expires: Option<Moment>,
}

/// What was typed into the form that makes a token.
#[derive(Default)]
struct TypedToken {
    name: String,
    /// The workspaces that were ticked, and the names of others.
    workspaces: Vec<String>,
    others: String,
    faults: Faults,
}

impl TypedToken {
    /// The faults that have no field of their own in the form.
    fn other_faults(&self) -> Vec<Prose> {
        let faults = self.faults.fields().into_iter();
        let others = faults.filter(|(field, _)| *field != "name");
        others.map(|(_, message)| message).collect()
    }
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    shell: Shell,
    min_password: usize,
    sessions: Vec<SessionRow>,
    tokens: Vec<TokenRow>,
    /// Whether there is a password to change.
    has_password: bool,
    /// The faults of the form that changes the password.
    faults: Faults,
    token: TypedToken,
}

/// The page.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    query: Parameters,
) -> Result<Response, Problem> {
    query.finish("none")?;
    let template = built(&visitor, &app, Faults::default(), TypedToken::default()).await?;
    page_with_messages(&visitor.headers, &template)
}

async fn built(
    visitor: &Visitor,
    app: &App,
    faults: Faults,
    token: TypedToken,
) -> Result<AccountPage, Problem> {
    let product = &app.commissary;
    let actor = &visitor.actor;
    let sessions = product.list_sessions(actor).await?;
    let tokens = product.list_own_tokens(actor).await?;
    let session = |one: &Session| SessionRow {
        id: one.id.0.to_string(),
        address: one.address.clone(),
        agent: browser::short(&one.browser).map(|_| one.browser.clone()),
        browser: browser::short(&one.browser).unwrap_or_else(|| one.browser.clone()),
        current: actor.session_id() == Some(one.id),
        began: Moment::of(one.created_at),
        seen: Moment::of(one.seen_at),
    };
    let written = |one: &ApiToken| TokenRow {
        id: one.id.0.to_string(),
        name: one.name.clone(),
        scope: tokens::scope_in_words(one, &tokens.workspaces),
        used: one.used.as_ref().map(|(at, _)| Moment::of(*at)),
        expires: one.expires_at.map(Moment::of),
    };
    let has_password = product.has_password(actor).await?;
    Ok(AccountPage {
        shell: visitor
            .shell(Section::Account, vec![Crumb::here("Your account")])
            .await?,
        min_password: MIN_PASSWORD,
        sessions: sessions.iter().map(session).collect(),
        tokens: tokens.page.items.iter().map(written).collect(),
        has_password,
        faults,
        token,
    })
}
