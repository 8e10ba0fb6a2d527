//! What one set of policies allows more, or less, than another: by what they mean, not by how
//! they are written.
//!
//! All actions and all resources are sorted into classes that no pattern of either set tells
//! apart, and each class is decided for both sets by [`decide_open`](crate::decide_open). Nothing
//! is known of which actions and resources there are, so that `ec2:*` is more than all the actions
//! of EC2 written out.

mod part;
mod side;

use std::collections::BTreeMap;
use std::fmt;

use crate::context::fold;
use crate::cover::{
    Automaton, Class, Language, Patterns, Place, TooComplex, classes, every_action, is_single,
    named_by, of_action, patterns, resources, written,
};
use crate::scope::{Scope, World};
use crate::{PolicySet, QuestionError, Request, Viewpoint, requires_resource_policy};
pub use part::Part;
use part::parts;
pub use side::Access;
use side::Side;

/// Patterns times classes: many times what the policies of one principal need, and a few seconds.
const MOST_PAIRS: usize = 10_000_000;

/// All that is different between two sets of policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The changes, gains first; empty when the sets allow the same.
    pub changes: Vec<Change>,
}

/// Actions on resources that are decided differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// For better or worse.
    pub kind: ChangeKind,
    /// The actions; each on all the resources.
    pub actions: Vec<Part>,
    /// The resources.
    pub resources: Vec<Part>,
    /// What the first set says.
    pub before: Access,
    /// What the second set says.
    pub after: Access,
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The second set allows more.
    Gained,
    /// The second set allows less.
    Lost,
    /// Both depend on context keys, in ways of which neither is shown to allow all that the other
    /// allows.
    Changed,
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Changed => "changed",
        })
    }
}

/// Compares what two sets of policies allow, for the requests of a viewpoint.
///
/// Where the policy of a resource has to allow too (KMS keys, the assuming of roles) and is not in
/// a set, it counts as leaving the matter to the set.
///
/// # Errors
/// When the patterns are too complex to follow.
pub fn compare(
    before: &PolicySet,
    after: &PolicySet,
    view: &Viewpoint,
) -> Result<Difference, QuestionError> {
    let actions = Actions::of(&[before, after])?;
    let mut comparison = Comparison {
        before,
        after,
        view,
        known: BTreeMap::new(),
    };
    // Actions about which everything is different in the same way come together.
    let mut found: Vec<(Finding, Vec<usize>)> = Vec::new();
    for (number, class) in actions.classes.iter().enumerate() {
        for finding in comparison.findings(&class.example)? {
            match found.iter_mut().find(|(same, _)| *same == finding) {
                Some((_, numbers)) => numbers.push(number),
                None => found.push((finding, vec![number])),
            }
        }
    }
    let changes = found.into_iter().map(|(finding, numbers)| Change {
        kind: finding.kind,
        actions: parts(&actions.classes, &numbers, &actions.written),
        resources: finding.resources,
        before: finding.before,
        after: finding.after,
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by(|one, other| (one.kind, &one.actions).cmp(&(other.kind, &other.actions)));
    Ok(Difference { changes })
}

/// All actions, sorted.
struct Actions {
    written: Vec<String>,
    classes: Vec<Class>,
}

impl Actions {
    fn of(sets: &[&PolicySet]) -> Result<Self, QuestionError> {
        let mut by_name: BTreeMap<String, &str> = BTreeMap::new();
        for text in sets.iter().flat_map(|set| written(set)) {
            by_name.entry(fold(text)).or_insert(text);
        }
        let names: Vec<&str> = by_name.into_values().collect();
        let automata: Vec<Automaton> = names.iter().map(|name| of_action(name)).collect();
        let nicer: Vec<String> = names
            .iter()
            .filter(|one| is_single(one))
            .map(|one| fold(one))
            .collect();
        let all = Language {
            alternatives: vec![vec![every_action()]],
        };
        Ok(Self {
            classes: few(classes(&all, &automata, &nicer), names.len())?,
            written: names.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// Resources on which some actions are decided differently.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    kind: ChangeKind,
    resources: Vec<Part>,
    before: Access,
    after: Access,
}

struct Comparison<'a> {
    before: &'a PolicySet,
    after: &'a PolicySet,
    view: &'a Viewpoint,
    /// What was found for actions that the same statements name.
    known: BTreeMap<Vec<bool>, Vec<Finding>>,
}

impl Comparison<'_> {
    fn findings(&mut self, action: &str) -> Result<Vec<Finding>, QuestionError> {
        let mut signature = named_by(self.before, action);
        signature.extend(named_by(self.after, action));
        let apart = ["arn:aws:kms:::key/1", "arn:aws:iam:::role/1"];
        signature.extend(apart.map(|resource| requires_resource_policy(action, resource)));
        if let Some(known) = self.known.get(&signature) {
            return Ok(known.clone());
        }
        let findings = self.compare(action)?;
        self.known.insert(signature, findings.clone());
        Ok(findings)
    }

    fn compare(&self, action: &str) -> Result<Vec<Finding>, QuestionError> {
        let request = Request {
            principal: self.view.principal.clone(),
            action: action.to_owned(),
            resource: String::new(),
            context: self.view.context.clone(),
        };
        let place = Place::of(self.view);
        let scope = Scope::new(&request, World::Open);
        let patterns = patterns(&[self.before, self.after], action, &place, &scope);
        let everything = resources("*", &place, &scope)?;
        let nicer = patterns.nicer("*", &place);
        let classes = classes(&everything, &patterns.automata, &nicer);
        let classes = few(classes, patterns.written.len())?;
        let mut found: Vec<((ChangeKind, Access, Access), Vec<usize>)> = Vec::new();
        for (number, class) in classes.iter().enumerate() {
            let request = Request {
                resource: class.example.clone(),
                ..request.clone()
            };
            let Some(change) = self.decide(&request) else {
                continue;
            };
            match found.iter_mut().find(|(same, _)| *same == change) {
                Some((_, numbers)) => numbers.push(number),
                None => found.push((change, vec![number])),
            }
        }
        Ok(findings(found, &classes, &patterns))
    }

    /// How the answer to the request, and to all that are like it, changes.
    fn decide(&self, request: &Request) -> Option<(ChangeKind, Access, Access)> {
        let before = Side::of(self.before, request);
        let after = Side::of(self.after, request);
        let more = after.allows_all_of(&before);
        let less = before.allows_all_of(&after);
        let kind = match (more, less) {
            (true, true) => return None,
            (true, false) => ChangeKind::Gained,
            (false, true) => ChangeKind::Lost,
            (false, false) => ChangeKind::Changed,
        };
        Some((kind, before.access, after.access))
    }
}

fn findings(
    found: Vec<((ChangeKind, Access, Access), Vec<usize>)>,
    classes: &[Class],
    patterns: &Patterns,
) -> Vec<Finding> {
    let finding = |((kind, before, after), numbers): (_, Vec<usize>)| Finding {
        kind,
        resources: parts(classes, &numbers, &patterns.written),
        before,
        after,
    };
    found.into_iter().map(finding).collect()
}

/// The classes, when they are few enough to be told apart by that many patterns.
fn few(
    classes: Result<Vec<Class>, TooComplex>,
    patterns: usize,
) -> Result<Vec<Class>, QuestionError> {
    classes
        .ok()
        .filter(|classes| classes.len().saturating_mul(patterns) <= MOST_PAIRS)
        .ok_or(QuestionError::TooComplex)
}
