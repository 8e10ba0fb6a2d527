//! Numbers of the numeric operators: integers and decimals.

/// Reads a number; words such as `inf` and `nan` are none.
pub(super) fn parse(text: &str) -> Option<f64> {
    let starts_well = text
        .strip_prefix(['-', '+'])
        .unwrap_or(text)
        .starts_with(|first: char| first.is_ascii_digit() || first == '.');
    text.parse()
        .ok()
        .filter(|number: &f64| starts_well && number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_finite_decimals_are_numbers() {
        assert_eq!(parse("10"), Some(10.0));
        assert_eq!(parse("-0.50"), Some(-0.5));
        assert_eq!(parse("1e3"), Some(1000.0));
        for wrong in [
            "", "ten", "inf", "-inf", "NaN", "0x10", "1,5", " 1", "1e999", "-",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
