//! Where a policy is to hold.

use crate::data::partition_of;

/// The place that a policy is narrowed to, and how far. Make one with [`Narrowing::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowing {
    pub(super) partition: Option<String>,
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
    pub(super) depth: Depth,
}

/// How far a policy is narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Wildcards for the place in the ARNs that are there already.
    Arns,
    /// Also `*` wherever it is known what the action's resources are called.
    Resources,
    /// Also, for what destroys, to resources that carry the consumer's tag.
    Tags,
}

/// A place that cannot be.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NarrowingError {
    /// Not a partition.
    #[error("`{0}` is no partition; use one such as `aws`, `aws-cn` or `aws-us-gov`")]
    Partition(String),
    /// Not an account.
    #[error("`{0}` is no account; use the twelve digits of its id")]
    Account(String),
    /// Not a region.
    #[error("`{0}` is no region; use one such as `us-east-1`")]
    Region(String),
    /// A region of another partition.
    #[error("`{region}` is no region of the partition `{partition}`; change one of them")]
    Elsewhere {
        /// The partition.
        partition: String,
        /// The region.
        region: String,
    },
}

impl Narrowing {
    /// A place of which any part may be left open.
    ///
    /// # Errors
    /// When a part of it is misspelt, or the region is known to be another partition's.
    pub fn new(
        partition: Option<&str>,
        account: Option<&str>,
        region: Option<&str>,
        depth: Depth,
    ) -> Result<Self, NarrowingError> {
        if let Some(partition) = partition.filter(|text| !is_partition(text)) {
            return Err(NarrowingError::Partition(partition.to_owned()));
        }
        if let Some(account) = account.filter(|text| !is_account(text)) {
            return Err(NarrowingError::Account(account.to_owned()));
        }
        if let Some(region) = region.filter(|text| !is_region(text)) {
            return Err(NarrowingError::Region(region.to_owned()));
        }
        if let (Some(partition), Some(region)) = (partition, region)
            && partition_of(region).is_some_and(|own| own != partition)
        {
            return Err(NarrowingError::Elsewhere {
                partition: partition.to_owned(),
                region: region.to_owned(),
            });
        }
        Ok(Self {
            partition: partition.map(str::to_owned),
            account: account.map(str::to_owned),
            region: region.map(str::to_owned),
            depth,
        })
    }
}

fn is_partition(text: &str) -> bool {
    let mut words = text.split('-');
    words.next() == Some("aws") && words.all(is_word)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`.
fn is_region(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else {
        return false;
    };
    let digits = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    digits && words.contains('-') && words.split('-').all(is_word)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_lowercase())
}
