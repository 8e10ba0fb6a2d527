//! Permissions boundaries of users.

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
        Handler::Write(put),
    ),
    Operation::iam(
        "DeleteUserPermissionsBoundary",
        Target::User,
        Handler::Write(delete),
    ),
];

fn put(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    let arn = inputs::arn(call.params, "PermissionsBoundary")?;
    account.set_boundary(name, Some(arn.to_owned()))
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    if account.user(name)?.boundary.is_none() {
        return Err(Fault::no_such(format!(
            "The user {name} does not have a permissions boundary."
        )));
    }
    account.set_boundary(name, None)
}
