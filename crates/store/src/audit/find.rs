//! Reading entries, by what is asked for.

use commissary_core::domain::{
    AuditEntry, AuditEvent, AuditFilter, AuditOrder, AuditOutcome, Page, PageRequest, TextFilter,
    WorkspaceId,
};
use commissary_core::ports::StoreError;
use sqlx::QueryBuilder;

use super::{COLUMNS, hash_of, sequence_of};
use crate::errors::{damaged, unavailable};
use crate::rows::{get, get_id, get_moment, moment_text, one_more, paged};
use crate::sqlite::{Db, Pool, Row};

/// The entries that meet a filter, paged by their numbers.
pub(crate) async fn page(
    pool: &Pool,
    filter: &AuditFilter,
    page: &PageRequest,
) -> Result<Page<AuditEntry>, StoreError> {
    let mut query = query(filter, page.after());
    query.push(" LIMIT ").push_bind(one_more(page.limit()));
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let key = |entry: &AuditEntry| entry.sequence.to_string();
    paged(&rows, page, from_row, key)
}

fn query(filter: &AuditFilter, after: Option<&str>) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::new(format!(
        "SELECT {COLUMNS}, sequence, hash FROM audit_events WHERE sequence "
    ));
    // A key that is no number is beyond every entry.
    let after = after.map(|key| key.parse::<i64>().unwrap_or(i64::MAX));
    match filter.order {
        AuditOrder::NewestFirst => query.push("< ").push_bind(after.unwrap_or(i64::MAX)),
        AuditOrder::OldestFirst => query.push("> ").push_bind(after.unwrap_or(0)),
    };
    for (column, text) in [
        ("actor", &filter.actor),
        ("action", &filter.action),
        ("target", &filter.target),
    ] {
        match text {
            Some(TextFilter::Is(text)) => {
                query
                    .push(format!(" AND {column} = "))
                    .push_bind(text.clone());
            }
            Some(TextFilter::Begins(text)) => {
                query.push(format!(" AND substr({column}, 1, length("));
                query
                    .push_bind(text.clone())
                    .push(")) = ")
                    .push_bind(text.clone());
            }
            None => {}
        }
    }
    let exact = [
        (
            "workspace_id = ",
            filter.workspace_id.map(|id| id.0.to_string()),
        ),
        (
            "outcome = ",
            filter.outcome.map(|outcome| outcome.word().to_owned()),
        ),
        ("at >= ", filter.since.map(moment_text)),
        ("at < ", filter.until.map(moment_text)),
    ];
    for (condition, value) in exact {
        if let Some(value) = value {
            query.push(format!(" AND {condition}")).push_bind(value);
        }
    }
    query.push(match filter.order {
        AuditOrder::NewestFirst => " ORDER BY sequence DESC",
        AuditOrder::OldestFirst => " ORDER BY sequence",
    });
    query
}

pub(super) fn from_row(row: &Row) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        sequence: sequence_of(row)?,
        hash: hash_of(row)?,
        event: event_of(row)?,
    })
}

/// The event of a row, whether or not it has a place in the chain.
pub(super) fn event_of(row: &Row) -> Result<AuditEvent, StoreError> {
    let in_workspace = get::<Option<&str>>(row, "workspace_id")?.is_some();
    let workspace_id = in_workspace
        .then(|| get_id(row, "workspace_id"))
        .transpose()?;
    Ok(AuditEvent {
        id: get_id(row, "id")?,
        at: get_moment(row, "at")?,
        actor: get(row, "actor")?,
        from: get(row, "origin")?,
        request_id: get(row, "request_id")?,
        action: get(row, "action")?,
        target: get(row, "target")?,
        workspace_id: workspace_id.map(WorkspaceId),
        outcome: get_outcome(row)?,
    })
}

fn get_outcome(row: &Row) -> Result<AuditOutcome, StoreError> {
    let stored: &str = get(row, "outcome")?;
    AuditOutcome::ALL
        .into_iter()
        .find(|outcome| outcome.word() == stored)
        .ok_or_else(|| damaged("outcome"))
}
