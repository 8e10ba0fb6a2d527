//! The names that people may choose within a release.

use std::collections::BTreeSet;

use crate::data::DataError;
use crate::data::checks::missing;
use crate::data::file::ParameterFile;
use crate::parameter::Parameter;

pub(super) fn parameters(
    files: Vec<ParameterFile>,
    place: &str,
    features: &BTreeSet<&str>,
) -> Result<Vec<Parameter>, DataError> {
    let parameters = files.into_iter().map(|file| {
        if !features.contains(file.feature.as_str()) {
            let place = format!("parameter `{}` of {place}", file.id);
            return Err(missing(&place, "feature", &file.feature));
        }
        Ok(Parameter {
            id: file.id,
            title: file.title,
            feature: file.feature,
            placeholder: format!("${{{}}}", file.placeholder),
            default: file.default,
        })
    });
    parameters.collect()
}
