//! Plain tables: no lines, columns as wide as they must be.

use comfy_table::{ContentArrangement, Table, presets};

/// A table for people; without rows, `empty` instead.
pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>, empty: &str) -> String {
    if rows.is_empty() {
        return empty.to_owned();
    }
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header.iter().map(|title| title.to_uppercase()))
        .add_rows(rows);
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}
