//! Releases and their features.

use std::sync::LazyLock;

use crate::data;
use crate::requirement::Requirement;

/// The release that is meant where none is named.
pub const DEFAULT_RELEASE: &str = "kommander-2.2";

/// A version of what consumes a credential, whose permissions are known.
#[derive(Clone, Debug)]
pub struct Release {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) consumer: String,
    pub(crate) source: String,
    pub(crate) policy_version: String,
    pub(crate) features: Vec<Feature>,
    pub(crate) statements: Vec<Statement>,
}

/// One `Allow` statement of a release's policy, with a requirement for each of its actions.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) resources: Vec<String>,
    pub(crate) requirements: Vec<Requirement>,
}

/// Something that clusters can be built with and that needs permissions of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Whether the feature is chosen when a person chooses none.
    pub default: bool,
    pub(crate) requires: Vec<String>,
}

/// A release was asked for that is not known.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown release `{asked}`; known: {known}")]
pub struct UnknownRelease {
    asked: String,
    known: String,
}

impl Release {
    /// The name that programs use, such as `kommander-2.2`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that people read.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What consumes the credential.
    #[must_use]
    pub fn consumer(&self) -> &str {
        &self.consumer
    }

    /// The document that the policy is taken from, by its title.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The features that the release's policy tells apart, in the order to show them.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }
}

impl Feature {
    /// The name that programs use, such as `eks-fargate`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that people read.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The ids of the features that this one cannot do without; choosing it chooses them too.
    #[must_use]
    pub fn requires(&self) -> &[String] {
        &self.requires
    }
}

/// Every known release, in the order to show them.
#[must_use]
pub fn releases() -> &'static [Release] {
    static RELEASES: LazyLock<Vec<Release>> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the data is compiled in, and the tests prove that it loads"
        )]
        data::builtin().expect("the built-in release data is consistent")
    });
    &RELEASES
}

/// The release with the given id.
///
/// # Errors
/// When no such release is known; the error names those that are.
pub fn release(id: &str) -> Result<&'static Release, UnknownRelease> {
    releases()
        .iter()
        .find(|release| release.id == id)
        .ok_or_else(|| UnknownRelease {
            asked: id.to_owned(),
            known: comma_list(releases().iter().map(Release::id)),
        })
}

/// `a, b, c`
pub(crate) fn comma_list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
