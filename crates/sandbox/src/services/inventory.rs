//! A few things that the account has when it is asked to have any: what a probe of existing
//! resources can name. They never change.

mod ec2;
mod others;

use super::place::Place;
use crate::wire::service::Service;
use crate::wire::xml::escape_into;

/// A thing in the account. Its texts hold `{Account}`, `{Region}` and `{Partition}`.
pub(crate) struct Item {
    pub(super) service: Service,
    /// In which lists it stands.
    pub(super) kind: &'static str,
    /// All of its ARN after the account.
    pub(super) resource: &'static str,
    /// What else calls may name it by: associations, names without the letters that AWS adds.
    pub(super) aliases: &'static [&'static str],
    pub(super) tags: &'static [(&'static str, &'static str)],
    /// Context keys that it brings along, and the values of each.
    pub(super) keys: &'static [(&'static str, &'static [&'static str])],
    /// What lists tell of it; `{Tags}` stands for its tags.
    pub(super) listed: &'static str,
    /// What operations about it alone answer.
    pub(super) answers: &'static [(&'static str, &'static str)],
}

/// The tags of what a cluster uses.
const TAGS: &[(&str, &str)] = &[
    ("Name", "sandbox"),
    (
        "sigs.k8s.io/cluster-api-provider-aws/cluster/sandbox",
        "owned",
    ),
];

impl Item {
    const fn new(service: Service, kind: &'static str, resource: &'static str) -> Item {
        Item {
            service,
            kind,
            resource,
            aliases: &[],
            tags: TAGS,
            keys: &[],
            listed: "",
            answers: &[],
        }
    }

    const fn aliases(mut self, aliases: &'static [&'static str]) -> Item {
        self.aliases = aliases;
        self
    }

    const fn keys(mut self, keys: &'static [(&'static str, &'static [&'static str])]) -> Item {
        self.keys = keys;
        self
    }

    const fn untagged(mut self) -> Item {
        self.tags = &[];
        self
    }

    const fn listed(mut self, listed: &'static str) -> Item {
        self.listed = listed;
        self
    }

    const fn answers(mut self, answers: &'static [(&'static str, &'static str)]) -> Item {
        self.answers = answers;
        self
    }

    /// What a list tells of it.
    pub(super) fn in_list(&self, place: &Place) -> String {
        let mut tags = String::new();
        for (key, value) in self.tags {
            tags.push_str("<item><key>");
            escape_into(&mut tags, key);
            tags.push_str("</key><value>");
            escape_into(&mut tags, value);
            tags.push_str("</value></item>");
        }
        let tags = format!("<tagSet>{tags}</tagSet>");
        place.fill(self.listed).replace("{Tags}", &tags)
    }

    /// What an operation about it alone answers.
    pub(super) fn answer(&self, operation: &str, place: &Place) -> Option<String> {
        let mut answers = self.answers.iter();
        let (_, text) = answers.find(|(name, _)| *name == operation)?;
        Some(place.fill(text))
    }
}

/// What the account has: everything, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inventory {
    pub(crate) stocked: bool,
}

impl Inventory {
    pub(super) fn all(self) -> impl Iterator<Item = &'static Item> {
        let items = ec2::ITEMS.iter().chain(others::ITEMS);
        items.filter(move |_| self.stocked)
    }

    /// The thing of that ARN, id or name.
    pub(super) fn find(self, service: Service, place: &Place, text: &str) -> Option<&'static Item> {
        // The value of a parameter may be a whole ARN where a name is usual.
        let arn = text.find("arn:").and_then(|start| text.get(start..));
        self.all()
            .filter(|item| item.service.prefix() == service.prefix())
            .find(|item| {
                let resource = place.fill(item.resource);
                let aliases = item.aliases.iter();
                let mut names = aliases.copied().chain([resource.as_str()]);
                match arn {
                    Some(arn) => names.any(|name| place.arn(service, name) == arn),
                    // The ids of EC2 are known without their kind too.
                    None => names.any(|name| {
                        let id = name.split_once('/').filter(|_| service == Service::Ec2);
                        name == text || id.is_some_and(|(_, id)| id == text)
                    }),
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_things_have_the_same_name() {
        let mut seen = BTreeSet::new();
        for item in (Inventory { stocked: true }).all() {
            assert!(
                seen.insert((item.service.prefix(), item.resource)),
                "{}",
                item.resource
            );
        }
    }

    #[test]
    fn an_empty_account_has_nothing() {
        assert_eq!((Inventory { stocked: false }).all().count(), 0);
    }
}
