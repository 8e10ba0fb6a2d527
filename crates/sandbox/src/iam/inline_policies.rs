//! Inline policies of users, groups and roles.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::account::grants::Holder;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "PutUserPolicy",
        Target::User,
        Handler::Write(|account, call, _| put(Holder::User, account, call)),
    ),
    Operation::iam(
        "GetUserPolicy",
        Target::User,
        Handler::Read(|account, call, xml| get(Holder::User, account, call, xml)),
    ),
    Operation::iam(
        "ListUserPolicies",
        Target::User,
        Handler::Read(|account, call, xml| list(Holder::User, account, call, xml)),
    ),
    Operation::iam(
        "DeleteUserPolicy",
        Target::User,
        Handler::Write(|account, call, _| delete(Holder::User, account, call)),
    ),
    Operation::iam(
        "PutGroupPolicy",
        Target::Group,
        Handler::Write(|account, call, _| put(Holder::Group, account, call)),
    ),
    Operation::iam(
        "GetGroupPolicy",
        Target::Group,
        Handler::Read(|account, call, xml| get(Holder::Group, account, call, xml)),
    ),
    Operation::iam(
        "ListGroupPolicies",
        Target::Group,
        Handler::Read(|account, call, xml| list(Holder::Group, account, call, xml)),
    ),
    Operation::iam(
        "DeleteGroupPolicy",
        Target::Group,
        Handler::Write(|account, call, _| delete(Holder::Group, account, call)),
    ),
    Operation::iam(
        "PutRolePolicy",
        Target::Role,
        Handler::Write(|account, call, _| put(Holder::Role, account, call)),
    ),
    Operation::iam(
        "GetRolePolicy",
        Target::Role,
        Handler::Read(|account, call, xml| get(Holder::Role, account, call, xml)),
    ),
    Operation::iam(
        "ListRolePolicies",
        Target::Role,
        Handler::Read(|account, call, xml| list(Holder::Role, account, call, xml)),
    ),
    Operation::iam(
        "DeleteRolePolicy",
        Target::Role,
        Handler::Write(|account, call, _| delete(Holder::Role, account, call)),
    ),
];

fn put(holder: Holder, account: &mut Account, call: &Call<'_>) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    let policy = inputs::entity_name(call.params, "PolicyName")?;
    account.put_inline(holder, name, policy, inputs::document(call.params)?)
}

fn get(holder: Holder, account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    let policy = inputs::entity_name(call.params, "PolicyName")?;
    let policy = account.inline(holder, name, policy)?;
    xml.text(inputs::holder_parameter(holder), name);
    xml.text("PolicyName", &policy.name);
    shapes::document(xml, "PolicyDocument", &policy.document);
    Ok(())
}

fn list(holder: Holder, account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    let policies = account.grants(holder, name)?.inline.iter();
    let names = policies.map(|policy| (key_of(&policy.name), &policy.name));
    let page = Page::cut(call.params, names)?;
    xml.texts("PolicyNames", &page.items);
    page.write_end(xml);
    Ok(())
}

fn delete(holder: Holder, account: &mut Account, call: &Call<'_>) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    let policy = inputs::entity_name(call.params, "PolicyName")?;
    account.delete_inline(holder, name, policy)
}
