//! Base64 of `BinaryEquals`: the bytes are compared, not the text.

/// Decodes standard base64 (RFC 4648), padded or not.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    bytes(text).map(Iterator::collect)
}

/// The bytes that the text stands for, one after the other.
pub(super) fn bytes(text: &str) -> Option<impl Iterator<Item = u8> + Clone> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let whole = digits.len() % 4;
    if whole == 1 || padding > 2 || (padding > 0 && !(digits.len() + padding).is_multiple_of(4)) {
        return None;
    }
    let valid = digits.bytes().all(|digit| value(digit).is_some());
    valid.then(|| digits.as_bytes().chunks(4).flat_map(quartet))
}

/// Four digits are three bytes; two or three digits at the end are one or two.
fn quartet(digits: &[u8]) -> impl Iterator<Item = u8> + Clone {
    let place = |bits, place| bits << 6 | digits.get(place).copied().and_then(value).unwrap_or(0);
    let bits: u32 = (0..4).fold(0, place);
    let [_, bytes @ ..] = bits.to_be_bytes();
    bytes.into_iter().take(digits.len() * 6 / 8)
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn decodes_with_and_without_padding() {
        assert_eq!(decode("QmluYXJ5").unwrap(), b"Binary");
        assert_eq!(decode("QmluYQ==").unwrap(), b"Bina");
        assert_eq!(decode("QmluYQ").unwrap(), b"Bina");
        assert_eq!(decode("QmluYXI=").unwrap(), b"Binar");
        assert_eq!(decode("").unwrap(), b"");
        assert_eq!(decode("+/+/").unwrap(), [0xfb, 0xff, 0xbf]);
        for wrong in ["A", "QmluYQ=", "====", "Qm lu", "Qmlu-_8="] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn long_text_does_not_overflow() {
        assert_eq!(decode(&"////".repeat(1000)).unwrap(), vec![0xff; 3000]);
    }
}
