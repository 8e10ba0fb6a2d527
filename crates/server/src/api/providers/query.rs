//! The parameters that say which providers are wanted, and in which order.

use commissary_core::domain::{ProviderOrder, ProviderQueryInput, ProviderSort, ProviderStatus};

use crate::api::query::{Query, Question};
use crate::describe::Field;
use crate::problem::Problem;

static SEARCH: Field = Field::new(
    "search",
    "A part of the name or of the account; upper and lower case are the same.",
);
static STATUS: Field = Field::new("status", "How they stand.")
    .words(statuses)
    .or_empty();
static SORT: Field = Field::new("sort", "What is sorted by, after `-` the greatest first.")
    .words(orders)
    .or_empty();

fn statuses() -> Vec<String> {
    ProviderStatus::ALL
        .map(|status| status.word().to_owned())
        .to_vec()
}

fn orders() -> Vec<String> {
    let both = [false, true].into_iter();
    let orders = both.flat_map(|descending| {
        ProviderSort::ALL.map(|by| ProviderOrder { by, descending }.to_string())
    });
    orders.collect()
}

impl Question for ProviderQueryInput {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            search: query.optional_text(&SEARCH)?,
            status: query.optional_text(&STATUS)?,
            sort: query.optional_text(&SORT)?,
        })
    }
}
