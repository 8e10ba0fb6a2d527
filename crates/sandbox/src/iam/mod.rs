//! AWS Identity and Access Management, a family of operations per file.

mod access_keys;
mod attached_policies;
mod authorization_details;
mod groups;
mod inline_policies;
pub(crate) mod inputs;
mod instance_profiles;
mod memberships;
mod permissions_boundaries;
mod policies;
mod policy_entities;
mod policy_versions;
mod roles;
mod service_linked_roles;
mod shapes;
mod simulate;
mod tags;
mod users;

use crate::operations::Operation;

/// The tables of all families.
pub(crate) fn tables() -> [&'static [Operation]; 16] {
    [
        users::OPERATIONS,
        roles::OPERATIONS,
        service_linked_roles::OPERATIONS,
        instance_profiles::OPERATIONS,
        tags::OPERATIONS,
        permissions_boundaries::OPERATIONS,
        access_keys::OPERATIONS,
        groups::OPERATIONS,
        memberships::OPERATIONS,
        policies::OPERATIONS,
        policy_versions::OPERATIONS,
        policy_entities::OPERATIONS,
        attached_policies::OPERATIONS,
        inline_policies::OPERATIONS,
        simulate::OPERATIONS,
        authorization_details::OPERATIONS,
    ]
}
