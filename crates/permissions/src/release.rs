//! Releases and their features.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data;
use crate::parameter::Parameter;
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
    pub(crate) first_version: String,
    pub(crate) last_version: String,
    pub(crate) policy_version: String,
    pub(crate) form: Form,
    pub(crate) fixes: Vec<Fix>,
    pub(crate) features: Vec<Feature>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) verbatim: Vec<Statement>,
    pub(crate) fixed: Vec<Statement>,
}

/// Which of a release's two policies is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// As the release's own document has it.
    Verbatim,
    /// With its known defects mended.
    #[default]
    Fixed,
}

/// A known defect of a release's own policy, mended in [`Form::Fixed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub(crate) id: String,
    pub(crate) why: String,
    /// The statements that it changes, with the actions that it adds to each.
    pub(crate) changes: Vec<(String, Vec<String>)>,
}

/// One `Allow` statement of a release's policy, with a requirement for each of its actions.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) id: String,
    /// The actions as they are listed; a release may list one twice.
    pub(crate) listing: Vec<String>,
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

    /// The consumer's first version that it holds for, such as `v2.3.0`.
    #[must_use]
    pub fn first_version(&self) -> &str {
        &self.first_version
    }

    /// The consumer's last version that it is known to hold for.
    #[must_use]
    pub fn last_version(&self) -> &str {
        &self.last_version
    }

    /// The form that is meant where none is named.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The known defects of the release's own policy.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// The names that people may choose.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    pub(crate) fn statements(&self, form: Form) -> &[Statement] {
        match form {
            Form::Verbatim => &self.verbatim,
            Form::Fixed => &self.fixed,
        }
    }
}

impl Fix {
    /// The name that programs use.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What was wrong and what was done, in a sentence without capital or stop.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
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
