//! How many of what an account may hold (IAM User Guide, "IAM and AWS STS quotas").

pub(crate) const USERS: usize = 5000;
pub(crate) const GROUPS: usize = 300;
pub(crate) const CUSTOMER_MANAGED_POLICIES: usize = 1500;
pub(crate) const GROUPS_PER_USER: usize = 10;
pub(crate) const ACCESS_KEYS_PER_USER: usize = 2;
pub(crate) const ATTACHED_POLICIES: usize = 10;
pub(crate) const POLICY_VERSIONS: usize = 5;
pub(crate) const ROLES: usize = 1000;
pub(crate) const INSTANCE_PROFILES: usize = 1000;
pub(crate) const TAGS: usize = 50;
/// Characters that are not white space, in one managed policy.
pub(crate) const MANAGED_POLICY_SIZE: usize = 6144;
/// Characters that are not white space, in all inline policies of a user together.
pub(crate) const USER_INLINE_SIZE: usize = 2048;
/// Characters that are not white space, in all inline policies of a group together.
pub(crate) const GROUP_INLINE_SIZE: usize = 5120;
/// Characters that are not white space, in all inline policies of a role together.
pub(crate) const ROLE_INLINE_SIZE: usize = 10_240;
/// Characters that are not white space, in the trust policy of a role.
pub(crate) const TRUST_POLICY_SIZE: usize = 2048;

/// The size of a policy document as the quotas count it: without white space.
pub(crate) fn policy_size(document: &str) -> usize {
    document
        .chars()
        .filter(|character| !character.is_whitespace())
        .count()
}
