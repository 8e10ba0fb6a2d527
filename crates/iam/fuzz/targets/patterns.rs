//! Globs match as a table of all prefixes says; the first line is the pattern, the second the text.
#![no_main]

use commissary_iam::Request;
use iam_fuzz::{allows, holds, lines};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    let [pattern, given] = lines(text);
    // The table grows with both.
    if pattern.len() > 256 || given.len() > 256 {
        return;
    }
    let expected = table(pattern, given);
    if !pattern.contains("${") {
        assert_eq!(holds("StringLike", pattern, given), expected);
        assert_eq!(holds("StringNotLike", pattern, given), !expected);
    }
    // Prefixed, the text is neither the resource `*` nor of a service with rules of its own.
    let prefix = "arn:aws:s3:::";
    let statement = json!({
        "Effect": "Allow", "Action": "s3:GetObject", "Resource": format!("{prefix}{pattern}")
    });
    let request = Request::new("s3:GetObject", format!("{prefix}{given}"));
    // In this version `${` has no meaning.
    assert_eq!(allows("2008-10-17", &statement, &request), expected);
    holds("ArnLike", pattern, given);
    holds(
        "ArnLike",
        &format!("{prefix}{pattern}"),
        &format!("{prefix}{given}"),
    );
});

/// Whether the pattern matches, by asking it of every prefix of both.
fn table(pattern: &str, given: &str) -> bool {
    let given: Vec<char> = given.chars().collect();
    let mut row = vec![false; given.len() + 1];
    row[0] = true;
    for wanted in pattern.chars() {
        let above = row.clone();
        for end in 0..=given.len() {
            let after_one = end > 0 && above[end - 1];
            row[end] = match wanted {
                '*' => above[end] || (end > 0 && row[end - 1]),
                '?' => after_one,
                _ => after_one && given[end - 1] == wanted,
            };
        }
    }
    row[given.len()]
}
