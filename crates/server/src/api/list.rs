//! Lists as they are written: a page of items and where the next one begins.

use axum::Json;
use commissary_core::domain::Page;
use schemars::JsonSchema;
use serde::Serialize;

use crate::query;

/// How many items a page of a list has unless `limit` says otherwise.
pub(super) const DEFAULT_LIMIT: u32 = 50;

/// A page of a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ListOf{T}")]
pub(crate) struct List<T> {
    items: Vec<T>,
    next: Option<String>,
}

impl<T: Serialize> List<T> {
    /// A page, its items as they are written.
    pub(super) fn of<D>(page: &Page<D>, written: impl Fn(&D) -> T) -> Json<Self> {
        Json(Self {
            items: page.items.iter().map(written).collect(),
            next: page.next.as_deref().map(query::cursor),
        })
    }

    /// A list that is never long enough for a second page.
    pub(super) fn whole(items: Vec<T>) -> Json<Self> {
        Json(Self { items, next: None })
    }
}
