//! Roles.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::account::roles::NewRole;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::params::Params;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam("CreateRole", Target::NewRole, Handler::Write(create)),
    Operation::iam("GetRole", Target::Role, Handler::Read(get)),
    Operation::iam("ListRoles", Target::Roles, Handler::Read(list)),
    Operation::iam("UpdateRole", Target::Role, Handler::Write(update)),
    Operation::iam(
        "UpdateAssumeRolePolicy",
        Target::Role,
        Handler::Write(update_trust),
    ),
    Operation::iam("DeleteRole", Target::Role, Handler::Write(delete)),
];

const DESCRIPTION: usize = 1000;
/// In seconds: one hour to twelve.
const SESSIONS: std::ops::RangeInclusive<u32> = 3600..=43_200;

fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let new = NewRole {
        name: inputs::role_name(call.params)?.to_owned(),
        path: inputs::path(call.params)?.to_owned(),
        description: description(call.params)?,
        trust: inputs::long_text(call.params, "AssumeRolePolicyDocument")?.to_owned(),
        longest_session: longest_session(call.params)?,
        boundary: inputs::boundary(call.params)?,
        tags: inputs::tags(call.params)?,
    };
    let role = account.create_role(new, call.random, call.now)?;
    xml.element("Role", |xml| {
        shapes::role_summary(xml, account, &role);
        shapes::role_extras(xml, &role);
    });
    Ok(())
}

fn get(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let role = account.role(inputs::role_name(call.params)?)?;
    xml.element("Role", |xml| {
        shapes::role_summary(xml, account, role);
        shapes::role_extras(xml, role);
        // When it was last used is not kept.
        xml.element("RoleLastUsed", |_| {});
    });
    Ok(())
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let prefix = inputs::path_prefix(call.params)?;
    let roles = account
        .roles
        .iter()
        .filter(|role| role.path.starts_with(prefix))
        .map(|role| (key_of(&role.name), role));
    let page = Page::cut(call.params, roles)?;
    xml.list("Roles", &page.items, |xml, role| {
        shapes::role_summary(xml, account, role);
    });
    page.write_end(xml);
    Ok(())
}

fn update(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let description = description(call.params)?;
    let longest = longest_session(call.params)?;
    let role = account.own_role(inputs::role_name(call.params)?)?;
    role.description = description.or(role.description.take());
    role.longest_session = longest.unwrap_or(role.longest_session);
    Ok(())
}

fn update_trust(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::role_name(call.params)?;
    account.set_trust(name, inputs::long_text(call.params, "PolicyDocument")?)
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.delete_role(inputs::role_name(call.params)?)
}

fn description(params: &Params) -> Result<Option<String>, Fault> {
    let text = params.get("Description");
    inputs::check_length("Description", text.unwrap_or(""), 0, DESCRIPTION)?;
    Ok(text.map(str::to_owned))
}

fn longest_session(params: &Params) -> Result<Option<u32>, Fault> {
    inputs::number(params, "MaxSessionDuration", SESSIONS)
}
