//! Groups.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam("CreateGroup", Target::NewGroup, Handler::Write(create)),
    Operation::iam("GetGroup", Target::Group, Handler::Read(get)),
    Operation::iam("ListGroups", Target::Groups, Handler::Read(list)),
    Operation::iam("DeleteGroup", Target::Group, Handler::Write(delete)),
];

fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "GroupName")?.to_owned();
    let path = inputs::path(call.params)?.to_owned();
    let group = account.create_group(name, path, call.random, call.now)?;
    xml.element("Group", |xml| shapes::group(xml, account, &group));
    Ok(())
}

fn get(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let group = account.group(inputs::entity_name(call.params, "GroupName")?)?;
    let members = account
        .members(group)
        .map(|user| (key_of(&user.name), user));
    let page = Page::cut(call.params, members)?;
    xml.element("Group", |xml| shapes::group(xml, account, group));
    xml.list("Users", &page.items, |xml, user| {
        shapes::user_summary(xml, account, user);
    });
    page.write_end(xml);
    Ok(())
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.delete_group(inputs::entity_name(call.params, "GroupName")?)
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let prefix = inputs::path_prefix(call.params)?;
    let groups = account
        .groups
        .iter()
        .filter(|group| group.path.starts_with(prefix))
        .map(|group| (key_of(&group.name), group));
    let page = Page::cut(call.params, groups)?;
    xml.list("Groups", &page.items, |xml, group| {
        shapes::group(xml, account, group);
    });
    page.write_end(xml);
    Ok(())
}
