//! What is allowed beyond the requirements, counted and sorted. Pure.

use std::collections::BTreeSet;

use commissary_core::domain::{Excess, Risk, ServiceExcess, Severity};
use commissary_iam::reference::{AccessLevel, Action, Reference, Service};
use commissary_iam::{NamedPolicy, Policy, PolicySet, Viewpoint};
use commissary_permissions::{PolicyDocument, Requirement};

use super::dangers::{DANGERS, place};
use super::reach::{Reach, Rights};

/// Services that a report lists; of the rest it tells how many there are.
const LISTED: usize = 40;
/// Actions that a report names of each.
const EXAMPLES: usize = 3;

/// What the policies allow beyond the requirements.
pub(super) fn beyond(
    policies: &PolicySet,
    view: &Viewpoint,
    requirements: &[Requirement],
    reference: &Reference,
) -> Excess {
    let needed = needed(requirements);
    let mut comparison = Comparison {
        rights: Rights::new(policies, view),
        needed: Rights::new(&needed, view),
        required: requirements
            .iter()
            .map(|requirement| requirement.action.to_ascii_lowercase())
            .collect(),
        excess: Excess::default(),
        is_everything: true,
    };
    for service in reference.services() {
        comparison.add(service);
    }
    comparison.told(reference)
}

/// The requirements as policies of their own.
fn needed(requirements: &[Requirement]) -> PolicySet {
    let document = PolicyDocument::granting(requirements);
    let policy = document.and_then(|document| Policy::parse(&document.to_compact()).ok());
    PolicySet {
        identity: policy
            .map(|policy| NamedPolicy::new("needed", policy))
            .into_iter()
            .collect(),
        ..PolicySet::default()
    }
}

struct Comparison<'a> {
    rights: Rights<'a>,
    needed: Rights<'a>,
    /// In lower case.
    required: BTreeSet<String>,
    excess: Excess,
    /// Whether every action so far is allowed on every resource.
    is_everything: bool,
}

impl Comparison<'_> {
    fn add(&mut self, service: &Service) {
        if !self.rights.may_name(service.prefix()) {
            self.is_everything = false;
            return;
        }
        let mut found = ServiceExcess {
            service: service.prefix().to_owned(),
            title: service.title().to_owned(),
            ..ServiceExcess::default()
        };
        let mut actions: Vec<(usize, u8, String)> = Vec::new();
        for action in service.actions() {
            let name = format!("{}:{}", service.prefix(), action.name());
            let reach = self.rights.reach(service, action);
            self.is_everything &= matches!(reach, Reach::All | Reach::LeftToResource);
            if self.required.contains(&name.to_ascii_lowercase()) {
                if reach == Reach::All && self.needed.reach(service, action) < reach {
                    self.excess.wider.push(name);
                }
                continue;
            }
            match reach {
                Reach::None | Reach::LeftToResource => {}
                Reach::Conditional => found.conditional += 1,
                Reach::Some | Reach::All => {
                    count(&mut found, action);
                    actions.push((place(&name), harmlessness(action.level()), name));
                }
            }
        }
        if found.actions + found.conditional == 0 {
            return;
        }
        actions.sort_unstable();
        let examples = actions.into_iter().take(EXAMPLES);
        found.examples = examples.map(|(_, _, name)| name).collect();
        self.excess.actions += found.actions;
        self.excess.conditional += found.conditional;
        self.excess.services.push(found);
    }

    fn told(mut self, reference: &Reference) -> Excess {
        if self.is_everything {
            self.excess.risks.push(Risk {
                id: "administrator".to_owned(),
                severity: Severity::Critical,
                what: "it may do everything: whoever has it has the account".to_owned(),
                actions: Vec::new(),
            });
        }
        // Whoever may do everything brings every danger.
        let dangers = DANGERS.iter().filter(|_| !self.is_everything);
        for danger in dangers.collect::<Vec<_>>() {
            let actions = danger.actions.iter();
            let actions =
                actions.filter(|action| self.goes_too_far(reference, action, danger.from));
            let actions: Vec<String> = actions.map(|action| (*action).to_owned()).collect();
            if !actions.is_empty() {
                self.excess.risks.push(Risk {
                    id: danger.id.to_owned(),
                    severity: danger.severity,
                    what: danger.what.to_owned(),
                    actions,
                });
            }
        }
        let mut excess = self.excess;
        excess.services.sort_by_key(|service| {
            let worst = service.examples.iter().map(|action| place(action)).min();
            (
                worst.unwrap_or(usize::MAX),
                std::cmp::Reverse((
                    service.permissions_management,
                    service.write,
                    service.actions,
                )),
            )
        });
        excess.more_services = excess.services.len().saturating_sub(LISTED);
        excess.services.truncate(LISTED);
        excess
    }
}

impl Comparison<'_> {
    /// Whether an action reaches that far, and further than is required.
    fn goes_too_far(&mut self, reference: &Reference, action: &str, from: Reach) -> bool {
        let prefix = action.split(':').next().unwrap_or_default();
        let (Some(service), Some(action)) = (reference.service(prefix), reference.action(action))
        else {
            return false;
        };
        let reach = self.rights.reach(service, action);
        // A condition is told apart, and is between what is left to resources and some of them.
        reach >= from && reach != Reach::Conditional && reach > self.needed.reach(service, action)
    }
}

fn count(found: &mut ServiceExcess, action: &Action) {
    found.actions += 1;
    let of_level = match action.level() {
        AccessLevel::List => &mut found.list,
        AccessLevel::Read => &mut found.read,
        AccessLevel::Write => &mut found.write,
        AccessLevel::Tagging => &mut found.tagging,
        AccessLevel::PermissionsManagement => &mut found.permissions_management,
    };
    *of_level += 1;
}

/// The order in which actions are named; what does most harm has the least.
fn harmlessness(level: AccessLevel) -> u8 {
    match level {
        AccessLevel::PermissionsManagement => 0,
        AccessLevel::Write => 1,
        AccessLevel::Tagging => 2,
        AccessLevel::Read => 3,
        AccessLevel::List => 4,
    }
}
