//! Short texts that need no allocation.

/// Room for every ARN of a role that AWS can make: a name has 64 characters at the most, and what
/// comes before it fewer.
const ROOM: usize = 160;

/// A text that lies in place, or, when it is longer than any that AWS makes, on the heap.
pub(super) enum ShortText {
    InPlace { bytes: [u8; ROOM], length: usize },
    OnHeap(String),
}

impl ShortText {
    pub(super) fn concat(parts: &[&str]) -> Self {
        let mut bytes = [0; ROOM];
        let mut length = 0;
        for part in parts {
            let end = length + part.len();
            let Some(place) = bytes.get_mut(length..end) else {
                return Self::OnHeap(parts.concat());
            };
            place.copy_from_slice(part.as_bytes());
            length = end;
        }
        Self::InPlace { bytes, length }
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::InPlace { bytes, length } => {
                let text = bytes.get(..*length).map(str::from_utf8);
                text.and_then(Result::ok).unwrap_or_default()
            }
            Self::OnHeap(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ROOM, ShortText};

    #[test]
    fn short_and_long() {
        for (parts, in_place) in [
            (vec![], true),
            (vec!["é", "", ":b"], true),
            (vec!["x"; ROOM], true),
            (vec!["x"; ROOM + 1], false),
            (vec!["é"; ROOM], false),
        ] {
            let text = ShortText::concat(&parts);
            assert_eq!(text.as_str(), parts.concat());
            assert_eq!(matches!(text, ShortText::InPlace { .. }), in_place);
        }
    }
}
