//! Plain tables: no lines, columns as wide as they must be, easy to cut and grep.

use anstream::adapter::strip_str;

/// Between two columns.
const GAP: usize = 2;

/// A table for people; without rows, `empty` instead. Cells may be coloured.
pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>, empty: &str) -> String {
    if rows.is_empty() {
        return empty.to_owned();
    }
    let header = header.iter().map(|title| title.to_uppercase()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    let mut widths: Vec<usize> = Vec::new();
    for (column, cell) in lines.iter().flat_map(|line| line.iter().enumerate()) {
        match widths.get_mut(column) {
            Some(widest) => *widest = (*widest).max(width(cell)),
            None => widths.push(width(cell)),
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| laid_out(line, &widths)).collect();
    lines.join("\n")
}

fn laid_out(line: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (cell, widest) in line.iter().zip(widths) {
        text.push_str(cell);
        text.push_str(&" ".repeat(widest + GAP - width(cell)));
    }
    text.trim_end().to_owned()
}

/// The columns of a terminal that a cell takes. What goes into tables here is
/// ASCII or a dash; wide characters would need more than counting.
fn width(cell: &str) -> usize {
    strip_str(cell).to_string().chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_their_colours() {
        let rows = vec![
            vec![
                "a".to_owned(),
                "\u{1b}[31mno\u{1b}[0m".to_owned(),
                "x".to_owned(),
            ],
            vec!["longer".to_owned(), "–".to_owned(), "y".to_owned()],
        ];
        let text = strip_str(&table(&["name", "ok", "z"], rows, "")).to_string();
        assert_eq!(text, "NAME    OK  Z\na       no  x\nlonger  –   y");
        assert_eq!(table(&["name"], Vec::new(), "nothing"), "nothing");
    }
}
