//! Did you mean: the nearest of several names.

/// The name nearest to `written`, if it is near enough to be meant: a third of it may differ, and
/// no more than four characters.
pub(super) fn nearest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().take(LONGEST).collect();
    let most = (written.len() / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let limit = best.map_or(most, |(found, _)| found.saturating_sub(1));
        let candidate: Vec<char> = name.to_lowercase().chars().collect();
        if let Some(found) = within(&written, &candidate, limit) {
            best = Some((found, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Longer than any name of AWS's; it bounds the work.
const LONGEST: usize = 128;

/// The number of characters to insert, remove, replace or swap with their neighbour, if it is at
/// most `limit` (the distance of Damerau and Levenshtein).
fn within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j) + usize::from(from != to))
                .min(at(&last, j + 1) + 1)
                .min(at(&row, j) + 1);
            let is_swap = j > 0 && i > 0 && b.get(j - 1) == Some(from) && a.get(i - 1) == Some(to);
            if is_swap {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|found| *found <= limit)
}
