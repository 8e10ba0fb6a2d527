//! AWS regions and the partitions that they lie in.

use crate::error::FieldError;

/// A part of AWS with accounts, ARNs and endpoints of its own.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Partition(String);

impl Partition {
    /// A partition by the name that stands in ARNs, for example `aws-cn`.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name as it stands in ARNs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Partition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Region prefixes and their partitions (AWS SDK endpoint metadata,
/// `partitions.json`); what is not listed lies in `aws`.
const PARTITIONS: [(&str, &str); 7] = [
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("eu-isoe-", "aws-iso-e"),
    ("us-isof-", "aws-iso-f"),
    ("eusc-", "aws-eusc"),
];

/// An AWS region, for example `us-east-1`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Region(String);

impl Region {
    /// Where STS and IAM are asked when nobody named a region.
    pub const DEFAULT: &'static str = "us-east-1";

    /// What a region looks like (ECMA-262).
    pub const PATTERN: &str = "^[a-z0-9]+(-[a-z0-9]+)+-[0-9]+$";
    /// The most characters of a region.
    pub const MOST: usize = 32;

    /// Takes a region as typed.
    ///
    /// Whether AWS has it is not asked: new regions appear. The form is checked,
    /// because the name becomes part of a host name.
    ///
    /// # Errors
    /// A fault of the field `region`.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let name = text.trim();
        let letters = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let parts: Vec<&str> = name.split('-').collect();
        let numbered = parts
            .last()
            .is_some_and(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        let whole = parts.len() >= 3 && parts.iter().all(|part| !part.is_empty());
        if letters && numbered && whole && name.len() <= Self::MOST {
            return Ok(Self(name.to_owned()));
        }
        let shown: String = name.chars().take(40).collect();
        Err(FieldError::new(
            "region",
            format!(
                "`{}` is not an AWS region; write it like `us-east-1`",
                shown.escape_debug()
            ),
        ))
    }

    /// The region as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The partition that the region lies in.
    pub fn partition(&self) -> Partition {
        let name = PARTITIONS
            .iter()
            .find(|(prefix, _)| self.0.starts_with(prefix))
            .map_or("aws", |(_, partition)| partition);
        Partition::new(name)
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_lie_in_partitions() {
        for (region, partition) in [
            ("us-east-1", "aws"),
            ("eu-central-2", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-isob-east-1", "aws-iso-b"),
        ] {
            let region = Region::parse(region).unwrap();
            assert_eq!(region.partition().as_str(), partition);
        }
    }

    #[test]
    fn what_is_no_region_is_refused() {
        for text in [
            "",
            "us-east",
            "us east 1",
            "evil.example/-1",
            "--1",
            "US-EAST-1",
        ] {
            assert_eq!(Region::parse(text).unwrap_err().field, "region", "{text}");
        }
    }
}
