//! The tables that all releases share.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::DataError;
use super::file::{ArnFormat, TargetsFile, parse};
use crate::blueprint::NodeRolesFile;
use crate::kind::ResourceKind;
use crate::reason::Reason;
use crate::requirement::Condition;

pub(super) struct Tables {
    /// The kinds of an action, the first one foremost.
    pub(super) kinds: BTreeMap<String, Vec<ResourceKind>>,
    /// The resources that requests of an action name.
    pub(super) targets: BTreeMap<String, TargetsFile>,
    /// An ARN for each resource, as the Service Authorization Reference writes it.
    pub(super) formats: BTreeMap<String, ArnFormat>,
    /// The context that every request to a service carries.
    pub(super) services: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// What an action is for, by action or by `action@statement`.
    pub(super) reasons: BTreeMap<String, Reason>,
}

impl Tables {
    pub(super) fn builtin() -> Result<Self, DataError> {
        Ok(Self {
            kinds: parse(
                "resource-kinds.json",
                include_str!("../../data/resource-kinds.json"),
            )?,
            targets: parse(
                "action-resources.json",
                include_str!("../../data/action-resources.json"),
            )?,
            formats: parse(
                "arn-formats.json",
                include_str!("../../data/arn-formats.json"),
            )?,
            services: parse("services.json", include_str!("../../data/services.json"))?,
            reasons: parse("reasons.json", include_str!("../../data/reasons.json"))?,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Partition {
    dns_suffix: String,
    /// What the names of its regions begin with.
    regions: Vec<String>,
}

/// What the names of service principals end with in a partition, where that is known.
pub(crate) fn dns_suffix(partition: &str) -> Option<&'static str> {
    let partition = partitions().get(partition)?;
    Some(&partition.dns_suffix)
}

/// The partition that a region is known to be of.
pub(crate) fn partition_of(region: &str) -> Option<&'static str> {
    let of = |partition: &Partition| {
        let mut prefixes = partition.regions.iter();
        prefixes.any(|prefix| region.starts_with(prefix))
    };
    let mut partitions = partitions().iter();
    let (name, _) = partitions.find(|(_, partition)| of(partition))?;
    Some(name)
}

fn partitions() -> &'static BTreeMap<String, Partition> {
    static PARTITIONS: LazyLock<BTreeMap<String, Partition>> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the data is compiled in, and the tests prove that it loads"
        )]
        parse(
            "partitions.json",
            include_str!("../../data/partitions.json"),
        )
        .expect("the built-in partition data is consistent")
    });
    &PARTITIONS
}

/// How the consumer marks what it makes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ownership {
    /// What holds of a request on something that the consumer made.
    pub(crate) condition: Condition,
    /// The actions that the consumer calls on nothing else.
    pub(crate) actions: BTreeSet<String>,
}

/// How the consumer marks what it makes.
pub(crate) fn ownership() -> &'static Ownership {
    static OWNERSHIP: LazyLock<Ownership> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the data is compiled in, and the tests prove that it loads"
        )]
        parse("ownership.json", include_str!("../../data/ownership.json"))
            .expect("the built-in ownership data is consistent")
    });
    &OWNERSHIP
}

/// The roles that machines and control planes run with.
pub(crate) fn node_roles() -> &'static NodeRolesFile {
    static NODE_ROLES: LazyLock<NodeRolesFile> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the data is compiled in, and the tests prove that it loads"
        )]
        parse(
            "node-roles.json",
            include_str!("../../data/node-roles.json"),
        )
        .expect("the built-in data of node roles is consistent")
    });
    &NODE_ROLES
}
