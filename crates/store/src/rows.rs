//! Values as the database keeps them.

use commissary_core::domain::{Page, PageRequest};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use sqlx::Row as _;
use uuid::Uuid;

use crate::errors::{damaged, unavailable};
use crate::sqlite::{Db, Row};

/// A moment as it is stored: RFC 3339 in UTC with nine digits of a second, so
/// that moments sort as text and come back the same to the nanosecond.
pub(crate) fn moment_text(moment: Timestamp) -> String {
    format!("{moment:.9}")
}

/// What a name is unique and sorted by.
pub(crate) fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// The pattern of LIKE that finds a text anywhere, whatever is in it.
pub(crate) fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// The value of a column.
pub(crate) fn get<'r, T>(row: &'r Row, column: &'static str) -> Result<T, StoreError>
where
    T: sqlx::Decode<'r, Db> + sqlx::Type<Db>,
{
    row.try_get(column).map_err(unavailable)
}

/// The id in a column.
pub(crate) fn get_id(row: &Row, column: &'static str) -> Result<Uuid, StoreError> {
    let text: &str = get(row, column)?;
    text.parse().map_err(|_| damaged(column))
}

/// The moment in a column.
pub(crate) fn get_moment(row: &Row, column: &'static str) -> Result<Timestamp, StoreError> {
    let text: &str = get(row, column)?;
    text.parse().map_err(|_| damaged(column))
}

/// The moment in a column that may be empty.
pub(crate) fn get_maybe_moment(
    row: &Row,
    column: &'static str,
) -> Result<Option<Timestamp>, StoreError> {
    let text: Option<&str> = get(row, column)?;
    text.map(|text| text.parse().map_err(|_| damaged(column)))
        .transpose()
}

/// One more than a page holds: the one too many tells that there is more.
pub(crate) fn one_more(limit: u32) -> i64 {
    i64::from(limit) + 1
}

/// A page of rows that were asked for with [`one_more`]; `key` is where the next page goes on.
pub(crate) fn paged<T>(
    rows: &[Row],
    page: &PageRequest,
    read: impl FnMut(&Row) -> Result<T, StoreError>,
    key: impl Fn(&T) -> String,
) -> Result<Page<T>, StoreError> {
    let items = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::from_one_more(items, page.limit(), key))
}

/// Refuses unless the row is there and has the revision that somebody read. Within a transaction
/// that writes nobody can change it afterwards; PostgreSQL's twin asks with `FOR UPDATE`.
pub(crate) fn must_have_revision(row: Option<&Row>, revision: u32) -> Result<(), StoreError> {
    let row = row.ok_or(StoreError::Gone)?;
    match get::<i64>(row, "revision")? == i64::from(revision) {
        true => Ok(()),
        false => Err(StoreError::Changed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_sort_as_text_and_come_back() {
        let moments = [
            (0, 0),
            (1_700_000_000, 0),
            (1_700_000_000, 1),
            (1_700_000_001, 0),
        ];
        let moments = moments.map(|(second, nano)| Timestamp::new(second, nano).unwrap());
        let texts = moments.map(moment_text);
        assert!(texts.is_sorted());
        assert_eq!(texts[2], "2023-11-14T22:13:20.000000001Z");
        assert_eq!(
            texts.map(|text| text.parse::<Timestamp>().unwrap()),
            moments
        );
    }
}
