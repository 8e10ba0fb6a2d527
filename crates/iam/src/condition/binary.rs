//! Base64 of `BinaryEquals`: the bytes are compared, not the text.

/// Decodes standard base64 (RFC 4648), padded or not.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let whole = digits.len() % 4;
    if whole == 1 || padding > 2 || (padding > 0 && !(digits.len() + padding).is_multiple_of(4)) {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let mut buffer = 0_u32;
    let mut bits = 0;
    for digit in digits.bytes() {
        buffer = (buffer << 6) | u32::from(value(digit)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((buffer >> bits) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
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
