//! Partitions: the separate worlds that AWS's regions are in (AWS General Reference, "Amazon
//! Resource Names (ARNs)").

use serde::{Deserialize, Serialize};

/// A partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Partition {
    /// `aws`: the commercial regions.
    #[default]
    #[serde(rename = "aws")]
    Aws,
    /// `aws-cn`: China.
    #[serde(rename = "aws-cn")]
    China,
    /// `aws-us-gov`: GovCloud (US).
    #[serde(rename = "aws-us-gov")]
    GovCloud,
}

impl Partition {
    /// The word in ARNs.
    pub fn name(self) -> &'static str {
        match self {
            Partition::Aws => "aws",
            Partition::China => "aws-cn",
            Partition::GovCloud => "aws-us-gov",
        }
    }

    /// The region that global services count as being in, and that profiles begin with.
    pub fn region(self) -> &'static str {
        match self {
            Partition::Aws => "us-east-1",
            Partition::China => "cn-north-1",
            Partition::GovCloud => "us-gov-west-1",
        }
    }

    /// The partition of that name in ARNs.
    pub fn named(name: &str) -> Option<Partition> {
        let all = [Partition::Aws, Partition::China, Partition::GovCloud];
        all.into_iter().find(|partition| partition.name() == name)
    }

    /// The partition of a region.
    pub(crate) fn of_region(region: &str) -> Partition {
        if region.starts_with("cn-") {
            Partition::China
        } else if region.starts_with("us-gov-") {
            Partition::GovCloud
        } else {
            Partition::Aws
        }
    }
}
