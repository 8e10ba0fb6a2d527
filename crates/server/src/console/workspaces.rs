//! `/`: the workspaces, and the form for a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use commissary_core::Action;
use commissary_core::domain::{PageRequest, Workspace};

use super::faults::Faults;
use super::flash::Message;
use super::form::Form;
use super::moment::Moment;
use super::render::{go_and_tell, page as render, page_with_messages};
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::api::Names;
use crate::forms::FORM;
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::session::SignedIn;
use crate::urls;

/// How many workspaces a page shows.
const ROWS: u32 = 100;

/// Which workspaces are shown.
struct Wanted {
    request: PageRequest,
    search: String,
}

impl Wanted {
    fn first() -> Self {
        Self {
            request: PageRequest::new(ROWS, None),
            search: String::new(),
        }
    }
}

struct Row {
    name: String,
    href: String,
    created: Moment,
}

#[derive(Template)]
#[template(path = "workspaces.html")]
struct WorkspacesPage<'a> {
    shell: Shell,
    rows: Vec<Row>,
    /// What was searched for; none where all are in sight anyway.
    search: Option<String>,
    next: Option<String>,
    may_create: bool,
    name: &'a str,
    faults: Faults,
}

/// The list.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let wanted = Wanted {
        request: query.take_page(ROWS)?,
        search: query.take("search")?.unwrap_or_default(),
    };
    let name = query.brought("name");
    query.take(FORM)?;
    query.finish("`search`, `limit`, `cursor`, and the fields of the form")?;
    let template = built(&visitor, &app, wanted, &name, Faults::default()).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Adds a workspace and goes into it.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    mut form: Form,
) -> Result<Response, Problem> {
    let name = form.take("name");
    match app.commissary.create_workspace(&visitor.actor, &name).await {
        Ok(made) => {
            let message = Message::done(format!("the workspace `{}` is ready", made.name));
            go_and_tell(&urls::providers(made.name.as_str()), &[message])
        }
        Err(error) => {
            let problem = Problem::from(error);
            let status = match problem.status() {
                StatusCode::CONFLICT => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let faults = Faults::of(problem)?;
            let template = built(&visitor, &app, Wanted::first(), &name, faults).await?;
            render(status, &template)
        }
    }
}

/// `GET /workspaces/{workspace}`: its first page.
pub(crate) async fn open(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
) -> Result<Redirect, Problem> {
    let workspace = app.commissary.show_workspace(&actor, &workspace).await?;
    Ok(Redirect::to(&urls::providers(workspace.name.as_str())))
}

async fn built<'a>(
    visitor: &Visitor,
    app: &App,
    Wanted { request, search }: Wanted,
    name: &'a str,
    faults: Faults,
) -> Result<WorkspacesPage<'a>, Problem> {
    let list = app
        .commissary
        .list_workspaces(&visitor.actor, Some(&search), &request)
        .await?;
    let narrowed = !search.trim().is_empty() || request.after().is_some();
    let way = vec![Crumb::here("Workspaces")];
    let href = |key: &String| {
        let cursor = cursor(key);
        format!(
            "/{}",
            urls::query(&[("search", &search), ("cursor", &cursor)])
        )
    };
    Ok(WorkspacesPage {
        shell: visitor.shell(Section::Workspaces, way).await?,
        rows: list.items.iter().map(row).collect(),
        next: list.next.as_ref().map(href),
        search: (narrowed || list.next.is_some()).then_some(search),
        may_create: visitor.must(Action::CreateWorkspace).is_ok(),
        name,
        faults,
    })
}

fn row(workspace: &Workspace) -> Row {
    Row {
        name: workspace.name.to_string(),
        href: urls::providers(workspace.name.as_str()),
        created: Moment::of(workspace.created_at),
    }
}
