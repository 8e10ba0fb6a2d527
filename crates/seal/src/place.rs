//! Where a secret belongs.

use crate::root_key::RootKeyId;

/// Where a secret belongs: a sealed secret opens in its own place only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The identity of the record, unique among all records of any kind.
    pub record: &'a str,
    /// The field of the record, for example `secretAccessKey`.
    pub field: &'a str,
}

impl Place<'_> {
    /// What is bound to the secret itself. The root key is left out, so that a
    /// data key can be wrapped anew without touching the secret.
    pub(crate) fn bound_to_secret(&self) -> Vec<u8> {
        let parts = [self.record.as_bytes(), self.field.as_bytes()];
        joined(b"commissary secret v1", &parts)
    }

    /// What is bound to the data key that `root_key` wraps.
    pub(crate) fn bound_to_data_key(&self, root_key: RootKeyId) -> Vec<u8> {
        let parts = [
            root_key.as_bytes().as_slice(),
            self.record.as_bytes(),
            self.field.as_bytes(),
        ];
        joined(b"commissary data key v1", &parts)
    }
}

/// Each part after its length, so that no two lists of parts look the same.
fn joined(purpose: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = purpose.to_vec();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_moves_from_record_to_field_makes_another_place() {
        let one = Place {
            record: "ab",
            field: "c",
        };
        let other = Place {
            record: "a",
            field: "bc",
        };
        assert_ne!(one.bound_to_secret(), other.bound_to_secret());
    }

    #[test]
    fn a_data_key_is_bound_to_root_key_record_and_field() {
        let place = Place {
            record: "a",
            field: "b",
        };
        let one = RootKeyId::from_bytes([1; 8]);
        let bound = place.bound_to_data_key(one);
        let others = [
            place.bound_to_data_key(RootKeyId::from_bytes([2; 8])),
            Place {
                record: "x",
                ..place
            }
            .bound_to_data_key(one),
            Place {
                field: "x",
                ..place
            }
            .bound_to_data_key(one),
            place.bound_to_secret(),
        ];
        assert!(!others.contains(&bound));
    }
}
