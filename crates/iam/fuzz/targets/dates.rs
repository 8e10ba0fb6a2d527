//! The date operators agree with each other on any two texts, one a line: two dates are in one
//! order, and what is no date is in none.
#![no_main]

use iam_fuzz::{holds, lines};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let [wanted, given] = lines(text);
    let less = holds("DateLessThan", wanted, given);
    let equal = holds("DateEquals", wanted, given);
    let greater = holds("DateGreaterThan", wanted, given);
    let is_date = |text| holds("DateEquals", text, text);
    let in_order = usize::from(less) + usize::from(equal) + usize::from(greater);
    assert_eq!(in_order, usize::from(is_date(wanted) && is_date(given)));
    assert_eq!(holds("DateLessThanEquals", wanted, given), less || equal);
    assert_eq!(
        holds("DateGreaterThanEquals", wanted, given),
        greater || equal
    );
    assert_eq!(holds("DateNotEquals", wanted, given), !equal);
    assert_eq!(holds("DateGreaterThan", given, wanted), less);
});
