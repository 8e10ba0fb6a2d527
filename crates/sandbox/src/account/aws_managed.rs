//! The AWS managed policies that the sandbox has (AWS Managed Policy Reference Guide).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::documents::Document;
use super::partition::Partition;
use super::policies::{ManagedPolicy, Version};
use super::tags::Tags;

/// Name (with its path before it), version in force, when made, when changed (seconds since 1970), document.
type Row = (&'static str, u32, i64, i64, &'static str);

const ROWS: [Row; 15] = [
    (
        "AdministratorAccess",
        1,
        1_423_247_986,
        1_423_247_986,
        include_str!("../../data/aws-managed/AdministratorAccess.json"),
    ),
    (
        "AmazonEC2ContainerRegistryPullOnly",
        1,
        1_728_061_129,
        1_728_061_129,
        include_str!("../../data/aws-managed/AmazonEC2ContainerRegistryPullOnly.json"),
    ),
    (
        "AmazonEC2ContainerRegistryReadOnly",
        3,
        1_450_717_455,
        1_576_011_392,
        include_str!("../../data/aws-managed/AmazonEC2ContainerRegistryReadOnly.json"),
    ),
    (
        "AmazonEC2ReadOnlyAccess",
        5,
        1_423_248_017,
        1_770_919_397,
        include_str!("../../data/aws-managed/AmazonEC2ReadOnlyAccess.json"),
    ),
    (
        "AmazonEKSClusterPolicy",
        10,
        1_527_455_174,
        1_770_919_095,
        include_str!("../../data/aws-managed/AmazonEKSClusterPolicy.json"),
    ),
    (
        "AmazonEKSFargatePodExecutionRolePolicy",
        1,
        1_574_397_269,
        1_574_397_269,
        include_str!("../../data/aws-managed/AmazonEKSFargatePodExecutionRolePolicy.json"),
    ),
    (
        "AmazonEKSServicePolicy",
        7,
        1_527_455_301,
        1_728_940_360,
        include_str!("../../data/aws-managed/AmazonEKSServicePolicy.json"),
    ),
    (
        "AmazonEKSVPCResourceController",
        1,
        1_597_193_734,
        1_597_193_734,
        include_str!("../../data/aws-managed/AmazonEKSVPCResourceController.json"),
    ),
    (
        "AmazonEKSWorkerNodePolicy",
        3,
        1_527_455_341,
        1_701_043_573,
        include_str!("../../data/aws-managed/AmazonEKSWorkerNodePolicy.json"),
    ),
    (
        "AmazonEKS_CNI_Policy",
        6,
        1_527_455_262,
        1_772_651_534,
        include_str!("../../data/aws-managed/AmazonEKS_CNI_Policy.json"),
    ),
    (
        "AmazonSSMManagedInstanceCore",
        2,
        1_552_670_532,
        1_558_630_461,
        include_str!("../../data/aws-managed/AmazonSSMManagedInstanceCore.json"),
    ),
    (
        "IAMFullAccess",
        2,
        1_423_248_038,
        1_561_146_000,
        include_str!("../../data/aws-managed/IAMFullAccess.json"),
    ),
    (
        "IAMReadOnlyAccess",
        4,
        1_423_248_039,
        1_516_907_487,
        include_str!("../../data/aws-managed/IAMReadOnlyAccess.json"),
    ),
    (
        "PowerUserAccess",
        12,
        1_423_247_987,
        1_770_919_154,
        include_str!("../../data/aws-managed/PowerUserAccess.json"),
    ),
    (
        "service-role/AmazonEBSCSIDriverPolicy",
        14,
        1_649_093_069,
        1_770_919_361,
        include_str!("../../data/aws-managed/AmazonEBSCSIDriverPolicy.json"),
    ),
];

type Policies = LazyLock<Vec<ManagedPolicy>>;

static OF_AWS: Policies = LazyLock::new(|| in_partition(Partition::Aws));
static OF_CHINA: Policies = LazyLock::new(|| in_partition(Partition::China));
static OF_GOV_CLOUD: Policies = LazyLock::new(|| in_partition(Partition::GovCloud));

/// An AWS managed policy by its ARN.
pub(crate) fn find(partition: Partition, arn: &str) -> Option<&'static ManagedPolicy> {
    all(partition).find(|policy| policy.arn == arn)
}

/// All of them, by name.
pub(crate) fn all(partition: Partition) -> impl Iterator<Item = &'static ManagedPolicy> {
    let policies = match partition {
        Partition::Aws => &OF_AWS,
        Partition::China => &OF_CHINA,
        Partition::GovCloud => &OF_GOV_CLOUD,
    };
    policies.iter()
}

/// The ARN of one of them; `name` has its path before it.
pub(crate) fn arn(partition: Partition, name: &str) -> String {
    format!("arn:{}:iam::aws:policy/{name}", partition.name())
}

fn in_partition(partition: Partition) -> Vec<ManagedPolicy> {
    let rows = ROWS.iter();
    rows.map(|row| policy(partition, *row)).collect()
}

fn policy(
    partition: Partition,
    (full_name, version, created, updated, document): Row,
) -> ManagedPolicy {
    let (path, name) = match full_name.rsplit_once('/') {
        Some((path, name)) => (format!("/{path}/"), name),
        None => ("/".to_owned(), full_name),
    };
    let updated_at = Timestamp::from_second(updated).unwrap_or_default();
    let only = Version {
        // Each partition has a document of its own, which names its own resources.
        document: Document::trusted(
            &document.replace("arn:aws:", &format!("arn:{}:", partition.name())),
        ),
        created_at: updated_at,
    };
    ManagedPolicy {
        name: name.to_owned(),
        path: path.to_owned(),
        arn: arn(
            partition,
            &format!("{}{name}", path.trim_start_matches('/')),
        ),
        id: unique_id(name),
        description: None,
        created_at: Timestamp::from_second(created).unwrap_or_default(),
        updated_at,
        tags: Tags::default(),
        default_version: version,
        last_version: version,
        versions: BTreeMap::from([(version, only)]),
    }
}

/// A stable identifier of the right form; AWS's own identifiers are not published.
fn unique_id(name: &str) -> String {
    let letters = Sha256::digest(name.as_bytes());
    let letters = letters
        .iter()
        .take(17)
        .map(|byte| char::from(b'A' + byte % 26));
    "ANPA".chars().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::documents;

    #[test]
    fn every_document_is_a_valid_policy() {
        for policy in all(Partition::Aws) {
            let document = policy.document().unwrap();
            documents::check(document.text()).unwrap();
        }
    }
}
