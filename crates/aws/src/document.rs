//! Policy documents as IAM gives them: JSON, percent-encoded (IAM API Reference, "PolicyVersion":
//! RFC 3986).

use commissary_iam::{NamedPolicy, Policy};

/// Decodes and parses a document, as the policy of this name.
///
/// # Errors
/// One sentence that says why it cannot be read.
pub(crate) fn parse(name: impl Into<String>, document: &str) -> Result<NamedPolicy, String> {
    let text = decode(document).ok_or("its document is not percent-encoded text")?;
    let policy = Policy::parse(&text).map_err(|error| error.to_string())?;
    Ok(NamedPolicy::new(name, policy))
}

/// Whether two documents say the same JSON, whatever their white space and the order of their
/// keys. `theirs` is as IAM gives it, `ours` is plain.
pub(crate) fn same(theirs: &str, ours: &serde_json::Value) -> bool {
    decode(theirs)
        .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
        .is_some_and(|value| value == *ours)
}

/// Decodes percent-encoding; text without any stays as it is.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(
            decode("%7B%22a%22%3A%20%22%C3%A9%22%7D").unwrap(),
            r#"{"a": "é"}"#
        );
        assert_eq!(decode(r#"{"a+b": 1}"#).unwrap(), r#"{"a+b": 1}"#);
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }

    #[test]
    fn documents_are_compared_as_json() {
        let ours = serde_json::json!({"Version": "2012-10-17", "Statement": []});
        assert!(same(
            "%7B%22Statement%22:[],%20%22Version%22:%222012-10-17%22%7D",
            &ours
        ));
        assert!(!same(
            r#"{"Version": "2008-10-17", "Statement": []}"#,
            &ours
        ));
        assert!(!same("%", &ours));
    }
}
