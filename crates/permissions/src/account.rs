//! What an account must have besides a credential that may do everything: the roles that machines
//! and services run with.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::requirement::Requirement;

/// The action that makes service-linked roles.
const MAKES_SERVICE_ROLES: &str = "iam:CreateServiceLinkedRole";

/// Something that must be there before clusters are built.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prerequisite {
    /// What it is.
    pub kind: PrerequisiteKind,
    /// Its name, unique in the account.
    pub name: String,
    /// The service that a service-linked role is for, such as `spot.amazonaws.com`.
    #[serde(default)]
    pub service: Option<String>,
    /// Whether clusters can do without it in common set-ups.
    #[serde(default)]
    pub optional: bool,
    /// What it is for, in words without capital or stop.
    #[serde(rename = "for")]
    pub purpose: String,
    /// It is needed where this action is.
    #[serde(default)]
    with: Option<String>,
    /// It is not needed where this action is granted: the consumer makes it itself.
    #[serde(default)]
    without: Option<String>,
}

/// The kinds of things that must be there.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum PrerequisiteKind {
    /// What gives a machine its role.
    #[serde(rename = "instanceProfile", alias = "instance-profile")]
    InstanceProfile,
    /// A role.
    #[serde(rename = "role")]
    Role,
    /// A role that belongs to a service of AWS, which makes it at first use.
    #[serde(rename = "serviceLinkedRole", alias = "service-linked-role")]
    ServiceLinkedRole,
}

impl PrerequisiteKind {
    /// The kind for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InstanceProfile => "instance profile",
            Self::Role => "role",
            Self::ServiceLinkedRole => "service-linked role",
        }
    }
}

impl Prerequisite {
    /// What these requirements presuppose, in the order to show it.
    pub fn of(requirements: &[Requirement]) -> impl Iterator<Item = &'static Self> {
        let known = all().iter();
        known.filter(|prerequisite| prerequisite.is_needed(requirements))
    }

    /// The requirement to be able to make it, of a service-linked role.
    pub fn made_by<'a>(&self, requirements: &'a [Requirement]) -> Option<&'a Requirement> {
        let service = self.service.as_deref()?;
        requirements.iter().find(|requirement| {
            let condition = requirement.condition.as_ref();
            requirement.action == MAKES_SERVICE_ROLES
                && condition.is_some_and(|condition| condition.value == service)
        })
    }

    fn is_needed(&self, requirements: &[Requirement]) -> bool {
        let needs = |action: &String| requirements.iter().any(|one| one.action == *action);
        match self.kind {
            PrerequisiteKind::ServiceLinkedRole => self.made_by(requirements).is_some(),
            PrerequisiteKind::InstanceProfile | PrerequisiteKind::Role => {
                self.with.iter().all(needs) && !self.without.iter().any(needs)
            }
        }
    }
}

fn all() -> &'static [Prerequisite] {
    static ALL: LazyLock<Vec<Prerequisite>> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the data is compiled in, and the tests prove that it loads"
        )]
        serde_json::from_str(include_str!("../data/account.json"))
            .expect("the built-in account data is consistent")
    });
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(release: &str, features: &[&str]) -> Vec<&'static str> {
        let features: Vec<String> = features.iter().map(|id| (*id).to_owned()).collect();
        let release = crate::release(release).unwrap();
        let requirements = release.select(&features).unwrap().requirements();
        Prerequisite::of(&requirements)
            .map(|one| one.name.as_str())
            .collect()
    }

    #[test]
    fn features_decide_what_is_needed() {
        let ec2 = names("kommander-2.2", &["ec2"]);
        assert_eq!(ec2.len(), 4, "{ec2:?}");
        assert!(ec2.contains(&"AWSServiceRoleForElasticLoadBalancing"));
        assert!(!ec2.contains(&"AWSServiceRoleForEC2Spot"));
        assert_eq!(names("kommander-2.2", &[]).len(), all().len());
        let eks_role = "eks-controlplane.cluster-api-provider-aws.sigs.k8s.io";
        assert!(names("capa-2.11", &["eks"]).contains(&eks_role));
        assert!(!names("capa-2.11", &["eks", "eks-iam-roles"]).contains(&eks_role));
    }

    /// What a bootstrap makes and what a check looks for have the same names.
    #[test]
    fn what_must_be_there_is_what_a_bootstrap_makes() {
        let made = include_str!("../data/node-roles.json");
        let own = all().iter().filter(|one| one.service.is_none());
        for prerequisite in own {
            assert!(
                made.contains(&format!("\"{}\"", prerequisite.name)),
                "{prerequisite:?}"
            );
        }
    }

    /// Every service-linked role that a release lets a credential make is in the table.
    #[test]
    fn no_release_makes_a_service_role_that_is_not_known() {
        for release in crate::releases() {
            for requirement in release.with_all_features().requirements() {
                if requirement.action != MAKES_SERVICE_ROLES {
                    continue;
                }
                let service = &requirement.condition.as_ref().unwrap().value;
                let known = all()
                    .iter()
                    .any(|one| one.service.as_ref() == Some(service));
                assert!(known, "{}: {service}", release.id());
            }
        }
    }
}
