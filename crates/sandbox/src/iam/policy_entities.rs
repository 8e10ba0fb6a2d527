//! Who a managed policy is attached to or bounds (IAM API Reference, "ListEntitiesForPolicy").

use super::inputs;
use crate::account::Account;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[Operation::iam(
    "ListEntitiesForPolicy",
    Target::Policy,
    Handler::Read(list),
)];

/// The kinds of entity: their word in `EntityFilter`, the list they stand in, and their elements.
const KINDS: [(&str, &str, &str, &str); 3] = [
    ("Group", "PolicyGroups", "GroupName", "GroupId"),
    ("Role", "PolicyRoles", "RoleName", "RoleId"),
    ("User", "PolicyUsers", "UserName", "UserId"),
];

struct Entity<'a> {
    kind: &'static str,
    name: &'a str,
    id: &'a str,
    attached: bool,
    bounded: bool,
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let arn = &account
        .existing_policy(inputs::arn(call.params, "PolicyArn")?)?
        .arn;
    let only = call.params.get("EntityFilter");
    let usage = call.params.get("PolicyUsageFilter");
    let found = entities(account, arn)
        .filter(|entity| only.is_none_or(|kind| kind == entity.kind))
        .filter(|entity| match usage {
            Some("PermissionsPolicy") => entity.attached,
            Some("PermissionsBoundary") => entity.bounded,
            _ => entity.attached || entity.bounded,
        })
        .map(|entity| (format!("{}/{}", entity.kind, entity.name), entity));
    let page = Page::cut(call.params, found)?;
    for (kind, list, name, id) in KINDS {
        let of_kind = page.items.iter().filter(|entity| entity.kind == kind);
        xml.list(list, of_kind, |xml, entity| {
            xml.text(name, entity.name);
            xml.text(id, entity.id);
        });
    }
    page.write_end(xml);
    Ok(())
}

fn entities<'a>(account: &'a Account, arn: &'a str) -> impl Iterator<Item = Entity<'a>> {
    let bounds = move |boundary: &Option<String>| boundary.as_deref() == Some(arn);
    let groups = account.groups.iter().map(move |group| Entity {
        kind: "Group",
        name: &group.name,
        id: &group.id,
        attached: group.grants.attached.contains(arn),
        bounded: false,
    });
    let roles = account.roles.iter().map(move |role| Entity {
        kind: "Role",
        name: &role.name,
        id: &role.id,
        attached: role.grants.attached.contains(arn),
        bounded: bounds(&role.boundary),
    });
    let users = account.users.iter().map(move |user| Entity {
        kind: "User",
        name: &user.name,
        id: &user.id,
        attached: user.grants.attached.contains(arn),
        bounded: bounds(&user.boundary),
    });
    groups.chain(roles).chain(users)
}
