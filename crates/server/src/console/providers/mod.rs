//! `/workspaces/{workspace}/infrastructure-providers`: the list.

mod choice;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::Action;
use commissary_core::domain::{Provider, ProviderQueryInput};
use commissary_permissions::{ResourceKind, releases};

use self::choice::Order;
pub(super) use self::choice::{Chip, Choice, Heading};
use super::moment::Moment;
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use super::status::StatusWords;
use crate::api::Names;
use crate::api::query::{Query, Question as _};
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::urls;

/// How many providers a page shows.
const ROWS: u32 = 50;

pub(super) struct Row {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) account: Option<String>,
    pub(super) status: StatusWords,
    pub(super) key_since: Moment,
    pub(super) checked: Option<Moment>,
    pub(super) created: Moment,
}

#[derive(Template)]
#[template(path = "providers.html")]
struct ProvidersPage {
    shell: Shell,
    workspace: String,
    new: String,
    /// Whether the visitor may add, check, change and delete providers.
    may_change: bool,
    make: String,
    chips: Vec<Chip>,
    choice: Choice,
    headings: Vec<Heading>,
    orders: Vec<Order>,
    rows: Vec<Row>,
    /// Whether the workspace has none at all.
    empty: bool,
    /// Whether those before are left behind.
    later_page: bool,
    next: Option<String>,
    kinds: Vec<&'static str>,
    command: String,
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    let mut query = Query::of(query);
    let wanted = ProviderQueryInput::read(&mut query)?;
    query.finish()?;
    let product = &app.commissary;
    let list = product
        .list_providers(&visitor.actor, &workspace, &wanted, &request)
        .await?;
    let counts = product.count_providers(&visitor.actor, &workspace).await?;
    let choice = Choice::of(&wanted);
    let way = vec![Crumb::here("Infrastructure Providers")];
    let on_page = ResourceKind::ALL
        .into_iter()
        .filter(|kind| kind.is_on_page());
    let template = ProvidersPage {
        shell: visitor
            .shell_in(&workspace, Section::Providers, way)
            .await?,
        new: urls::new_provider(&workspace),
        may_change: visitor.may_in(Action::AddProvider, &workspace).await?,
        make: urls::make_user(&workspace),
        rows: list
            .items
            .iter()
            .map(|provider| row(&workspace, provider))
            .collect(),
        empty: counts.is_empty(),
        later_page: request.after().is_some(),
        next: list.next.map(|key| choice.href(&cursor(&key))),
        chips: choice.chips(&counts),
        headings: choice.headings(),
        orders: choice.orders(),
        choice,
        kinds: on_page.map(ResourceKind::title).collect(),
        command: bootstrap_command(&workspace),
        workspace,
    };
    page_with_messages(&visitor.headers, &template)
}

fn row(workspace: &str, provider: &Provider) -> Row {
    Row {
        name: provider.name.to_string(),
        href: urls::provider(workspace, provider.name.as_str()),
        account: provider.identity.as_ref().map(|who| who.account_id.clone()),
        status: StatusWords::of(provider),
        key_since: Moment::of(provider.key_since),
        checked: provider.last_check.map(|check| Moment::of(check.at)),
        created: Moment::of(provider.created_at),
    }
}

/// The command that makes the user and registers it here.
fn bootstrap_command(workspace: &str) -> String {
    let release = releases().first().map_or("", |release| release.id());
    format!(
        "commissary aws bootstrap --user-name Kommander --policy-name kommander-policy --release {release} --self-check --register {workspace}/Kommander"
    )
}
