//! AWS Identity and Access Management, a family of operations per file.

mod access_keys;
mod attached_policies;
mod authorization_details;
mod groups;
mod inline_policies;
mod inputs;
mod memberships;
mod permissions_boundaries;
mod policies;
mod policy_versions;
mod shapes;
mod simulate;
mod user_tags;
mod users;

use crate::operations::Operation;

/// The tables of all families.
pub(crate) fn tables() -> [&'static [Operation]; 12] {
    [
        users::OPERATIONS,
        user_tags::OPERATIONS,
        permissions_boundaries::OPERATIONS,
        access_keys::OPERATIONS,
        groups::OPERATIONS,
        memberships::OPERATIONS,
        policies::OPERATIONS,
        policy_versions::OPERATIONS,
        attached_policies::OPERATIONS,
        inline_policies::OPERATIONS,
        simulate::OPERATIONS,
        authorization_details::OPERATIONS,
    ]
}
