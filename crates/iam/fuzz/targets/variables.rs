//! Variables are filled in as they stand. The lines: what comes before the variable, what comes
//! after it, its value, the text to compare with, and a text with variables of its own.
#![no_main]

use iam_fuzz::{holds_beside, lines, request};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let [before, after, value, given, template] = lines(text);
    let request = |given: &str| request(given).with("aws:PrincipalTag/a", value);
    if !value.is_empty() && !before.contains('$') && !after.contains('$') {
        let written = format!("{before}${{aws:principaltag/A}}{after}");
        let filled = format!("{before}{value}{after}");
        let with_default = format!("{before}${{aws:PrincipalTag/a, 'other'}}{after}");
        let by_default = format!("{before}${{aws:PrincipalTag/none, 'other'}}{after}");
        for operator in ["StringEquals", "StringEqualsIgnoreCase"] {
            assert!(holds_beside(operator, &written, &request(&filled)));
            assert!(holds_beside(operator, &with_default, &request(&filled)));
            let other = format!("{before}other{after}");
            assert!(holds_beside(operator, &by_default, &request(&other)));
        }
        let equal = holds_beside("StringEquals", &written, &request(given));
        assert_eq!(equal, given == filled);
        // A value is taken literally, wildcards and all.
        if !before.contains(['*', '?']) && !after.contains(['*', '?']) {
            let like = holds_beside("StringLike", &written, &request(given));
            assert_eq!(like, given == filled);
        }
    }
    for (operator, negated) in [
        ("StringEquals", "StringNotEquals"),
        ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
        ("StringLike", "StringNotLike"),
        ("ArnLike", "ArnNotLike"),
    ] {
        let request = request(given);
        assert_ne!(
            holds_beside(operator, template, &request),
            holds_beside(negated, template, &request),
            "{operator} and {negated}"
        );
    }
});
