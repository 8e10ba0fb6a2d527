//! The ids that probes name: made up, or of what the account has.

use std::collections::BTreeMap;

/// A kind of thing that EC2 names by an id.
struct IdKind {
    name: &'static str,
    /// How its ids begin; nothing for what people name.
    prefix: &'static str,
    /// The operation that lists some, where there is one that reads them.
    listed_by: Option<&'static str>,
    /// The element of the answer that holds the id.
    element: &'static str,
}

const fn kind(
    name: &'static str,
    prefix: &'static str,
    listed_by: Option<&'static str>,
    element: &'static str,
) -> IdKind {
    IdKind {
        name,
        prefix,
        listed_by,
        element,
    }
}

const KINDS: &[IdKind] = &[
    kind(
        "address-association",
        "eipassoc",
        Some("DescribeAddresses"),
        "associationId",
    ),
    kind(
        "carrier-gateway",
        "cagw",
        Some("DescribeCarrierGateways"),
        "carrierGatewayId",
    ),
    kind(
        "egress-only-internet-gateway",
        "eigw",
        Some("DescribeEgressOnlyInternetGateways"),
        "egressOnlyInternetGatewayId",
    ),
    kind(
        "elastic-ip",
        "eipalloc",
        Some("DescribeAddresses"),
        "allocationId",
    ),
    kind("image", "ami", Some("DescribeImages"), "imageId"),
    kind("instance", "i", Some("DescribeInstances"), "instanceId"),
    kind(
        "interface-attachment",
        "eni-attach",
        Some("DescribeNetworkInterfaces"),
        "attachmentId",
    ),
    kind(
        "internet-gateway",
        "igw",
        Some("DescribeInternetGateways"),
        "internetGatewayId",
    ),
    kind(
        "ipam-pool",
        "ipam-pool",
        Some("DescribeIpamPools"),
        "ipamPoolId",
    ),
    kind("dedicated-host", "h", Some("DescribeHosts"), "hostId"),
    kind("key-pair", "", Some("DescribeKeyPairs"), "keyName"),
    kind(
        "launch-template",
        "lt",
        Some("DescribeLaunchTemplates"),
        "launchTemplateId",
    ),
    kind(
        "natgateway",
        "nat",
        Some("DescribeNatGateways"),
        "natGatewayId",
    ),
    kind(
        "network-interface",
        "eni",
        Some("DescribeNetworkInterfaces"),
        "networkInterfaceId",
    ),
    kind(
        "route-table",
        "rtb",
        Some("DescribeRouteTables"),
        "routeTableId",
    ),
    kind(
        "route-table-association",
        "rtbassoc",
        Some("DescribeRouteTables"),
        "routeTableAssociationId",
    ),
    kind(
        "security-group",
        "sg",
        Some("DescribeSecurityGroups"),
        "groupId",
    ),
    kind("subnet", "subnet", Some("DescribeSubnets"), "subnetId"),
    kind("volume", "vol", Some("DescribeVolumes"), "volumeId"),
    kind("vpc", "vpc", Some("DescribeVpcs"), "vpcId"),
    kind(
        "vpc-endpoint",
        "vpce",
        Some("DescribeVpcEndpoints"),
        "vpcEndpointId",
    ),
];

/// The rest of every made-up id: no service gives it out knowingly, and who has it by chance has
/// nothing to fear from a dry run.
const MADE_UP: &str = "0c0ffee0c0ffee0c0";
/// What nothing is called.
const MADE_UP_NAME: &str = "commissary-probe";

/// Ids to name in probes, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    existing: BTreeMap<&'static str, String>,
}

impl Named {
    /// Ids of nothing.
    pub(crate) fn made_up() -> Self {
        Self::default()
    }

    /// The id of a kind: one that exists, if any is known, or a made-up one.
    pub(super) fn id(&self, kind: &str) -> String {
        if let Some(id) = self.existing.get(kind) {
            return id.clone();
        }
        let known = KINDS.iter().find(|known| known.name == kind);
        match known.map_or(kind, |known| known.prefix) {
            "" => MADE_UP_NAME.to_owned(),
            prefix => format!("{prefix}-{MADE_UP}"),
        }
    }

    /// Whether one of a kind is known to exist.
    pub(super) fn exists(&self, kind: &str) -> bool {
        self.existing.contains_key(kind)
    }

    /// The operations that list what the account has.
    pub(super) fn lists() -> Vec<&'static str> {
        let mut lists: Vec<&str> = KINDS.iter().filter_map(|kind| kind.listed_by).collect();
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    /// Takes the first id of each kind from an answer of EC2.
    pub(super) fn take(&mut self, operation: &str, answer: &str) {
        let Ok(document) = roxmltree::Document::parse(answer) else {
            return;
        };
        for kind in KINDS
            .iter()
            .filter(|kind| kind.listed_by == Some(operation))
        {
            let is_id = |text: &&str| {
                text.strip_prefix(kind.prefix).is_some_and(|rest| {
                    rest.starts_with('-') || kind.prefix.is_empty() && !rest.trim().is_empty()
                })
            };
            let found = document
                .descendants()
                .filter(|node| node.tag_name().name() == kind.element)
                .filter_map(|node| node.text())
                .find(is_id);
            if let Some(id) = found {
                self.existing
                    .entry(kind.name)
                    .or_insert_with(|| id.to_owned());
            }
        }
    }
}

/// The kinds of ids that parameters name.
pub(super) fn placeholders(parameters: &str) -> impl Iterator<Item = &str> {
    parameters
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .filter(|name| !matches!(*name, "region" | "partition" | "account"))
}

#[cfg(test)]
mod tests {
    use super::super::table::{all, probe};
    use super::*;

    #[test]
    fn ids_are_found_in_lists_and_made_up_otherwise() {
        let mut named = Named::made_up();
        assert_eq!(named.id("vpc"), "vpc-0c0ffee0c0ffee0c0");
        named.take(
            "DescribeVpcs",
            "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><vpcSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-2</vpcId></item></vpcSet></DescribeVpcsResponse>",
        );
        assert_eq!(named.id("vpc"), "vpc-1");
        named.take("DescribeSubnets", "<x><subnetId>not an id</subnetId></x>");
        assert!(named.exists("vpc") && !named.exists("subnet"));
        assert_eq!(named.id("key-pair"), "commissary-probe");
        named.take("DescribeKeyPairs", "<x><keyName>of mine</keyName></x>");
        assert_eq!(named.id("key-pair"), "of mine");
    }

    #[test]
    fn every_kind_of_the_table_is_known() {
        for probe in all() {
            for name in placeholders(probe.parameters) {
                assert!(KINDS.iter().any(|kind| kind.name == name), "{name}");
            }
        }
        for list in Named::lists() {
            assert!(probe(&format!("ec2:{list}")).is_some(), "{list}");
        }
    }
}
