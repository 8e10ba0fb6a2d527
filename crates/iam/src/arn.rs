//! Amazon Resource Names.

use std::fmt;
use std::str::FromStr;

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
///
/// The resource may itself contain colons and slashes. Source: "Identify AWS resources with
/// Amazon Resource Names (ARNs)".
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    text: String,
}

/// The text is not an ARN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an ARN; write `arn:partition:service:region:account:resource`")]
pub struct ArnError(String);

impl Arn {
    /// Reads an ARN; partition, service and resource must not be empty.
    ///
    /// # Errors
    /// When the text does not have the six parts.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let refused = || ArnError(text.chars().take(200).collect());
        match segments(text) {
            Some(["arn", partition, service, _, _, resource])
                if !partition.is_empty() && !service.is_empty() && !resource.is_empty() =>
            {
                Ok(Self {
                    text: text.to_owned(),
                })
            }
            _ => Err(refused()),
        }
    }

    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub fn partition(&self) -> &str {
        self.segment(1)
    }

    /// The service prefix, such as `ec2`.
    pub fn service(&self) -> &str {
        self.segment(2)
    }

    /// The region; empty for global services.
    pub fn region(&self) -> &str {
        self.segment(3)
    }

    /// The twelve digits of the account; empty for resources without one, such as S3 buckets.
    pub fn account(&self) -> &str {
        self.segment(4)
    }

    /// Everything after the fifth colon.
    pub fn resource(&self) -> &str {
        self.segment(5)
    }

    /// The ARN as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn segment(&self, index: usize) -> &str {
        self.text.splitn(6, ':').nth(index).unwrap_or_default()
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

/// The six segments of an ARN; the last keeps its colons.
pub(crate) fn segments(text: &str) -> Option<[&str; 6]> {
    let mut rest = text;
    let mut next = || {
        let (head, tail) = split_once(rest, b':')?;
        rest = tail;
        Some(head)
    };
    let [arn, partition, service, region, account] = [next()?, next()?, next()?, next()?, next()?];
    Some([arn, partition, service, region, account, rest])
}

/// Splits at the first such ASCII character. What is split here is short, so that looking at one
/// byte after the other is quicker than the search of the standard library.
pub(crate) fn split_once(text: &str, character: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == character)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Whether the text is an account id: twelve digits.
pub(crate) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_keeps_its_colons() {
        let arn = Arn::parse(
            "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:id:autoScalingGroupName/x",
        )
        .unwrap();
        assert_eq!(arn.partition(), "aws");
        assert_eq!(arn.service(), "autoscaling");
        assert_eq!(arn.region(), "eu-west-1");
        assert_eq!(arn.account(), "123456789012");
        assert_eq!(arn.resource(), "autoScalingGroup:id:autoScalingGroupName/x");
    }

    #[test]
    fn region_and_account_may_be_empty_but_not_the_rest() {
        assert_eq!(Arn::parse("arn:aws:s3:::bucket/key").unwrap().account(), "");
        for wrong in [
            "",
            "*",
            "arn:aws:s3::bucket",
            "arn::s3:::b",
            "arn:aws::::b",
            "arn:aws:s3:::",
            "urn:aws:s3:::b",
        ] {
            assert!(Arn::parse(wrong).is_err(), "{wrong}");
        }
    }
}
