//! A read-only hash table whose keys are looked up in any case, without a copy.

use std::collections::BTreeMap;

use super::index::Candidate;

/// Lists of candidates under keys in lower case.
///
/// Who makes keys that collide gains nothing: the worst a look-up can cost is to compare all the
/// hashes, which is less than to look at all the statements.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// In the order of their hashes.
    entries: Box<[Entry]>,
    /// Where the entries begin whose hashes have these first bits; one more for the end.
    begins: Box<[usize]>,
    /// By how much a hash is shifted to leave its first bits.
    shift: u32,
}

#[derive(Debug, Clone)]
struct Entry {
    hash: u64,
    key: Box<str>,
    candidates: Box<[Candidate]>,
}

impl Table {
    pub(super) fn new(lists: BTreeMap<Box<str>, Vec<Candidate>>) -> Self {
        let entries = lists.into_iter().map(|(key, candidates)| Entry {
            hash: hash(key.as_bytes()),
            key,
            candidates: candidates.into(),
        });
        let mut entries: Box<[Entry]> = entries.collect();
        entries.sort_unstable_by_key(|entry| entry.hash);
        // About two slots for every entry, and at least two, for a shift below the full width.
        let bits = (2 * entries.len().max(1)).next_power_of_two().ilog2();
        let shift = u64::BITS - bits;
        let slots = 0..=1_u64 << bits;
        let begins = slots.map(|slot| entries.partition_point(|entry| entry.hash >> shift < slot));
        Self {
            begins: begins.collect(),
            entries,
            shift,
        }
    }

    /// The list under the key, whatever its case in ASCII.
    pub(super) fn get(&self, key: &[u8]) -> &[Candidate] {
        let hash = hash(key);
        let found = self
            .slot(hash)
            .iter()
            .find(|entry| entry.hash == hash && entry.key.as_bytes().eq_ignore_ascii_case(key));
        found.map(|entry| &*entry.candidates).unwrap_or_default()
    }

    fn slot(&self, hash: u64) -> &[Entry] {
        let slot = usize::try_from(hash >> self.shift).unwrap_or_default();
        let ends = (self.begins.get(slot), self.begins.get(slot + 1));
        let (Some(begin), Some(end)) = ends else {
            return &[];
        };
        self.entries.get(*begin..*end).unwrap_or_default()
    }
}

/// Mixes eight bytes at a time; the same for all cases of ASCII letters.
fn hash(text: &[u8]) -> u64 {
    // The fractional part of the golden ratio, as in Fibonacci hashing.
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    // The bit that tells lower case from upper; some other characters lose theirs too, which
    // only makes them collide.
    const CASE: u64 = 0x2020_2020_2020_2020;
    let mix = |hash: u64, word: [u8; 8]| {
        let mixed = (hash ^ (u64::from_le_bytes(word) | CASE)).wrapping_mul(MIX);
        mixed ^ (mixed >> 32)
    };
    let length = text.len() as u64;
    let (words, rest) = text.as_chunks::<8>();
    let hash = words.iter().fold(length, |hash, word| mix(hash, *word));
    let last = match text.last_chunk::<8>() {
        // It overlaps the last whole word, which does no harm.
        Some(last) => *last,
        None => {
            let mut last = [0; 8];
            for (to, from) in last.iter_mut().zip(rest) {
                *to = *from;
            }
            last
        }
    };
    mix(hash, last).wrapping_mul(MIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::index::Certainty;

    fn list(number: usize) -> Vec<Candidate> {
        vec![Candidate {
            number,
            certainty: Certainty::Sure,
        }]
    }

    #[test]
    fn every_key_is_found_in_any_case_and_no_other() {
        for count in [0, 1, 2, 3, 100, 1_000] {
            let key = |number| format!("service{}:action{number}", number % 7);
            let lists = (0..count).map(|number| (key(number).into(), list(number)));
            let table = Table::new(lists.collect());
            for number in 0..count {
                let upper = key(number).to_ascii_uppercase();
                assert_eq!(table.get(upper.as_bytes()), list(number));
            }
            for other in [
                "",
                "s",
                "service0:action",
                "service0:action10000",
                "[ervice0:action0",
            ] {
                assert_eq!(table.get(other.as_bytes()), [], "{other}");
            }
        }
    }

    #[test]
    fn short_and_foreign_keys() {
        let keys = ["", "s", "ec2:", "é:ü", "12345678", "123456789", "k\u{0}"];
        let lists = keys
            .iter()
            .enumerate()
            .map(|(n, key)| ((*key).into(), list(n)));
        let table = Table::new(lists.collect());
        for (number, key) in keys.iter().enumerate() {
            assert_eq!(table.get(key.as_bytes()), list(number), "{key}");
        }
    }
}
