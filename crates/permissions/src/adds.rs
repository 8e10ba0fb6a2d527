//! What each feature adds to a policy.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::release::{Feature, Statement};
use crate::selection::Selection;

/// What a feature adds beside the others that are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adds {
    /// Actions that would not be in the policy without it.
    pub actions: usize,
    /// Characters of the policy, counted as IAM counts them: without white space.
    pub characters: usize,
}

impl<'a> Selection<'a> {
    /// What each feature of the release adds, in the release's order: to the others that are chosen
    /// where it is chosen itself, otherwise to all that are chosen, and then with those that it
    /// requires. The statements that a feature has no part in are counted once for all features.
    #[must_use]
    pub fn adds(&self) -> Vec<(&'a Feature, Adds)> {
        let now = Counted::of(self);
        let adds = |feature| match self.is_chosen(feature) {
            true => now.beyond(&now.with(self, &self.without(feature))),
            false => now.with(self, &self.with(feature)).beyond(&now),
        };
        let features = self.release().features.iter();
        features.map(|feature| (feature, adds(feature))).collect()
    }
}

/// A policy as it is counted: what each statement of the release takes of it.
struct Counted<'a>(Vec<(&'a Statement, Option<Rc<Share>>)>);

/// What a statement takes.
struct Share {
    actions: Vec<String>,
    characters: usize,
}

impl<'a> Counted<'a> {
    fn of(selection: &Selection<'a>) -> Self {
        let statements = selection.release().statements(selection.release().form);
        let shares = statements
            .iter()
            .map(|statement| (statement, share(selection, statement)));
        Self(shares.collect())
    }

    /// The same with another choice: only statements with a part in what differs are counted anew.
    fn with(&self, chosen: &Selection<'a>, other: &Selection<'a>) -> Self {
        let differs = chosen.differs_from(other);
        let has_part = |statement: &Statement| {
            let mut needed = statement.requirements.iter().flat_map(|one| &one.features);
            needed.any(|feature| differs.contains(feature.as_str()))
        };
        let shares = self.0.iter().map(|(statement, before)| {
            let share = match has_part(statement) {
                true => share(other, statement),
                false => before.clone(),
            };
            (*statement, share)
        });
        Self(shares.collect())
    }

    fn shares(&self) -> impl Iterator<Item = &Share> {
        self.0.iter().filter_map(|(_, share)| share.as_deref())
    }

    fn actions(&self) -> usize {
        let all = self.shares().flat_map(|share| &share.actions);
        all.collect::<BTreeSet<&String>>().len()
    }

    /// The characters of the statements and of the commas between them.
    fn characters(&self) -> usize {
        let shares = self.shares().map(|share| share.characters + 1);
        shares.sum::<usize>().saturating_sub(1)
    }

    /// What it has beyond a smaller one.
    fn beyond(&self, less: &Self) -> Adds {
        Adds {
            actions: self.actions().saturating_sub(less.actions()),
            characters: self.characters().saturating_sub(less.characters()),
        }
    }
}

fn share<'a>(selection: &Selection<'a>, statement: &'a Statement) -> Option<Rc<Share>> {
    let block = selection.block_of(statement)?;
    Some(Rc::new(Share {
        characters: block.size(),
        actions: block.actions,
    }))
}

#[cfg(test)]
mod tests {
    use super::Adds;
    use crate::release::Feature;
    use crate::selection::Selection;
    use crate::{release, releases};

    /// The same by way of whole policies.
    fn by_policies(selection: &Selection<'_>, feature: &Feature) -> Adds {
        let (more, less) = match selection.is_chosen(feature) {
            true => (selection.clone(), selection.without(feature)),
            false => (selection.with(feature), selection.clone()),
        };
        let (more, less) = (more.policy(), less.policy());
        Adds {
            actions: more.unique_actions() - less.unique_actions(),
            characters: more.size() - less.size(),
        }
    }

    #[test]
    fn it_is_the_difference_of_two_policies() {
        let mut compared = 0;
        for release in releases() {
            let each = release.features().iter().map(|one| one.id().to_owned());
            let mut choices: Vec<Vec<String>> = each.map(|one| vec![one]).collect();
            choices.push(Vec::new());
            for choice in choices {
                let selection = release.select(&choice).unwrap();
                for (feature, adds) in selection.adds() {
                    let expected = by_policies(&selection, feature);
                    assert_eq!(adds, expected, "{choice:?} and {}", feature.id());
                    compared += 1;
                }
            }
        }
        assert!(compared > 100, "{compared}");
    }

    #[test]
    fn what_a_feature_requires_is_added_with_it_unless_it_is_there() {
        let release = release("kommander-2.2").unwrap();
        let chosen = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            release.select(&ids).unwrap()
        };
        let fargate = |selection: &Selection<'_>| {
            let mut all = selection.adds().into_iter();
            all.find(|(feature, _)| feature.id() == "eks-fargate")
                .unwrap()
                .1
        };
        let (ec2, both) = (chosen(&["ec2"]), chosen(&["ec2", "eks"]));
        assert!(fargate(&ec2).actions > fargate(&both).actions);
    }
}
