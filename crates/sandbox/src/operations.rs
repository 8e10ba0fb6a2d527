//! The table of operations: name, service, what it is about, and what answers it.

use crate::account::Account;
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::services::row::Row;
use crate::wire::service::Service;
use crate::wire::xml::Xml;
use crate::{iam, services, sts};

/// What answers an operation: it writes its result, or refuses.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// Leaves the account as it is.
    Read(fn(&Account, &Call<'_>, &mut Xml) -> Result<(), Fault>),
    /// Changes the account; the change counts only when it succeeds and is on disk.
    Write(fn(&mut Account, &Call<'_>, &mut Xml) -> Result<(), Fault>),
}

/// The resource that the right to an operation is asked for (Service Authorization Reference,
/// "Actions, resources, and condition keys for AWS Identity and Access Management").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// No right is needed.
    Free,
    /// The whole account: `*`.
    Account,
    /// The user in `UserName`.
    User,
    /// The user in `UserName`, or else the caller.
    UserOrCaller,
    /// The user whose key is in `AccessKeyId`.
    KeyOwner,
    /// The user that `UserName` and `Path` will make.
    NewUser,
    /// All users below `PathPrefix`.
    Users,
    /// The group in `GroupName`.
    Group,
    /// The group that `GroupName` and `Path` will make.
    NewGroup,
    /// All groups below `PathPrefix`.
    Groups,
    /// The policy in `PolicyArn`.
    Policy,
    /// The policy that `PolicyName` and `Path` will make.
    NewPolicy,
    /// All policies below `PathPrefix`.
    Policies,
    /// The user, group or role in `PolicySourceArn`.
    PolicySource,
    /// The role in `RoleName`.
    Role,
    /// The role that `RoleName` and `Path` will make.
    NewRole,
    /// All roles below `PathPrefix`.
    Roles,
    /// The role in `RoleArn`, which has a say of its own.
    AssumedRole,
    /// The role that the service in `AWSServiceName` will take on.
    ServiceLinkedRole,
    /// The instance profile in `InstanceProfileName`.
    Profile,
    /// The instance profile that `InstanceProfileName` and `Path` will make.
    NewProfile,
    /// The same, and the role in `RoleName` that is put into it.
    ProfileAndRole,
    /// All instance profiles below `PathPrefix`.
    Profiles,
}

/// A row of the table.
pub(crate) struct Operation {
    pub(crate) service: Service,
    pub(crate) name: &'static str,
    pub(crate) target: Target,
    pub(crate) handler: Handler,
}

impl Operation {
    /// A row of the IAM part.
    pub(crate) const fn iam(name: &'static str, target: Target, handler: Handler) -> Operation {
        Operation {
            service: Service::Iam,
            name,
            target,
            handler,
        }
    }

    /// The action as policies name it.
    pub(crate) fn action(&self) -> String {
        format!("{}:{}", self.service.prefix(), self.name)
    }
}

fn all() -> impl Iterator<Item = &'static Operation> {
    sts::OPERATIONS
        .iter()
        .chain(iam::tables().into_iter().flatten())
}

/// The operation of that name, if the request's version is the one the service has.
pub(crate) fn find(name: &str, version: Option<&str>) -> Result<&'static Operation, Fault> {
    all()
        .find(|operation| {
            operation.name == name && version.is_none_or(|v| v == operation.service.version())
        })
        .ok_or_else(|| unknown(name, version.unwrap_or("(none given)")))
}

/// The refusal of an operation that is in no table.
pub(crate) fn unknown(name: &str, version: &str) -> Fault {
    Fault::new(
        Code::InvalidAction,
        format!(
            "Could not find operation {name} for version {version}. {}",
            inventory()
        ),
    )
}

/// A sentence that says what the sandbox has.
pub(crate) fn inventory() -> String {
    let mut names: Vec<String> = all().map(Operation::action).collect();
    names.extend(services::all().map(Row::action));
    names.dedup();
    format!("The sandbox has: {}.", names.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<String> = all().map(Operation::action).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn an_operation_of_another_version_is_unknown() {
        assert!(find("GetCallerIdentity", Some("2011-06-15")).is_ok());
        let fault = find("GetCallerIdentity", Some("2010-05-08")).err().unwrap();
        assert_eq!(fault.code, Code::InvalidAction);
        assert!(fault.message.contains("sts:GetCallerIdentity"));
    }
}
