//! The tables that all releases share.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::DataError;
use super::file::{ArnFormat, TargetsFile, parse};
use crate::kind::ResourceKind;
use crate::sample::unknown_in_arn;

pub(super) struct Tables {
    /// The kinds of an action, the first one foremost.
    pub(super) kinds: BTreeMap<String, Vec<ResourceKind>>,
    /// The resources that requests of an action name.
    pub(super) targets: BTreeMap<String, TargetsFile>,
    /// An ARN for each resource, as the Service Authorization Reference writes it.
    pub(super) formats: BTreeMap<String, ArnFormat>,
    /// The context that every request to a service carries.
    pub(super) services: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Tables {
    pub(super) fn builtin() -> Result<Self, DataError> {
        Self::new(
            parse(
                "resource-kinds.json",
                include_str!("../../data/resource-kinds.json"),
            )?,
            parse(
                "action-resources.json",
                include_str!("../../data/action-resources.json"),
            )?,
            parse(
                "arn-formats.json",
                include_str!("../../data/arn-formats.json"),
            )?,
            parse("services.json", include_str!("../../data/services.json"))?,
        )
    }

    pub(super) fn new(
        kinds: BTreeMap<String, Vec<ResourceKind>>,
        targets: BTreeMap<String, TargetsFile>,
        formats: BTreeMap<String, ArnFormat>,
        services: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    ) -> Result<Self, DataError> {
        for (name, format) in &formats {
            if let Some(placeholder) = unknown_in_arn(&format.arn) {
                return Err(DataError::Missing {
                    place: format!("the ARN format `{name}`"),
                    what: "placeholder",
                    name: placeholder,
                });
            }
        }
        Ok(Self {
            kinds,
            targets,
            formats,
            services,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Partition {
    dns_suffix: String,
}

/// What the names of service principals end with in a partition, where that is known.
pub(crate) fn dns_suffix(partition: &str) -> Option<&'static str> {
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
    let partition = PARTITIONS.get(partition)?;
    Some(&partition.dns_suffix)
}
