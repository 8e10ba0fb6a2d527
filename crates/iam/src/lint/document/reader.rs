//! Reading the statements of a policy with the places of their entries.

use super::{ActionEntry, Budget, ConditionEntry, Entry, Meaning, Part};
use crate::json::{Node, member};
use crate::lint::glob::Glob;
use crate::reference::Reference;
use crate::{Selection, Statement};

/// Reads the statements of one policy.
pub(super) struct Reader<'a, 'b> {
    pub(super) reference: &'a Reference,
    /// Whether `${…}` is a variable.
    pub(super) variables: bool,
    pub(super) budget: &'b Budget,
}

impl<'a> Reader<'a, '_> {
    /// A statement as it was parsed, and as it stands in the text.
    pub(super) fn part(
        &self,
        index: usize,
        pointer: String,
        statement: &'a Statement,
        node: &Node,
    ) -> Part<'a> {
        let members = match node {
            Node::Object(members) => members.as_slice(),
            _ => &[],
        };
        let entries = |name: &str, selection: &Selection, glob: &dyn Fn(&str) -> Glob| {
            let not = if selection.is_negated() { "Not" } else { "" };
            let name = format!("{not}{name}");
            let is_list = matches!(member(members, &name), Some(Node::List(_)));
            entries(
                &format!("{pointer}/{name}"),
                is_list,
                selection.patterns(),
                glob,
            )
        };
        let actions = entries("Action", statement.actions(), &Glob::action);
        let actions = actions.into_iter().map(|entry| ActionEntry {
            meaning: self.meaning(&entry),
            entry,
        });
        let resource = |text: &str| Glob::read(text, true, self.variables);
        let resources = statement.resources();
        let resources = resources.map(|resources| entries("Resource", resources, &resource));
        Part {
            index,
            statement,
            actions: actions.collect(),
            resources: resources.unwrap_or_default(),
            conditions: conditions(&pointer, statement, members, self.variables),
            pointer,
        }
    }

    fn meaning(&self, entry: &Entry) -> Meaning<'a> {
        let Some((prefix, name)) = entry.text.split_once(':') else {
            return Meaning::AcrossServices;
        };
        if prefix.contains(['*', '?']) {
            return Meaning::AcrossServices;
        }
        let Some(service) = self.reference.service(prefix) else {
            return Meaning::UnknownService;
        };
        if entry.glob.is_literal() {
            return Meaning::Of(service, service.action(name).into_iter().collect());
        }
        let glob = Glob::action(name);
        let mut matched = Vec::new();
        for action in service.actions() {
            // What cannot be looked at is left out of all rules.
            if !self.budget.spend(glob.tokens.len() * action.name().len()) {
                return Meaning::AcrossServices;
            }
            if glob.matches_text(&action.name().to_lowercase()) {
                matched.push(action);
            }
        }
        Meaning::Of(service, matched)
    }
}

fn entries<'t>(
    pointer: &str,
    is_list: bool,
    texts: impl Iterator<Item = &'t str>,
    glob: &dyn Fn(&str) -> Glob,
) -> Vec<Entry> {
    let entry = |(index, text): (usize, &str)| Entry {
        text: text.to_owned(),
        pointer: if is_list {
            format!("{pointer}/{index}")
        } else {
            pointer.to_owned()
        },
        glob: glob(text),
    };
    texts.enumerate().map(entry).collect()
}

fn conditions<'a>(
    pointer: &str,
    statement: &'a Statement,
    members: &[(String, Node)],
    variables: bool,
) -> Vec<ConditionEntry<'a>> {
    let Some(Node::Object(operators)) = member(members, "Condition") else {
        return Vec::new();
    };
    let keys = operators.iter().flat_map(|(operator, keys)| {
        let keys = match keys {
            Node::Object(keys) => keys.as_slice(),
            _ => &[],
        };
        keys.iter()
            .map(move |(key, values)| (operator, key, values))
    });
    let mut found = Vec::new();
    for (condition, (operator, key, values)) in statement.conditions().iter().zip(keys) {
        let step = |text: &str| text.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{pointer}/Condition/{}/{}", step(operator), step(key));
        let wildcards = ["Like", "Arn"].iter().any(|part| operator.contains(part));
        let is_list = matches!(values, Node::List(_));
        let texts = condition.values().iter().map(String::as_str);
        let glob = |text: &str| Glob::read(text, wildcards, variables);
        found.push(ConditionEntry {
            values: entries(&pointer, is_list, texts, &glob),
            condition,
            pointer,
        });
    }
    found
}
