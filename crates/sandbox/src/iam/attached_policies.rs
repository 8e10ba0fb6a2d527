//! Managed policies attached to users, groups and roles.

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
        "AttachUserPolicy",
        Target::User,
        Handler::Write(|account, call, _| attach(Holder::User, account, call)),
    ),
    Operation::iam(
        "DetachUserPolicy",
        Target::User,
        Handler::Write(|account, call, _| detach(Holder::User, account, call)),
    ),
    Operation::iam(
        "ListAttachedUserPolicies",
        Target::User,
        Handler::Read(|account, call, xml| list(Holder::User, account, call, xml)),
    ),
    Operation::iam(
        "AttachGroupPolicy",
        Target::Group,
        Handler::Write(|account, call, _| attach(Holder::Group, account, call)),
    ),
    Operation::iam(
        "DetachGroupPolicy",
        Target::Group,
        Handler::Write(|account, call, _| detach(Holder::Group, account, call)),
    ),
    Operation::iam(
        "ListAttachedGroupPolicies",
        Target::Group,
        Handler::Read(|account, call, xml| list(Holder::Group, account, call, xml)),
    ),
    Operation::iam(
        "AttachRolePolicy",
        Target::Role,
        Handler::Write(|account, call, _| attach(Holder::Role, account, call)),
    ),
    Operation::iam(
        "DetachRolePolicy",
        Target::Role,
        Handler::Write(|account, call, _| detach(Holder::Role, account, call)),
    ),
    Operation::iam(
        "ListAttachedRolePolicies",
        Target::Role,
        Handler::Read(|account, call, xml| list(Holder::Role, account, call, xml)),
    ),
];

fn attach(holder: Holder, account: &mut Account, call: &Call<'_>) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    account.attach(holder, name, inputs::arn(call.params, "PolicyArn")?)
}

fn detach(holder: Holder, account: &mut Account, call: &Call<'_>) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    account.detach(holder, name, inputs::arn(call.params, "PolicyArn")?)
}

fn list(holder: Holder, account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let name = inputs::holder_name(call.params, holder)?;
    let prefix = inputs::path_prefix(call.params)?;
    let mut policies: Vec<_> = shapes::attached_to(account, account.grants(holder, name)?)
        .filter(|policy| policy.path.starts_with(prefix))
        .map(|policy| (format!("{}/{}", key_of(&policy.name), policy.arn), policy))
        .collect();
    policies.sort_by(|(left, _), (right, _)| left.cmp(right));
    let page = Page::cut(call.params, policies)?;
    shapes::attached(xml, "AttachedPolicies", page.items.iter().copied());
    page.write_end(xml);
    Ok(())
}
