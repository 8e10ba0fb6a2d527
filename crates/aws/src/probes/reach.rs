//! How far the answer to a probe reaches: which of the requests of a requirement it speaks for.
//! Pure.
//!
//! A right may be granted on some resources and not on others. What AWS allows on a VPC says
//! nothing about an instance, and what it allows on one role nothing about another.

use std::collections::BTreeSet;

use commissary_permissions::Scope;

use super::existing::{Named, placeholders};
use super::request::{filled, sent};
use super::table::Probe;

/// The resources that AWS asked the right on when it answered a probe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Types of EC2: AWS makes up its ids, so that one stands for every other that is not tagged.
    types: BTreeSet<String>,
    /// ARNs of what people give names.
    arns: BTreeSet<String>,
}

/// Ids of something between two things, and the types of those. EC2 can ask for the right on the
/// two only when the id leads to them.
const BETWEEN: [(&str, [&str; 2]); 3] = [
    ("address-association", ["elastic-ip", "network-interface"]),
    ("interface-attachment", ["instance", "network-interface"]),
    ("route-table-association", ["route-table", "subnet"]),
];

impl Reach {
    /// The reach of a probe that is asked for the resources `about`.
    pub(super) fn of(probe: &Probe, scope: &Scope, named: &Named, about: &[String]) -> Self {
        let mut reach = Self::default();
        let also_on = probe.also_on.split_whitespace();
        if !probe.is_of_ec2() {
            reach.arns = also_on.map(|arn| filled(arn, scope, named)).collect();
            return reach;
        }
        reach.types = also_on.map(str::to_owned).collect();
        for kind in sent(probe, about).flat_map(|(_, value)| placeholders(value)) {
            match BETWEEN.iter().find(|(between, _)| *between == kind) {
                None => reach.types.extend([kind.to_owned()]),
                Some((_, two)) if named.exists(kind) => {
                    reach.types.extend(two.map(str::to_owned));
                }
                Some(_) => {}
            }
        }
        reach
    }

    /// The first of these resources that it does not reach.
    pub(crate) fn beyond<'a>(&self, resources: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let mut beyond = resources.filter(|resource| !self.has(resource));
        beyond.next()
    }

    fn has(&self, resource: &str) -> bool {
        let of_ec2 = ec2_type(resource).is_some_and(|kind| self.types.contains(kind));
        let by_arn = self.arns.iter().any(|arn| match arn.strip_suffix('*') {
            Some(beginning) => resource.starts_with(beginning),
            None => arn == resource,
        });
        resource == "*" || of_ec2 || by_arn
    }
}

/// The type of a resource of EC2 by its ARN (Service Authorization Reference, "Resource types
/// defined by Amazon EC2").
pub(super) fn ec2_type(arn: &str) -> Option<&str> {
    let mut segments = arn.splitn(6, ':').skip(2);
    let (service, resource) = (segments.next()?, segments.nth(2)?);
    let (kind, _) = resource.split_once('/')?;
    (service == "ec2").then_some(kind)
}

#[cfg(test)]
mod tests {
    use commissary_permissions::Requirement;

    use super::super::table::probe;
    use super::*;

    fn scope() -> Scope {
        Scope {
            partition: "aws".into(),
            account_id: "123456789012".into(),
            region: "us-east-1".into(),
        }
    }

    fn resources(requirement: &Requirement) -> Vec<String> {
        let samples = requirement.samples(&scope());
        let every = samples.every.into_iter().chain(samples.alternatives);
        every.map(|sample| sample.resource).collect()
    }

    /// The requirements that a probe is there for and does not settle, whatever is answered to it.
    fn beyond_probes(named: &Named) -> BTreeSet<String> {
        let requirements = commissary_permissions::releases()
            .iter()
            .flat_map(|release| release.with_all_features().requirements())
            .filter(|requirement| requirement.condition.is_none());
        requirements
            .filter_map(|requirement| {
                let probe = probe(&requirement.action)?;
                let about = resources(&requirement);
                let reach = Reach::of(probe, &scope(), named, &about);
                reach.beyond(about.iter().map(String::as_str))?;
                Some(requirement.id)
            })
            .collect()
    }

    #[test]
    fn an_id_between_two_things_reaches_them_when_it_leads_there() {
        let probe = probe("ec2:DisassociateRouteTable").unwrap();
        let subnet = || std::iter::once("arn:aws:ec2:us-east-1:123456789012:subnet/subnet-1");
        let reach = |named: &Named| Reach::of(probe, &scope(), named, &[]);
        assert!(reach(&Named::made_up()).beyond(subnet()).is_some());
        let mut named = Named::made_up();
        named.take(
            "DescribeRouteTables",
            "<x><routeTableAssociationId>rtbassoc-1</routeTableAssociationId></x>",
        );
        assert_eq!(reach(&named).beyond(subnet()), None);
    }

    #[test]
    fn tags_are_probed_on_what_is_asked_about() {
        let probe = probe("ec2:DeleteTags").unwrap();
        let arn = |kind: &str| format!("arn:aws:ec2:us-east-1:123456789012:{kind}/x");
        let reach = Reach::of(probe, &scope(), &Named::made_up(), &[arn("instance")]);
        assert_eq!(
            reach.beyond(std::iter::once(arn("instance").as_str())),
            None
        );
        assert!(reach.beyond(std::iter::once(arn("vpc").as_str())).is_some());
    }

    #[test]
    fn a_name_reaches_no_other_name() {
        let probe = probe("iam:GetRole").unwrap();
        let reach = Reach::of(probe, &scope(), &Named::made_up(), &[]);
        let arn = "arn:aws:iam::123456789012:role/other";
        assert_eq!(reach.beyond(std::iter::once(arn)), Some(arn));
    }

    /// So that a new release, or a change of the table, does not make probes useless unseen.
    #[test]
    fn what_probes_do_not_reach_is_known() {
        let known = [
            "ec2:DetachNetworkInterface",
            "ec2:DisassociateAddress",
            "ec2:DisassociateRouteTable",
            "eks:DescribeAddon",
            "eks:DescribeCluster",
            "eks:DescribeFargateProfile",
            "eks:DescribeNodegroup",
            "eks:ListAccessEntries",
            "eks:ListAddons",
            "eks:ListIdentityProviderConfigs",
            "iam:GetRole",
            "iam:ListAttachedRolePolicies",
        ];
        let found: Vec<String> = beyond_probes(&Named::made_up()).into_iter().collect();
        assert_eq!(found, known);
    }
}
