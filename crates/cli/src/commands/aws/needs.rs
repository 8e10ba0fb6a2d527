//! Which release and features: arguments that several commands share.

use commissary_permissions::{DEFAULT_RELEASE, Selection};

use crate::failure::Failure;

/// What the credential is needed for.
#[derive(Debug, clap::Args)]
pub(crate) struct NeedsArgs {
    /// The release that will use the credential; `commissary aws policy releases` lists them.
    #[arg(long, default_value = DEFAULT_RELEASE, value_name = "ID")]
    release: String,
    /// A feature that clusters need, more than once if need be [default: all that the release prints].
    #[arg(long = "feature", value_name = "ID", value_delimiter = ',')]
    features: Vec<String>,
}

impl NeedsArgs {
    /// The release and features, checked.
    pub(super) fn selection(&self) -> Result<Selection<'static>, Failure> {
        let release = commissary_permissions::release(&self.release)
            .map_err(|error| Failure::usage(error.to_string()))?;
        release
            .select(&self.features)
            .map_err(|error| Failure::usage(error.to_string()))
    }
}

/// The ids of the features of a selection.
pub(super) fn feature_ids(selection: &Selection<'_>) -> Vec<String> {
    selection
        .features()
        .map(|feature| feature.id().to_owned())
        .collect()
}
