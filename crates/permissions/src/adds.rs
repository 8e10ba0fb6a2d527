//! What one feature adds to a policy.

use crate::release::Feature;
use crate::selection::Selection;

/// What a feature adds beside the others that are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adds {
    /// Actions that would not be in the policy without it.
    pub actions: usize,
    /// Characters of the policy, counted as IAM counts them: without white space.
    pub characters: usize,
}

impl Selection<'_> {
    /// What a feature adds: to the others that are chosen where it is chosen itself, otherwise to
    /// all that are chosen, and then with those that it requires.
    #[must_use]
    pub fn adds(&self, feature: &Feature) -> Adds {
        let (with, without) = match self.is_chosen(feature) {
            true => (self.clone(), self.without(feature)),
            false => (self.with(feature), self.clone()),
        };
        let (with, without) = (with.policy(), without.policy());
        Adds {
            actions: with
                .unique_actions()
                .saturating_sub(without.unique_actions()),
            characters: with.size().saturating_sub(without.size()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::release;

    #[test]
    fn a_feature_adds_what_no_other_needs() {
        let release = release("kommander-2.2").unwrap();
        let selection = release.with_default_features();
        let whole = selection.policy();
        for feature in release.features() {
            let adds = selection.adds(feature);
            assert!(adds.actions < whole.unique_actions(), "{}", feature.id());
            assert!(adds.characters < whole.size(), "{}", feature.id());
        }
        let ec2 = release.select(&["ec2".to_owned()]).unwrap();
        let eks = release.feature("eks").unwrap();
        let both = release
            .select(&["ec2".to_owned(), "eks".to_owned()])
            .unwrap();
        let adds = ec2.adds(eks);
        assert_eq!(adds, both.adds(eks));
        assert_eq!(ec2.policy().size() + adds.characters, both.policy().size());
        assert!(adds.actions > 0);
        // What a feature requires is added with it, unless it is there.
        let fargate = release.feature("eks-fargate").unwrap();
        assert!(ec2.adds(fargate).actions > both.adds(fargate).actions);
        // The only one is the whole policy.
        let only = ec2.adds(release.feature("ec2").unwrap());
        assert_eq!(only.actions, ec2.policy().unique_actions());
    }
}
