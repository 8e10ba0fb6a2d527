//! The key as it is sent: a string (RFC 8941, "Strings"), or a bare word as most
//! clients write it.

use axum::http::{HeaderMap, HeaderName};

use crate::describe::Field;
use crate::problem::{Code, Problem};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The most characters of a key.
const LONGEST: usize = 255;
/// What it may be made of beside letters and digits.
const MARKS: &[u8] = b"_.:~+/=-";

/// How the document describes it.
pub(crate) static FIELD: Field = Field::new(
    "Idempotency-Key",
    "A key of your own making, for example a UUID: the same request with the same key is done once.",
)
.pattern(
    "^([A-Za-z0-9_.:~+/=-]{1,255}|\"[A-Za-z0-9_.:~+/=-]{1,255}\")$",
    LONGEST + 2,
)
.example("8e03978e-40d5-43e8-bc93-6894a57f9324");

/// The key of a request, if it has one.
///
/// # Errors
/// There is more than one, or it is no key.
pub(super) fn given(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut lines = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    let key = line.to_str().ok().and_then(|line| read(line.trim()));
    match (key, lines.next()) {
        (Some(key), None) => Ok(Some(key)),
        _ => Err(Problem::new(
            Code::IdempotencyKeyUnusable,
            format!(
                "`Idempotency-Key` must be there once and hold 1 to {LONGEST} letters, digits and `_ . : ~ + / = -`, in quotes or without, for example a UUID"
            ),
        )),
    }
}

fn read(line: &str) -> Option<String> {
    let key = match line.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?,
        None => line,
    };
    let known = |byte: u8| byte.is_ascii_alphanumeric() || MARKS.contains(&byte);
    let fits = (1..=LONGEST).contains(&key.len()) && key.bytes().all(known);
    fits.then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_with_quotes_and_without() {
        for (line, key) in [
            ("8e03978e-40d5", Some("8e03978e-40d5")),
            ("\"8e03978e-40d5\"", Some("8e03978e-40d5")),
            ("a+b/c=_.:~", Some("a+b/c=_.:~")),
            ("a,b", None),
            ("\"open", None),
            ("\"a\"b\"", None),
            ("", None),
            ("\"\"", None),
            ("two words", None),
            (&"x".repeat(255), Some("x".repeat(255).as_str())),
            (&"x".repeat(256), None),
        ] {
            assert_eq!(read(line).as_deref(), key, "{line}");
        }
    }

    #[test]
    fn of_two_keys_neither_counts() {
        let mut headers = HeaderMap::new();
        assert!(given(&headers).unwrap().is_none());
        headers.append(IDEMPOTENCY_KEY, "a".parse().unwrap());
        assert_eq!(given(&headers).unwrap().as_deref(), Some("a"));
        headers.append(IDEMPOTENCY_KEY, "a".parse().unwrap());
        assert!(given(&headers).is_err());
    }
}
