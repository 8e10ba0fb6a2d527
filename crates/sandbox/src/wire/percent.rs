//! Percent-encoding (RFC 3986), as Signature Version 4 and policy documents use it.

/// Encodes everything but the unreserved characters `A-Z a-z 0-9 - . _ ~`.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 0x0f));
        }
    }
    out
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}

/// Decodes `%XX`; `None` when an escape is cut short or the bytes are not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// Decodes one name or value of a form, where `+` is a space.
pub(crate) fn decode_form(text: &str) -> Option<String> {
    decode(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_the_unreserved() {
        assert_eq!(encode("aZ9-._~"), "aZ9-._~");
        assert_eq!(encode("{\"a\": *}é"), "%7B%22a%22%3A%20%2A%7D%C3%A9");
    }

    #[test]
    fn decodes_what_it_encodes_and_refuses_the_rest() {
        assert_eq!(decode("%7B%22%C3%A9+").as_deref(), Some("{\"é+"));
        assert_eq!(decode_form("a+b%2B").as_deref(), Some("a b+"));
        for bad in ["%", "%4", "%zz", "%+1", "%ff"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_encoded_comes_back(text in "\\PC*") {
            proptest::prop_assert_eq!(decode(&encode(&text)), Some(text.clone()));
            proptest::prop_assert_eq!(decode_form(&encode(&text)), Some(text));
        }
    }
}
