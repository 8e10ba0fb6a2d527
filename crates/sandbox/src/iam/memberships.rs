//! Who is in which group.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam("AddUserToGroup", Target::Group, Handler::Write(add)),
    Operation::iam("RemoveUserFromGroup", Target::Group, Handler::Write(remove)),
    Operation::iam("ListGroupsForUser", Target::User, Handler::Read(list)),
];

fn add(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let group = inputs::entity_name(call.params, "GroupName")?;
    account.join(group, inputs::entity_name(call.params, "UserName")?)
}

fn remove(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let group = inputs::entity_name(call.params, "GroupName")?;
    account.leave(group, inputs::entity_name(call.params, "UserName")?)
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let user = account.user(inputs::entity_name(call.params, "UserName")?)?;
    let groups = account
        .groups_of(user)
        .map(|group| (key_of(&group.name), group));
    let page = Page::cut(call.params, groups)?;
    xml.list("Groups", &page.items, |xml, group| {
        shapes::group(xml, account, group);
    });
    page.write_end(xml);
    Ok(())
}
