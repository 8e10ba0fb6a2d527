//! Tags of users, roles, policies and instance profiles.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::account::tags::{self, Tags};
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

/// What has tags.
#[derive(Clone, Copy)]
enum Tagged {
    User,
    Role,
    Policy,
    Profile,
}

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "TagUser",
        Target::User,
        Handler::Write(|account, call, _| tag(Tagged::User, account, call)),
    ),
    Operation::iam(
        "UntagUser",
        Target::User,
        Handler::Write(|account, call, _| untag(Tagged::User, account, call)),
    ),
    Operation::iam(
        "ListUserTags",
        Target::User,
        Handler::Read(|account, call, xml| list(Tagged::User, account, call, xml)),
    ),
    Operation::iam(
        "TagRole",
        Target::Role,
        Handler::Write(|account, call, _| tag(Tagged::Role, account, call)),
    ),
    Operation::iam(
        "UntagRole",
        Target::Role,
        Handler::Write(|account, call, _| untag(Tagged::Role, account, call)),
    ),
    Operation::iam(
        "ListRoleTags",
        Target::Role,
        Handler::Read(|account, call, xml| list(Tagged::Role, account, call, xml)),
    ),
    Operation::iam(
        "TagPolicy",
        Target::Policy,
        Handler::Write(|account, call, _| tag(Tagged::Policy, account, call)),
    ),
    Operation::iam(
        "UntagPolicy",
        Target::Policy,
        Handler::Write(|account, call, _| untag(Tagged::Policy, account, call)),
    ),
    Operation::iam(
        "ListPolicyTags",
        Target::Policy,
        Handler::Read(|account, call, xml| list(Tagged::Policy, account, call, xml)),
    ),
    Operation::iam(
        "TagInstanceProfile",
        Target::Profile,
        Handler::Write(|account, call, _| tag(Tagged::Profile, account, call)),
    ),
    Operation::iam(
        "UntagInstanceProfile",
        Target::Profile,
        Handler::Write(|account, call, _| untag(Tagged::Profile, account, call)),
    ),
    Operation::iam(
        "ListInstanceProfileTags",
        Target::Profile,
        Handler::Read(|account, call, xml| list(Tagged::Profile, account, call, xml)),
    ),
];

fn tags_mut<'a>(
    tagged: Tagged,
    account: &'a mut Account,
    call: &Call<'_>,
) -> Result<&'a mut Tags, Fault> {
    let name = |parameter| inputs::entity_name(call.params, parameter);
    match tagged {
        Tagged::User => account
            .user_mut(name("UserName")?)
            .map(|user| &mut user.tags),
        Tagged::Role => account
            .own_role(name("RoleName")?)
            .map(|role| &mut role.tags),
        Tagged::Policy => account
            .own_policy(inputs::arn(call.params, "PolicyArn")?)
            .map(|policy| &mut policy.tags),
        Tagged::Profile => account
            .profile_mut(name("InstanceProfileName")?)
            .map(|profile| &mut profile.tags),
    }
}

fn tags<'a>(tagged: Tagged, account: &'a Account, call: &Call<'_>) -> Result<&'a Tags, Fault> {
    let name = |parameter| inputs::entity_name(call.params, parameter);
    match tagged {
        Tagged::User => account.user(name("UserName")?).map(|user| &user.tags),
        Tagged::Role => account.role(name("RoleName")?).map(|role| &role.tags),
        Tagged::Policy => account
            .existing_policy(inputs::arn(call.params, "PolicyArn")?)
            .map(|policy| &policy.tags),
        Tagged::Profile => account
            .profile(name("InstanceProfileName")?)
            .map(|profile| &profile.tags),
    }
}

fn tag(tagged: Tagged, account: &mut Account, call: &Call<'_>) -> Result<(), Fault> {
    let new = inputs::tags(call.params)?;
    if new.is_empty() {
        call.params.required("Tags")?;
    }
    tags::add(tags_mut(tagged, account, call)?, new)
}

/// A key that is not there is no fault.
fn untag(tagged: Tagged, account: &mut Account, call: &Call<'_>) -> Result<(), Fault> {
    let keys = call.params.list("TagKeys");
    if keys.is_empty() {
        call.params.required("TagKeys")?;
    }
    let tags = tags_mut(tagged, account, call)?;
    for key in keys {
        tags.remove(key);
    }
    Ok(())
}

fn list(tagged: Tagged, account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let tags = tags(tagged, account, call)?.iter();
    let page = Page::cut(call.params, tags.map(|tag| (key_of(&tag.key), tag)))?;
    shapes::tag_list(xml, page.items.iter().copied());
    page.write_end(xml);
    Ok(())
}
