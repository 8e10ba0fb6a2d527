//! What is to be made, as people choose it.

use commissary_permissions::{
    Blueprint, BlueprintError, Export, PolicyOptions, Selection, Tag, release,
};

use crate::domain::{Partition, Region};
use crate::error::FieldError;

/// A user as people choose it: names and options.
#[derive(Debug, Clone)]
pub struct UserWish {
    /// The user's name.
    pub user_name: String,
    /// The policy's name; policies that have to be split are numbered.
    pub policy_name: String,
    /// The path of the user; the root path if none.
    pub path: Option<String>,
    /// The ARN of the policy that bounds the user and the roles.
    pub permissions_boundary: Option<String>,
    /// Tags for everything that is made.
    pub tags: Vec<Tag>,
    /// Whether the user may find out its own rights.
    pub self_check: bool,
    /// Whether the roles of machines and control planes are made.
    pub node_roles: bool,
}

impl UserWish {
    /// The name of a user that nobody named otherwise.
    pub const USER_NAME: &'static str = "Kommander";
    /// The name of its policy.
    pub const POLICY_NAME: &'static str = "kommander-policy";

    /// What is to be there for a selection of features.
    pub fn blueprint(&self, selection: &Selection<'_>, partition: &Partition) -> Blueprint {
        let options = PolicyOptions {
            form: selection.release().form(),
            narrowing: None,
        };
        let parts = selection.policies(&options).parts;
        let (user, policy) = (&self.user_name, &self.policy_name);
        let mut blueprint = Blueprint::of_user(partition.as_str(), user, policy, &parts);
        if let Some(path) = &self.path {
            blueprint.path.clone_from(path);
        }
        blueprint
            .permissions_boundary
            .clone_from(&self.permissions_boundary);
        blueprint.self_check = self.self_check;
        blueprint.tags.extend(self.tags.iter().cloned());
        if self.node_roles {
            blueprint = blueprint.with_node_roles(selection);
        }
        blueprint
    }

    /// Everything in the words of another tool, for people who let that one make it. The cloud is
    /// not asked; the partition is that of the region.
    ///
    /// # Errors
    /// The fields at fault.
    pub fn printed(
        &self,
        tool: Export,
        release_id: &str,
        features: &[String],
        region: &Region,
    ) -> Result<String, FieldError> {
        let release =
            release(release_id).map_err(|error| FieldError::new("release", error.to_string()))?;
        let selection = release
            .select(features)
            .map_err(|error| FieldError::new("features", error.to_string()))?;
        let blueprint = self.blueprint(&selection, &region.partition());
        blueprint.check().map_err(|error| blueprint_fault(&error))?;
        Ok(tool.write(&blueprint))
    }
}

/// The field that IAM would refuse.
pub(crate) fn blueprint_fault(error: &BlueprintError) -> FieldError {
    let field = match error {
        BlueprintError::Name { what: "user", .. } | BlueprintError::Comma(_) => "userName",
        BlueprintError::Name { .. } | BlueprintError::Twice(_) => "policyName",
        BlueprintError::Path(_) => "path",
        BlueprintError::Boundary { .. } => "permissionsBoundary",
        BlueprintError::Tag { .. } | BlueprintError::TooManyTags(_) => "tags",
        BlueprintError::TooLong { .. } => "features",
    };
    FieldError::new(field, error.to_string())
}
