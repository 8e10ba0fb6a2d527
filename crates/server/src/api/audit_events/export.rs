//! `GET /api/v1/audit-events/export`: every entry that meets a filter, the
//! oldest first, as a file.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{AuditEntry, AuditFilterInput, AuditOrder, PageRequest};
use commissary_core::{Action, Actor};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument as _;

use super::csv;
use crate::api::query::{Ask, Query, Question};
use crate::api::wire::AuditEventJson;
use crate::describe::{Field, Operation, Tag, headers};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// Pieces that wait for a slow reader; the reading waits with them.
const WAITING: usize = 4;

#[derive(Clone, Copy)]
enum Format {
    JsonLines,
    Csv,
}

impl Format {
    /// By name.
    const ALL: [(&'static str, Self); 2] = [("jsonl", Self::JsonLines), ("csv", Self::Csv)];

    fn head(self) -> &'static str {
        match self {
            Self::JsonLines => "",
            Self::Csv => csv::HEAD,
        }
    }

    fn line(self, entry: &AuditEntry) -> Result<String, Problem> {
        match self {
            Self::Csv => Ok(csv::line(entry)),
            Self::JsonLines => serde_json::to_string(&AuditEventJson::of(entry))
                .map(|json| format!("{json}\n"))
                .map_err(|error| Problem::internal(&error)),
        }
    }

    /// The media type, and the name that a browser saves it under.
    fn headers(self) -> [(header::HeaderName, &'static str); 2] {
        let (media_type, disposition) = match self {
            Self::JsonLines => (
                "application/jsonl",
                "attachment; filename=\"audit-log.jsonl\"",
            ),
            Self::Csv => (
                "text/csv; charset=utf-8",
                "attachment; filename=\"audit-log.csv\"",
            ),
        };
        [
            (header::CONTENT_TYPE, media_type),
            (header::CONTENT_DISPOSITION, disposition),
        ]
    }
}

static FORMAT: Field = Field::new("format", "How entries are written.");

/// Which entries are wanted, and how they are written.
pub(crate) struct Wanted {
    format: Format,
    filter: AuditFilterInput,
}

impl Question for Wanted {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            format: query.choice(&FORMAT, &Format::ALL, Some(Format::JsonLines))?,
            filter: AuditFilterInput::read(query)?,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "exportAuditEvents",
        Tag::Audit,
        "Who did what as a file, the oldest first",
    )
    .about("With `workspace` it takes the role admin there.")
    .takes(Action::ReadAudit)
    .asks::<Wanted>()
    .answers_text(
        &["application/jsonl", "text/csv; charset=utf-8"],
        "An entry on each line; after the first line, in CSV.",
    )
    .with(headers::CONTENT_DISPOSITION)
    .refuses(&[Code::NotFound])
}

pub(crate) async fn export_audit_events(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(wanted): Ask<Wanted>,
) -> Result<Response, Problem> {
    let Wanted { format, mut filter } = wanted;
    filter.order = AuditOrder::OldestFirst;
    // The first page is read before the answer begins: a refusal is told as one.
    let first = piece(&app, &actor, &filter, format, PageRequest::first()).await?;
    let (send, receive) = mpsc::channel(WAITING);
    let rest = async move {
        let mut next = Some(first);
        while let Some((text, cursor)) = next.take() {
            if send.send(Ok(text)).await.is_err() {
                // The reader went away.
                return;
            }
            let Some(cursor) = cursor else { return };
            let page = PageRequest::new(PageRequest::MAX_LIMIT, Some(cursor));
            match piece(&app, &actor, &filter, format, page).await {
                Ok(piece) => next = Some(piece),
                Err(problem) => {
                    // The connection breaks off, so that half a file is not taken for all.
                    let _ = send.send(Err(std::io::Error::other(problem.detail))).await;
                }
            }
        }
    };
    tokio::spawn(rest.in_current_span());
    let body = Body::from_stream(ReceiverStream::new(receive));
    Ok((format.headers(), body).into_response())
}

/// A page of entries as text, and where the next one begins.
async fn piece(
    app: &App,
    actor: &Actor,
    filter: &AuditFilterInput,
    format: Format,
    page: PageRequest,
) -> Result<(String, Option<String>), Problem> {
    let list = app
        .commissary
        .list_audit_events(actor, filter, &page)
        .await?;
    let mut text = match page.after() {
        None => format.head().to_owned(),
        Some(_) => String::new(),
    };
    for entry in &list.items {
        text.push_str(&format.line(entry)?);
    }
    Ok((text, list.next))
}
