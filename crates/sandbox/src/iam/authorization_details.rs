//! Everything about who may do what, at once (IAM API Reference, "GetAccountAuthorizationDetails").

use super::shapes;
use crate::account::directory::key_of;
use crate::account::grants::Grants;
use crate::account::groups::Group;
use crate::account::policies::ManagedPolicy;
use crate::account::roles::Role;
use crate::account::users::User;
use crate::account::{Account, aws_managed};
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::params::Params;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[Operation::iam(
    "GetAccountAuthorizationDetails",
    Target::Account,
    Handler::Read(get),
)];

/// The kinds of thing in the answer, in the order of its pages.
const KINDS: [&str; 5] = [
    "User",
    "Role",
    "Group",
    "LocalManagedPolicy",
    "AWSManagedPolicy",
];

enum Entry<'a> {
    User(&'a User),
    Role(&'a Role),
    Group(&'a Group),
    Policy(&'a ManagedPolicy),
}

fn get(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let wanted = filter(call.params)?;
    let entries = entries(account)
        .filter(|(kind, ..)| wanted.is_empty() || wanted.contains(kind))
        .map(|(kind, name, entry)| {
            let place = KINDS.iter().position(|known| *known == kind);
            let key = format!("{}/{}", place.unwrap_or(KINDS.len()), key_of(name));
            (key, entry)
        });
    let page = Page::cut(call.params, entries)?;
    let users = page.items.iter().filter_map(|entry| match entry {
        Entry::User(user) => Some(*user),
        _ => None,
    });
    let roles = page.items.iter().filter_map(|entry| match entry {
        Entry::Role(role) => Some(*role),
        _ => None,
    });
    let groups = page.items.iter().filter_map(|entry| match entry {
        Entry::Group(group) => Some(*group),
        _ => None,
    });
    let policies = page.items.iter().filter_map(|entry| match entry {
        Entry::Policy(policy) => Some(*policy),
        _ => None,
    });
    xml.list("UserDetailList", users, |xml, user| {
        write_user(xml, account, user);
    });
    xml.list("GroupDetailList", groups, |xml, group| {
        shapes::group(xml, account, group);
        write_grants(xml, account, "GroupPolicyList", &group.grants);
    });
    xml.list("RoleDetailList", roles, |xml, role| {
        write_role(xml, account, role)
    });
    xml.list("Policies", policies, |xml, policy| {
        write_policy(xml, account, policy);
    });
    page.write_end(xml);
    Ok(())
}

fn filter(params: &Params) -> Result<Vec<&str>, Fault> {
    let wanted = params.list("Filter");
    match wanted.iter().find(|kind| !KINDS.contains(kind)) {
        None => Ok(wanted),
        Some(unknown) => Err(Fault::validation(format!(
            "1 validation error detected: Value '{unknown}' at 'filter' failed to satisfy \
             constraint: Member must satisfy enum value set: [{}]",
            KINDS.join(", ")
        ))),
    }
}

/// Kind, name and entry of everything, in the order of [`KINDS`]. AWS's own policies are told of
/// only when something uses them.
fn entries(account: &Account) -> impl Iterator<Item = (&'static str, &str, Entry<'_>)> {
    let users = account
        .users
        .iter()
        .map(|user| ("User", user.name.as_str(), Entry::User(user)));
    let roles = account
        .roles
        .iter()
        .map(|role| ("Role", role.name.as_str(), Entry::Role(role)));
    let groups = account
        .groups
        .iter()
        .map(|group| ("Group", group.name.as_str(), Entry::Group(group)));
    let own = account.policies.iter().map(|policy| {
        (
            "LocalManagedPolicy",
            policy.name.as_str(),
            Entry::Policy(policy),
        )
    });
    let aws = aws_managed::all(account.partition)
        .filter(|policy| account.attachments(&policy.arn) + account.boundary_uses(&policy.arn) > 0)
        .map(|policy| {
            (
                "AWSManagedPolicy",
                policy.name.as_str(),
                Entry::Policy(policy),
            )
        });
    users.chain(roles).chain(groups).chain(own).chain(aws)
}

fn write_user(xml: &mut Xml, account: &Account, user: &User) {
    shapes::user_summary(xml, account, user);
    write_grants(xml, account, "UserPolicyList", &user.grants);
    xml.texts(
        "GroupList",
        account.groups_of(user).map(|group| &group.name),
    );
    shapes::user_extras(xml, user);
}

fn write_role(xml: &mut Xml, account: &Account, role: &Role) {
    shapes::role_summary(xml, account, role);
    let profiles = account.profiles_of(&role.name);
    xml.list("InstanceProfileList", profiles, |xml, profile| {
        shapes::profile(xml, account, profile);
    });
    write_grants(xml, account, "RolePolicyList", &role.grants);
    shapes::role_extras(xml, role);
}

fn write_grants(xml: &mut Xml, account: &Account, inline: &str, grants: &Grants) {
    xml.list(inline, grants.inline.iter(), |xml, policy| {
        xml.text("PolicyName", &policy.name);
        shapes::document(xml, "PolicyDocument", &policy.document);
    });
    shapes::attached(
        xml,
        "AttachedManagedPolicies",
        shapes::attached_to(account, grants),
    );
}

fn write_policy(xml: &mut Xml, account: &Account, policy: &ManagedPolicy) {
    shapes::policy_summary(xml, account, policy);
    if let Some(description) = &policy.description {
        xml.text("Description", description);
    }
    let newest_first = policy.versions.iter().rev();
    xml.list(
        "PolicyVersionList",
        newest_first,
        |xml, (number, version)| {
            shapes::version(xml, policy, *number, version);
        },
    );
}
