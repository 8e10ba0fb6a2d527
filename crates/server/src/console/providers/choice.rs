//! How the list is searched, narrowed and sorted: what its form and its links say.

use commissary_core::domain::{ProviderOrder, ProviderQueryInput, ProviderSort, ProviderStatus};

use crate::urls;

/// A heading of the list that sorts it.
pub(crate) struct Heading {
    pub(crate) title: &'static str,
    /// Where it leads; none where the list cannot be sorted by it.
    pub(crate) href: Option<String>,
    /// `ascending` or `descending`, if the list is sorted by it.
    pub(crate) sorted: Option<&'static str>,
}

/// A status that the list can be narrowed to.
pub(crate) struct Chip {
    pub(crate) words: &'static str,
    pub(crate) class: &'static str,
    pub(crate) count: u64,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// An order to choose.
pub(crate) struct Order {
    pub(crate) value: String,
    pub(crate) title: &'static str,
    pub(crate) current: bool,
}

/// The columns, and what each sorts by.
const COLUMNS: [(&str, Option<ProviderSort>); 8] = [
    ("Name", Some(ProviderSort::Name)),
    ("Type", None),
    ("Authentication", None),
    ("Account", Some(ProviderSort::Account)),
    ("Status", Some(ProviderSort::Status)),
    ("Key age", Some(ProviderSort::KeySince)),
    ("Last check", Some(ProviderSort::LastCheck)),
    ("Created", Some(ProviderSort::Created)),
];

/// The orders that the form offers.
const ORDERS: [(&str, &str); 6] = [
    ("name", "Name"),
    ("status", "Status, the most urgent first"),
    ("keySince", "Key age, the oldest first"),
    ("lastCheck", "Last check, the oldest first"),
    ("-created", "Created, the newest first"),
    ("account", "Account"),
];

/// A status in the words of a heading, and the class that colours it.
fn status_words(status: ProviderStatus) -> (&'static str, &'static str) {
    match status {
        ProviderStatus::Invalid => ("Invalid keys", "bad"),
        ProviderStatus::Missing => ("Permissions missing", "bad"),
        ProviderStatus::NotVerified => ("Not verified", "unknown"),
        ProviderStatus::PartlyVerified => ("Partly verified", "open"),
        ProviderStatus::Ready => ("Ready", "good"),
    }
}

/// What the visitor chose.
pub(crate) struct Choice {
    pub(crate) search: String,
    pub(crate) status: String,
    order: ProviderOrder,
}

impl Choice {
    /// What was asked for; of an order that there is none of, the core tells.
    pub(crate) fn of(wanted: &ProviderQueryInput) -> Self {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        Self {
            search: text(&wanted.search),
            status: text(&wanted.status),
            order: ProviderOrder::parse(&text(&wanted.sort)).unwrap_or_default(),
        }
    }

    /// Whether some providers may be left out.
    pub(crate) fn narrows(&self) -> bool {
        !self.search.trim().is_empty() || !self.status.is_empty()
    }

    /// The list as it is chosen, from a place on.
    pub(crate) fn href(&self, cursor: &str) -> String {
        self.link(&self.status, self.order, cursor)
    }

    fn link(&self, status: &str, order: ProviderOrder, cursor: &str) -> String {
        let query = urls::query(&[
            ("search", &self.search),
            ("status", status),
            ("sort", &sort_word(order)),
            ("cursor", cursor),
        ]);
        // Without a query the link would lead to where it stands.
        if query.is_empty() {
            "?".to_owned()
        } else {
            query
        }
    }

    pub(crate) fn headings(&self) -> Vec<Heading> {
        let heading = |(title, sort): (&'static str, Option<ProviderSort>)| {
            let sorted = sort.filter(|by| *by == self.order.by);
            let turned = |by| ProviderOrder {
                by,
                descending: sorted.is_some() && !self.order.descending,
            };
            Heading {
                title,
                href: sort.map(|by| self.link(&self.status, turned(by), "")),
                sorted: sorted.map(|_| match self.order.descending {
                    true => "descending",
                    false => "ascending",
                }),
            }
        };
        COLUMNS.map(heading).into()
    }

    pub(crate) fn orders(&self) -> Vec<Order> {
        let chosen = self.order.to_string();
        let order = |(value, title): (&str, &'static str)| Order {
            value: value.to_owned(),
            title,
            current: value == chosen,
        };
        let mut orders: Vec<Order> = ORDERS.map(order).into();
        if !orders.iter().any(|order| order.current) {
            orders.push(Order {
                value: chosen,
                title: "As the heading says",
                current: true,
            });
        }
        orders
    }

    pub(crate) fn chips(&self, counts: &[(ProviderStatus, u64)]) -> Vec<Chip> {
        let chip = |words, class, count, word: &str| Chip {
            words,
            class,
            count,
            href: self.link(word, self.order, ""),
            current: self.status == word,
        };
        let all = counts.iter().map(|(_, count)| count).sum();
        let each = counts.iter().map(|(status, count)| {
            let (words, class) = status_words(*status);
            chip(words, class, *count, status.word())
        });
        std::iter::once(chip("All", "", all, ""))
            .chain(each)
            .collect()
    }
}

fn sort_word(order: ProviderOrder) -> String {
    match order == ProviderOrder::default() {
        true => String::new(),
        false => order.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(search: &str, sort: &str) -> Choice {
        Choice::of(&ProviderQueryInput {
            search: Some(search.to_owned()),
            status: None,
            sort: Some(sort.to_owned()),
        })
    }

    #[test]
    fn a_heading_sorts_by_it_and_turns_round_the_second_time() {
        let of = |choice: &Choice, title: &str| {
            let mut all = choice.headings().into_iter();
            let heading = all.find(|heading| heading.title == title).unwrap();
            (heading.href, heading.sorted)
        };
        let by_name = choice("a b", "");
        assert_eq!(
            of(&by_name, "Created"),
            (Some("?search=a%20b&sort=created".to_owned()), None)
        );
        let by_age = choice("", "created");
        assert_eq!(
            of(&by_age, "Created"),
            (Some("?sort=-created".to_owned()), Some("ascending"))
        );
        assert_eq!(of(&by_age, "Name"), (Some("?".to_owned()), None));
        assert_eq!(of(&by_age, "Type"), (None, None));
    }

    #[test]
    fn the_form_offers_only_orders_that_there_are_and_the_one_there_is() {
        for (value, title) in ORDERS {
            assert!(ProviderOrder::parse(value).is_some(), "{title}");
        }
        for sort in ["", "name", "-name", "-status"] {
            let orders = choice("", sort).orders();
            assert_eq!(orders.iter().filter(|order| order.current).count(), 1);
        }
    }
}
