//! Which providers of a workspace are wanted, and in which order.

use super::{ProviderStatus, given};
use crate::error::FieldError;

/// What a list of providers may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProviderSort {
    /// By name.
    #[default]
    Name,
    /// By AWS account; those whose account is not known come first.
    Account,
    /// By status, the most urgent first.
    Status,
    /// By the moment since which the provider has its present key.
    KeySince,
    /// By the moment of the last check; those never checked come first.
    LastCheck,
    /// By the moment when it was added.
    Created,
}

impl ProviderSort {
    /// Everything that can be sorted by.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Account,
        Self::Status,
        Self::KeySince,
        Self::LastCheck,
        Self::Created,
    ];

    /// The word for it, as people and programs write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Account => "account",
            Self::Status => "status",
            Self::KeySince => "keySince",
            Self::LastCheck => "lastCheck",
            Self::Created => "created",
        }
    }
}

/// The order of a list of providers. What is equal in it is ordered by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProviderOrder {
    /// What is sorted by.
    pub by: ProviderSort,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl ProviderOrder {
    /// Reads an order: a word, after `-` where the greatest comes first.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, descending) = match text.strip_prefix('-') {
            Some(word) => (word, true),
            None => (text, false),
        };
        let by = ProviderSort::ALL.into_iter().find(|by| by.word() == word)?;
        Some(Self { by, descending })
    }
}

impl std::fmt::Display for ProviderOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.by.word())
    }
}

/// Which providers are wanted: those that meet everything that is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderQuery {
    /// A part of the name or of the account, upper and lower case being the same.
    pub search: Option<String>,
    /// How they stand.
    pub status: Option<ProviderStatus>,
    /// The order of the answer.
    pub order: ProviderOrder,
}

/// A query as people and programs write it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderQueryInput {
    /// A part of the name or of the account.
    pub search: Option<String>,
    /// The word of a status.
    pub status: Option<String>,
    /// The word of an order.
    pub sort: Option<String>,
}

impl ProviderQueryInput {
    /// Reads every part; an empty one is not given.
    ///
    /// # Errors
    /// Each part that is at fault.
    pub fn parse(&self) -> Result<ProviderQuery, Vec<FieldError>> {
        let mut faults = Vec::new();
        let status = given(self.status.as_deref()).and_then(|word| {
            let found = ProviderStatus::parse(word);
            if found.is_none() {
                let known = ProviderStatus::ALL.map(ProviderStatus::word);
                faults.push(FieldError::new("status", one_of(&known)));
            }
            found
        });
        let order = given(self.sort.as_deref()).and_then(|text| {
            let found = ProviderOrder::parse(text);
            if found.is_none() {
                let known = ProviderSort::ALL.map(ProviderSort::word);
                let message = format!("{}, after `-` for the other way round", one_of(&known));
                faults.push(FieldError::new("sort", message));
            }
            found
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(ProviderQuery {
            search: given(self.search.as_deref()).map(str::to_owned),
            status,
            order: order.unwrap_or_default(),
        })
    }
}

fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("give one of {}", quoted.join(", "))
}

/// A place in a list of providers: what the last one seen was sorted by, and its
/// name. It is written with its order, for in another one it is no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderPlace {
    /// What the order compares first.
    pub value: String,
    /// The name, as names are compared.
    pub name: String,
}

/// What stands between the parts of a place. No part has a line's end in it.
const BETWEEN: char = '\n';

impl ProviderPlace {
    /// The place as a key of pages.
    pub fn key(&self, order: ProviderOrder) -> String {
        format!("{order}{BETWEEN}{}{BETWEEN}{}", self.value, self.name)
    }

    /// Reads a key of pages.
    ///
    /// # Errors
    /// It belongs to a list in another order.
    pub fn parse(key: &str, order: ProviderOrder) -> Result<Self, FieldError> {
        let mut parts = key.splitn(3, BETWEEN);
        let (Some(sort), Some(value), Some(name)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(FieldError::new("cursor", NOT_OF_THIS_LIST));
        };
        if sort != order.to_string() {
            return Err(FieldError::new("cursor", NOT_OF_THIS_LIST));
        }
        Ok(Self {
            value: value.to_owned(),
            name: name.to_owned(),
        })
    }
}

const NOT_OF_THIS_LIST: &str =
    "this cursor belongs to a list in another order; begin again without a cursor";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_what_they_stand_for() {
        for by in ProviderSort::ALL {
            for descending in [false, true] {
                let order = ProviderOrder { by, descending };
                assert_eq!(ProviderOrder::parse(&order.to_string()), Some(order));
            }
        }
        for wrong in ["", "-", "--name", "Name", "secret"] {
            assert_eq!(ProviderOrder::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_part_that_cannot_be_meant_is_told() {
        let word = |text: &str| Some(text.to_owned());
        let input = ProviderQueryInput {
            search: word(" "),
            status: word("fine"),
            sort: word("age"),
        };
        let faults = input.parse().unwrap_err();
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["status", "sort"]);
        let empty = ProviderQueryInput {
            status: word(""),
            ..ProviderQueryInput::default()
        };
        assert_eq!(empty.parse().unwrap(), ProviderQuery::default());
    }

    #[test]
    fn a_place_is_one_in_its_own_order_only() {
        let order = ProviderOrder::parse("-lastCheck").unwrap();
        let place = ProviderPlace {
            value: String::new(),
            name: "prod".to_owned(),
        };
        let key = place.key(order);
        assert_eq!(ProviderPlace::parse(&key, order), Ok(place));
        assert!(ProviderPlace::parse(&key, ProviderOrder::default()).is_err());
        assert!(ProviderPlace::parse("prod", order).is_err());
    }

    /// The store sorts by the words.
    #[test]
    fn statuses_sort_by_urgency_as_words_do() {
        assert!(ProviderStatus::ALL.map(ProviderStatus::word).is_sorted());
    }
}
