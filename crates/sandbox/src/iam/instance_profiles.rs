//! Instance profiles.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::account::instance_profiles::InstanceProfile;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::params::Params;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "CreateInstanceProfile",
        Target::NewProfile,
        Handler::Write(create),
    ),
    Operation::iam("GetInstanceProfile", Target::Profile, Handler::Read(get)),
    Operation::iam(
        "ListInstanceProfiles",
        Target::Profiles,
        Handler::Read(list),
    ),
    Operation::iam(
        "ListInstanceProfilesForRole",
        Target::Role,
        Handler::Read(list_for_role),
    ),
    Operation::iam(
        "AddRoleToInstanceProfile",
        Target::ProfileAndRole,
        Handler::Write(add_role),
    ),
    Operation::iam(
        "RemoveRoleFromInstanceProfile",
        Target::Profile,
        Handler::Write(remove_role),
    ),
    Operation::iam(
        "DeleteInstanceProfile",
        Target::Profile,
        Handler::Write(delete),
    ),
];

fn name(params: &Params) -> Result<&str, Fault> {
    inputs::entity_name(params, "InstanceProfileName")
}

fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let name = name(call.params)?.to_owned();
    let path = inputs::path(call.params)?.to_owned();
    let tags = inputs::tags(call.params)?;
    let profile = account.create_profile(name, path, tags, call.random, call.now)?;
    xml.element("InstanceProfile", |xml| {
        shapes::profile(xml, account, &profile);
        shapes::tags(xml, &profile.tags);
    });
    Ok(())
}

fn get(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let profile = account.profile(name(call.params)?)?;
    xml.element("InstanceProfile", |xml| {
        shapes::profile(xml, account, profile);
        shapes::tags(xml, &profile.tags);
    });
    Ok(())
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let prefix = inputs::path_prefix(call.params)?;
    let profiles = account.profiles.iter();
    let wanted = profiles.filter(|profile| profile.path.starts_with(prefix));
    write_page(account, call, xml, wanted)
}

fn list_for_role(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let role = account.role(inputs::role_name(call.params)?)?;
    write_page(account, call, xml, account.profiles_of(&role.name))
}

fn write_page<'a>(
    account: &'a Account,
    call: &Call<'_>,
    xml: &mut Xml,
    profiles: impl Iterator<Item = &'a InstanceProfile>,
) -> Result<(), Fault> {
    let profiles = profiles.map(|profile| (key_of(&profile.name), profile));
    let page = Page::cut(call.params, profiles)?;
    xml.list("InstanceProfiles", &page.items, |xml, profile| {
        shapes::profile(xml, account, profile);
    });
    page.write_end(xml);
    Ok(())
}

fn add_role(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.put_role(name(call.params)?, inputs::role_name(call.params)?)
}

fn remove_role(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.take_role(name(call.params)?, inputs::role_name(call.params)?)
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    account.delete_profile(name(call.params)?)
}
