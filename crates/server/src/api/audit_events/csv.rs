//! Entries as lines of CSV (RFC 4180), safe to open in a spreadsheet.

use commissary_core::domain::AuditEntry;

/// The first line.
pub(super) const HEAD: &str =
    "sequence,id,at,actor,from,requestId,action,target,workspaceId,outcome,hash\r\n";

/// An entry as a line.
pub(super) fn line(entry: &AuditEntry) -> String {
    let event = &entry.event;
    let cells = [
        entry.sequence.to_string(),
        event.id.to_string(),
        event.at.to_string(),
        event.actor.clone(),
        event.from.clone(),
        event.request_id.clone().unwrap_or_default(),
        event.action.clone(),
        event.target.clone(),
        event
            .workspace_id
            .map(|id| id.0.to_string())
            .unwrap_or_default(),
        event.outcome.word().to_owned(),
        entry.hash.to_string(),
    ];
    let cells = cells.map(|cell| quoted(&cell));
    format!("{}\r\n", cells.join(","))
}

/// A cell in quotes. What a spreadsheet would take for a formula is made plain
/// text by an apostrophe before it (OWASP, "CSV Injection").
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let apostrophe = if formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_cell_and_nothing_is_a_formula() {
        for (cell, written) in [
            ("prod", "\"prod\""),
            ("a,b", "\"a,b\""),
            ("say \"hi\"\r\n", "\"say \"\"hi\"\"\r\n\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("a=1", "\"a=1\""),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }
}
