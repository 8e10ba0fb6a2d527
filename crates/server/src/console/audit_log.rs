//! `/audit-log`: who did what, the newest first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::{AuditEntry, AuditFilterInput, AuditOutcome};

use super::moment::Moment;
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::api::query::{Query, Question as _};
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::urls;

/// How many entries a page shows.
const ROWS: u32 = 50;
/// Where the files come from.
const EXPORT: &str = "/api/v1/audit-events/export";

struct Row {
    sequence: u64,
    at: Moment,
    actor: String,
    from: String,
    request_id: Option<String>,
    action: String,
    target: String,
    refused: bool,
}

/// What the fields of the filter show.
struct Typed {
    actor: String,
    action: String,
    target: String,
    workspace: String,
    outcome: String,
    since: String,
    until: String,
}

impl Typed {
    fn of(filter: &AuditFilterInput) -> Self {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        Self {
            actor: text(&filter.actor),
            action: text(&filter.action),
            target: text(&filter.target),
            workspace: text(&filter.workspace),
            outcome: text(&filter.outcome),
            since: text(&filter.since),
            until: text(&filter.until),
        }
    }

    /// The filter as a query, with something of its own at the end.
    fn query(&self, name: &str, value: &str) -> String {
        urls::query(&[
            ("workspace", &self.workspace),
            ("actor", &self.actor),
            ("action", &self.action),
            ("target", &self.target),
            ("outcome", &self.outcome),
            ("since", &self.since),
            ("until", &self.until),
            (name, value),
        ])
    }
}

#[derive(Template)]
#[template(path = "audit_log.html")]
struct AuditPage {
    shell: Shell,
    /// Whether the log of all workspaces may be read.
    all: bool,
    typed: Typed,
    filtered: bool,
    rows: Vec<Row>,
    /// Files of what is shown here, for machines and for spreadsheets.
    jsonl: String,
    csv: String,
    newest: String,
    older: Option<String>,
    /// Whether newer entries were left behind.
    later_page: bool,
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    let mut query = Query::of(query);
    let filter = AuditFilterInput::read(&mut query)?;
    query.finish()?;
    let list = app
        .commissary
        .list_audit_events(&visitor.actor, &filter, &request)
        .await?;
    let all = visitor.actor.rights().is_administrator();
    let typed = Typed::of(&filter);
    let way = vec![Crumb::here("Audit log")];
    let shell = match typed.workspace.as_str() {
        "" => visitor.shell(Section::Audit, way).await?,
        workspace => visitor.shell_in(workspace, Section::Audit, way).await?,
    };
    let template = AuditPage {
        shell,
        all,
        filtered: !typed.query("", "").is_empty(),
        rows: list.items.iter().map(row).collect(),
        jsonl: format!("{EXPORT}{}", typed.query("format", "jsonl")),
        csv: format!("{EXPORT}{}", typed.query("format", "csv")),
        newest: format!("/audit-log{}", typed.query("", "")),
        older: list
            .next
            .map(|key| format!("/audit-log{}", typed.query("cursor", &cursor(&key)))),
        later_page: request.after().is_some(),
        typed,
    };
    page_with_messages(&visitor.headers, &template)
}

fn row(entry: &AuditEntry) -> Row {
    let event = &entry.event;
    Row {
        sequence: entry.sequence,
        at: Moment::of(event.at),
        actor: event.actor.clone(),
        from: event.from.clone(),
        request_id: event.request_id.clone(),
        action: event.action.clone(),
        target: event.target.clone(),
        refused: event.outcome == AuditOutcome::Refused,
    }
}
