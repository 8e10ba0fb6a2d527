//! `…/infrastructure-providers/{name}`: one provider, what it may do, and how
//! that is known.

mod account;
mod check_form;
mod excess;
mod facts;
mod headline;
mod history;
mod matrix;
mod places;
mod remedy;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::Action;
use commissary_core::domain::{CheckState, PageRequest, PermissionReport};

use super::moment::Moment;
use super::prose::{Prose, prose};
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use super::status::StatusWords;
use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;
use account::AccountView;
pub(super) use check_form::CheckForm;
use check_form::kinds_of;
pub(crate) use check_form::{Kind, kinds};
use excess::ExcessView;
use facts::Facts;
use headline::Headline;
pub(crate) use headline::standing;
#[cfg(debug_assertions)]
pub(super) use history::{Change, PastCheck};
use history::{History, SHOWN};
use matrix::{Counts, Findings, KindRow};
use places::{First, Places};
use remedy::RemedyView;

/// A rung of the ladder: whether it gave evidence, its title, what it said.
pub(crate) struct RungRow {
    pub(crate) gave_evidence: bool,
    pub(crate) title: &'static str,
    pub(crate) said: Prose,
}

/// A report as the page shows it.
pub(crate) struct ReportView {
    pub(crate) at: Moment,
    pub(crate) counts: Counts,
    pub(crate) warnings: Vec<Prose>,
    pub(crate) denied: Vec<Findings>,
    pub(crate) remedy: Option<RemedyView>,
    pub(crate) open: Vec<Findings>,
    pub(crate) on_page: Vec<KindRow>,
    pub(crate) beyond: Vec<KindRow>,
    pub(crate) account: Option<AccountView>,
    pub(crate) excess: Option<ExcessView>,
    pub(crate) rungs: Vec<RungRow>,
}

#[derive(Template)]
#[template(path = "provider.html")]
pub(super) struct ProviderPage {
    shell: Shell,
    name: String,
    status: StatusWords,
    headline: Headline,
    facts: Facts,
    places: Places,
    report: Option<ReportView>,
    history: History,
    form: CheckForm,
    /// Whether the visitor may check, change and delete the provider.
    may_change: bool,
    kinds: Vec<Kind>,
    check: String,
    checks_by_api: String,
    /// The check that is under way, in the API.
    running: Option<String>,
    edit: String,
    delete: String,
    policy: String,
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let checks = query.take_page(SHOWN)?;
    let form = CheckForm::of_query(&mut query);
    query.finish("`cursor`, `limit`, and the fields of the form")?;
    let place = (workspace.as_str(), name.as_str());
    let template = shown(&visitor, &app, place, (form, checks)).await?;
    page_with_messages(&visitor.headers, &template)
}

/// What of the history a page shows that was not asked for more.
pub(super) fn newest_checks() -> PageRequest {
    PageRequest::new(SHOWN, None)
}

/// The page with the check's form as it is filled in, and some of the checks that were.
pub(super) async fn shown(
    visitor: &Visitor,
    app: &App,
    (workspace, name): (&str, &str),
    (form, some): (CheckForm, PageRequest),
) -> Result<ProviderPage, Problem> {
    let product = &app.commissary;
    let provider = product
        .show_provider(&visitor.actor, workspace, name)
        .await?;
    let report = product
        .latest_report(&visitor.actor, workspace, name)
        .await?;
    let checks = product
        .list_checks(&visitor.actor, workspace, name, &some)
        .await?;
    let one = PageRequest::new(1, None);
    let newest = match some.after() {
        None => None,
        Some(_) => Some(
            product
                .list_checks(&visitor.actor, workspace, name, &one)
                .await?,
        ),
    };
    let running = newest
        .as_ref()
        .unwrap_or(&checks)
        .items
        .first()
        .filter(|check| check.state == CheckState::Running);
    let address = urls::provider(workspace, provider.name.as_str());
    let way = vec![
        Crumb::to("Infrastructure Providers", urls::providers(workspace)),
        Crumb::here(provider.name.as_str()),
    ];
    Ok(ProviderPage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        name: provider.name.to_string(),
        status: StatusWords::of(&provider),
        headline: Headline::of(&provider, report.as_ref(), running.is_some()),
        facts: Facts::of(&provider),
        places: Places::of(visitor, app, (workspace, provider.name.as_str())).await?,
        report: report.as_ref().map(view),
        history: History::of(&checks, &address),
        form,
        may_change: visitor.may_in(Action::UpdateProvider, workspace).await?,
        kinds: kinds_of(&provider),
        check: format!("{address}/check"),
        checks_by_api: urls::api_checks(workspace, provider.name.as_str()),
        running: running
            .map(|check| urls::api_check_run(workspace, provider.name.as_str(), check.id)),
        edit: format!("{address}/edit"),
        delete: format!("{address}/delete"),
        policy: urls::api_policy(&provider.release, &provider.features),
    })
}

/// A report for a page.
pub(crate) fn view(report: &PermissionReport) -> ReportView {
    let (on_page, beyond) = KindRow::all(report)
        .into_iter()
        .partition(|row| row.on_page);
    ReportView {
        at: Moment::of(report.at),
        counts: Counts::of(&report.findings),
        warnings: report
            .warnings
            .iter()
            .map(|warning| prose(warning))
            .collect(),
        denied: Findings::in_short(report.denied()),
        remedy: RemedyView::of(report),
        open: Findings::in_short(report.undecided()),
        on_page,
        beyond,
        account: AccountView::of(report),
        excess: report.excess.as_ref().map(ExcessView::of),
        rungs: report
            .rungs
            .iter()
            .map(|rung| RungRow {
                gave_evidence: rung.gave_evidence,
                title: rung.rung.title(),
                said: prose(&rung.said),
            })
            .collect(),
    }
}
