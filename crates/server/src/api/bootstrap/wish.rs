//! The names and options of a user that is made, as bodies and queries give them.

use commissary_core::domain::UserWish;
use commissary_permissions::Blueprint;

use crate::describe::Field;

pub(crate) static USER_NAME: Field = Field::new("userName", "The name of the IAM user.")
    .pattern(Blueprint::USER_PATTERN, Blueprint::USER_MOST)
    .default(UserWish::USER_NAME);
pub(crate) static POLICY_NAME: Field = Field::new(
    "policyName",
    "The name of its policy; policies that have to be split are numbered.",
)
.pattern(Blueprint::POLICY_PATTERN, Blueprint::POLICY_MOST)
.default(UserWish::POLICY_NAME);
pub(crate) static PATH: Field = Field::new("path", "The path of the user and of its policies.")
    .pattern(Blueprint::PATH_PATTERN, Blueprint::PATH_MOST);
pub(crate) static PERMISSIONS_BOUNDARY: Field = Field::new(
    "permissionsBoundary",
    "The ARN of the policy that bounds the user and the roles.",
)
.pattern("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/[!-~]+$", 512)
.example("arn:aws:iam::123456789012:policy/boundary");
pub(crate) static TAGS: Field = Field::new("tags", "Tags for all that is made, as `KEY=VALUE`.")
    .pattern(Blueprint::TAG_PATTERN, Blueprint::TAG_MOST);
pub(crate) static TAG: Field = Field::new("tag", "A tag for all that is made, as `KEY=VALUE`.")
    .pattern(Blueprint::TAG_PATTERN, Blueprint::TAG_MOST);
pub(crate) static SELF_CHECK: Field =
    Field::new("selfCheck", "Whether the user may find out its own rights.");
pub(crate) static NODE_ROLES: Field = Field::new(
    "nodeRoles",
    "Whether the roles of machines and control planes are made.",
);
