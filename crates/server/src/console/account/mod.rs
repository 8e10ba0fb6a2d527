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
use crate::forms::FORM;
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

type Choice = (&'static str, &'static str);

/// The choices, and which of them is made; `usual` is, unless another one is.
fn choices(all: &[Choice], chosen: &str, usual: &str) -> Vec<(&'static str, &'static str, bool)> {
    let chosen = if chosen.is_empty() { usual } else { chosen };
    let choice = |(id, title): &Choice| (*id, *title, *id == chosen);
    all.iter().map(choice).collect()
}

const SCOPES: [Choice; 4] = [
    ("all", "all that you may"),
    ("read", "read only"),
    ("viewer", "at most a viewer's"),
    ("operator", "at most an operator's"),
];

const LIVES: [Choice; 5] = [
    ("7", "7 days"),
    ("30", "30 days"),
    ("90", "90 days"),
    ("365", "a year"),
    ("never", "never"),
];

/// What was typed into the form that makes a token.
#[derive(Default)]
struct TypedToken {
    name: String,
    scope: String,
    days: String,
    /// The workspaces that were ticked, and the names of others.
    workspaces: Vec<String>,
    others: String,
    faults: Faults,
}

impl TypedToken {
    /// Reads the form, or what the address brings back of it: `take` gives every value of a field.
    fn take(mut take: impl FnMut(&str) -> Vec<String>) -> Self {
        let mut one = |field: &str| take(field).pop().unwrap_or_default();
        Self {
            name: one("name"),
            scope: one("scope"),
            days: one("days"),
            others: one("otherWorkspaces"),
            workspaces: take("workspace"),
            faults: Faults::default(),
        }
    }

    /// What it may do, to choose from: each with what it is called, and whether it is chosen.
    fn scopes(&self) -> Vec<(&'static str, &'static str, bool)> {
        choices(&SCOPES, &self.scope, "all")
    }

    /// After how many days it expires, to choose from.
    fn lives(&self) -> Vec<(&'static str, &'static str, bool)> {
        choices(&LIVES, &self.days, "90")
    }

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
    mut query: Parameters,
) -> Result<Response, Problem> {
    let token = TypedToken::take(|field| query.take_all(field));
    query.take(FORM)?;
    query.finish("the fields of the form that makes a token")?;
    let template = built(&visitor, &app, Faults::default(), token).await?;
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
