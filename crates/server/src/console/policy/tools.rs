//! A user in the words of other tools.

use commissary_core::FieldError;
use commissary_core::domain::{Region, UserWish};
use commissary_permissions::Export;

/// The tools: what stands for each in the page, its title, what to do with the text.
const TOOLS: [(&str, &str, &str, Export); 3] = [
    (
        "aws-cli",
        "AWS CLI",
        "A shell script; run twice, it finds what is there",
        Export::AwsCli,
    ),
    (
        "cloudformation",
        "CloudFormation",
        "A template in JSON",
        Export::CloudFormation,
    ),
    (
        "terraform",
        "Terraform",
        "Resources in HCL",
        Export::Terraform,
    ),
];

/// What one of them is told.
pub(crate) struct Printed {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    pub(crate) text: String,
}

/// The user that is wished for, in the words of each tool.
///
/// # Errors
/// The field at fault.
pub(crate) fn printed(
    wish: &UserWish,
    release: &str,
    features: &[String],
    region: &Region,
) -> Result<Vec<Printed>, FieldError> {
    let tools = TOOLS.into_iter().map(|(id, title, about, tool)| {
        Ok(Printed {
            id,
            title,
            about,
            text: wish.printed(tool, release, features, region)?,
        })
    });
    tools.collect()
}
