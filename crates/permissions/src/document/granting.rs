//! The smallest document that grants some requirements.

use super::{Block, PolicyDocument};
use crate::requirement::{Condition, Requirement};

/// The version of the policy language that knows all that requirements are written in.
const VERSION: &str = "2012-10-17";

/// What several requirements have in common but for their actions.
struct Group {
    resources: Vec<String>,
    condition: Option<Condition>,
    actions: Vec<String>,
}

impl PolicyDocument {
    /// The smallest document that grants these requirements, each where and when its release grants
    /// it: what has the same resources and the same condition shares a statement, and what another
    /// statement grants on every resource anyway is left out. `None` when there is nothing to grant.
    #[must_use]
    pub fn granting<'a>(requirements: impl IntoIterator<Item = &'a Requirement>) -> Option<Self> {
        let mut groups: Vec<Group> = Vec::new();
        for requirement in requirements {
            let resources = requirement.resources();
            let place = groups.iter().position(|group| {
                group.resources == resources && group.condition == requirement.condition
            });
            match place.and_then(|place| groups.get_mut(place)) {
                Some(group) if group.actions.contains(&requirement.action) => {}
                Some(group) => group.actions.push(requirement.action.clone()),
                None => groups.push(Group {
                    resources,
                    condition: requirement.condition.clone(),
                    actions: vec![requirement.action.clone()],
                }),
            }
        }
        let everywhere: Vec<String> = groups
            .iter()
            .filter(|group| group.is_everywhere())
            .flat_map(|group| group.actions.clone())
            .collect();
        for group in groups.iter_mut().filter(|group| !group.is_everywhere()) {
            group.actions.retain(|action| !everywhere.contains(action));
        }
        let blocks: Vec<Block> = groups
            .into_iter()
            .filter(|group| !group.actions.is_empty())
            .map(Block::from)
            .collect();
        (!blocks.is_empty()).then(|| Self::new(VERSION, &blocks))
    }
}

impl Group {
    /// Whether it grants on every resource, whatever the circumstances.
    fn is_everywhere(&self) -> bool {
        self.condition.is_none() && self.resources.iter().any(|resource| resource == "*")
    }
}

impl From<Group> for Block {
    fn from(group: Group) -> Self {
        Self {
            actions: group.actions,
            resources: group.resources,
            conditions: group.condition.into_iter().collect(),
        }
    }
}
