//! Permissions boundaries of users and roles.

use super::inputs;
use crate::account::Account;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "PutUserPermissionsBoundary",
        Target::User,
        Handler::Write(put_on_user),
    ),
    Operation::iam(
        "DeleteUserPermissionsBoundary",
        Target::User,
        Handler::Write(delete_from_user),
    ),
    Operation::iam(
        "PutRolePermissionsBoundary",
        Target::Role,
        Handler::Write(put_on_role),
    ),
    Operation::iam(
        "DeleteRolePermissionsBoundary",
        Target::Role,
        Handler::Write(delete_from_role),
    ),
];

fn put_on_user(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    let arn = inputs::arn(call.params, "PermissionsBoundary")?;
    account.set_boundary(name, Some(arn.to_owned()))
}

fn delete_from_user(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    if account.user(name)?.boundary.is_none() {
        return Err(no_boundary("user", name));
    }
    account.set_boundary(name, None)
}

fn put_on_role(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::role_name(call.params)?;
    let arn = inputs::arn(call.params, "PermissionsBoundary")?;
    account.set_role_boundary(name, Some(arn.to_owned()))
}

fn delete_from_role(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::role_name(call.params)?;
    if account.role(name)?.boundary.is_none() {
        return Err(no_boundary("role", name));
    }
    account.set_role_boundary(name, None)
}

fn no_boundary(kind: &str, name: &str) -> Fault {
    Fault::no_such(format!(
        "The {kind} {name} does not have a permissions boundary."
    ))
}
