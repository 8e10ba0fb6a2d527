//! Lists of infrastructure providers: searched, sorted, counted.

use commissary_core::domain::{
    Page, Provider, ProviderPlace, ProviderQuery, ProviderSort, ProviderStatus, WorkspaceId,
};
use commissary_core::ports::StoreError;
use sqlx::QueryBuilder;

use crate::errors::{damaged, unavailable};
use crate::providers::from_row;
use crate::rows::{anywhere, get, name_key, one_more};
use crate::sqlite::{Db, Pool, Row};

/// How a provider stands, as [`Provider::status`] says it: the same rule, so that the
/// database can search and sort by it. The index of migration 22 has it word for word.
const STATUS: &str = "CASE
    WHEN refusal IS NOT NULL THEN 'invalid'
    WHEN check_at IS NULL THEN 'notVerified'
    WHEN check_denied > 0 THEN 'missing'
    WHEN check_allowed = 0 THEN 'notVerified'
    WHEN check_conditional + check_unverifiable > 0 THEN 'partlyVerified'
    ELSE 'ready' END";

/// What a list is sorted by before the name; text that is never NULL. Each has its index in
/// migration 22.
fn sorted_by(sort: ProviderSort) -> &'static str {
    match sort {
        ProviderSort::Name => "''",
        ProviderSort::Account => "COALESCE(account_id, '')",
        ProviderSort::Status => STATUS,
        ProviderSort::KeySince => "key_since",
        ProviderSort::LastCheck => "COALESCE(check_at, '')",
        ProviderSort::Created => "created_at",
    }
}

pub(crate) async fn page(
    pool: &Pool,
    workspace: WorkspaceId,
    wanted: &ProviderQuery,
    after: Option<&ProviderPlace>,
    limit: u32,
) -> Result<Page<Provider>, StoreError> {
    let mut query = asked("SELECT", workspace, wanted, after, limit);
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let listed: Vec<(ProviderPlace, Provider)> =
        rows.iter().map(listed).collect::<Result<_, _>>()?;
    let page = Page::from_one_more(listed, limit, |(place, _)| place.key(wanted.order));
    Ok(Page {
        items: page
            .items
            .into_iter()
            .map(|(_, provider)| provider)
            .collect(),
        next: page.next,
    })
}

/// The query of a page; `begin` is its first word.
fn asked(
    begin: &str,
    workspace: WorkspaceId,
    wanted: &ProviderQuery,
    after: Option<&ProviderPlace>,
    limit: u32,
) -> QueryBuilder<Db> {
    let by = sorted_by(wanted.order.by);
    // By name alone the database follows an index only if nothing stands before the name.
    let first = (wanted.order.by != ProviderSort::Name).then_some(by);
    let (follows, way) = match wanted.order.descending {
        false => (" > ", ""),
        true => (" < ", " DESC"),
    };
    let mut query = QueryBuilder::<Db>::new(begin);
    query
        .push(" *, ")
        .push(by)
        .push(" AS sorted_by FROM providers WHERE workspace_id = ");
    query.push_bind(workspace.0.to_string());
    if let Some(search) = &wanted.search {
        let pattern = anywhere(&name_key(search));
        query
            .push(r" AND (name_key LIKE ")
            .push_bind(pattern.clone());
        query
            .push(r" ESCAPE '\' OR account_id LIKE ")
            .push_bind(pattern);
        query.push(r" ESCAPE '\')");
    }
    if let Some(status) = wanted.status {
        query
            .push(" AND ")
            .push(STATUS)
            .push(" = ")
            .push_bind(status.word());
    }
    match (after, first) {
        (None, _) => {}
        (Some(place), None) => {
            query.push(" AND name_key").push(follows);
            query.push_bind(place.name.clone());
        }
        (Some(place), Some(first)) => {
            query.push(" AND (").push(first).push(", name_key)");
            query.push(follows).push("(").push_bind(place.value.clone());
            query.push(", ").push_bind(place.name.clone()).push(")");
        }
    }
    query.push(" ORDER BY ");
    if let Some(first) = first {
        query.push(first).push(way).push(", ");
    }
    query
        .push("name_key")
        .push(way)
        .push(" LIMIT ")
        .push_bind(one_more(limit));
    query
}

pub(crate) async fn counts(
    pool: &Pool,
    workspace: WorkspaceId,
) -> Result<Vec<(ProviderStatus, u64)>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query
        .push(STATUS)
        .push(" AS status, COUNT(*) AS providers FROM providers WHERE workspace_id = ");
    query.push_bind(workspace.0.to_string());
    query.push(" GROUP BY 1 ORDER BY 1");
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    rows.iter().map(counted).collect()
}

fn listed(row: &Row) -> Result<(ProviderPlace, Provider), StoreError> {
    let place = ProviderPlace {
        value: get(row, "sorted_by")?,
        name: get(row, "name_key")?,
    };
    Ok((place, from_row(row)?))
}

fn counted(row: &Row) -> Result<(ProviderStatus, u64), StoreError> {
    let status = ProviderStatus::parse(get(row, "status")?);
    let count = u64::try_from(get::<i64>(row, "providers")?).map_err(|_| damaged("count"))?;
    Ok((status.ok_or_else(|| damaged("status"))?, count))
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::ProviderOrder;
    use sqlx::Row as _;
    use sqlx::sqlite::SqlitePoolOptions;
    use uuid::Uuid;

    use super::*;
    use crate::open::MIGRATIONS;

    /// How the database goes about a query.
    async fn plan(pool: &Pool, mut query: QueryBuilder<Db>) -> String {
        let steps = query.build().fetch_all(pool).await.unwrap();
        let steps = steps.iter().map(|step| step.get::<String, _>("detail"));
        steps.collect::<Vec<String>>().join("; ")
    }

    #[tokio::test]
    async fn no_list_is_sorted_when_it_is_asked_for() {
        let pool = SqlitePoolOptions::new().max_connections(1);
        let pool = pool.connect("sqlite::memory:").await.unwrap();
        MIGRATIONS.run(&pool).await.unwrap();
        let place = ProviderPlace {
            value: "ready".to_owned(),
            name: "prod".to_owned(),
        };
        for by in ProviderSort::ALL {
            for (descending, after) in [(false, None), (true, None), (true, Some(&place))] {
                let wanted = ProviderQuery {
                    search: None,
                    status: None,
                    order: ProviderOrder { by, descending },
                };
                let team = WorkspaceId(Uuid::nil());
                let query = asked("EXPLAIN QUERY PLAN SELECT", team, &wanted, after, 50);
                let plan = plan(&pool, query).await;
                assert!(!plan.contains("TEMP B-TREE"), "{wanted:?}: {plan}");
            }
        }
        let mut ready = ProviderQuery {
            search: None,
            status: Some(ProviderStatus::Ready),
            order: ProviderOrder::default(),
        };
        for searched in [None, Some("prod".to_owned())] {
            ready.search = searched;
            let team = WorkspaceId(Uuid::nil());
            let query = asked("EXPLAIN QUERY PLAN SELECT", team, &ready, None, 50);
            let plan = plan(&pool, query).await;
            assert!(plan.contains("providers_by_status"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
