//! Tags of users.

use super::{inputs, shapes};
use crate::account::Account;
use crate::account::directory::key_of;
use crate::account::tags;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam("TagUser", Target::User, Handler::Write(tag_user)),
    Operation::iam("UntagUser", Target::User, Handler::Write(untag_user)),
    Operation::iam("ListUserTags", Target::User, Handler::Read(list_user_tags)),
];

fn tag_user(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    let new = inputs::tags(call.params)?;
    if new.is_empty() {
        call.params.required("Tags")?;
    }
    tags::add(&mut account.user_mut(name)?.tags, new)
}

/// A key that is not there is no fault.
fn untag_user(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let name = inputs::entity_name(call.params, "UserName")?;
    let keys = call.params.list("TagKeys");
    if keys.is_empty() {
        call.params.required("TagKeys")?;
    }
    let user = account.user_mut(name)?;
    for key in keys {
        user.tags.remove(key);
    }
    Ok(())
}

fn list_user_tags(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let user = account.user(inputs::entity_name(call.params, "UserName")?)?;
    let tags = user.tags.iter().map(|tag| (key_of(&tag.key), tag));
    let page = Page::cut(call.params, tags)?;
    shapes::tag_list(xml, page.items.iter().copied());
    page.write_end(xml);
    Ok(())
}
