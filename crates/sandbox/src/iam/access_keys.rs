//! Access keys of users and of the root user.

use super::{inputs, shapes};
use crate::account::keys::{AccessKey, Status};
use crate::account::principal::Principal;
use crate::account::{Account, limits};
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::params::Params;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "CreateAccessKey",
        Target::UserOrCaller,
        Handler::Write(create),
    ),
    Operation::iam("ListAccessKeys", Target::UserOrCaller, Handler::Read(list)),
    Operation::iam(
        "UpdateAccessKey",
        Target::UserOrCaller,
        Handler::Write(update),
    ),
    Operation::iam(
        "DeleteAccessKey",
        Target::UserOrCaller,
        Handler::Write(delete),
    ),
    Operation::iam(
        "GetAccessKeyLastUsed",
        Target::KeyOwner,
        Handler::Read(last_used),
    ),
];

/// The only answer that ever holds a secret.
fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let owner = inputs::user_or_caller(call)?;
    let keys = account.keys_mut(&owner)?;
    if keys.len() >= limits::ACCESS_KEYS_PER_USER {
        return Err(Fault::limit(format!(
            "Cannot exceed quota for AccessKeysPerUser: {}",
            limits::ACCESS_KEYS_PER_USER
        )));
    }
    let key = AccessKey::generate(call.random, call.now);
    keys.push(key.clone());
    xml.element("AccessKey", |xml| {
        summary(xml, account, &owner, &key);
        key.secret.write_once(xml);
    });
    Ok(())
}

fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let owner = inputs::user_or_caller(call)?;
    let mut keys: Vec<(String, &AccessKey)> = account
        .keys(&owner)?
        .iter()
        .map(|key| (key.id.clone(), key))
        .collect();
    keys.sort_by(|(left, _), (right, _)| left.cmp(right));
    let page = Page::cut(call.params, keys)?;
    xml.list("AccessKeyMetadata", &page.items, |xml, key| {
        summary(xml, account, &owner, key);
    });
    page.write_end(xml);
    Ok(())
}

fn update(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let owner = inputs::user_or_caller(call)?;
    let id = key_id(call.params)?;
    let text = call.params.required("Status")?;
    let status = Status::parse(text).ok_or_else(|| {
        Fault::validation(format!(
            "1 validation error detected: Value '{text}' at 'status' failed to satisfy \
             constraint: Member must satisfy enum value set: [Active, Inactive]"
        ))
    })?;
    let keys = account.keys_mut(&owner)?;
    let key = keys.iter_mut().find(|key| key.id == id);
    key.ok_or_else(|| no_key(id))?.status = status;
    Ok(())
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let owner = inputs::user_or_caller(call)?;
    let id = key_id(call.params)?;
    let keys = account.keys_mut(&owner)?;
    let place = keys.iter().position(|key| key.id == id);
    keys.remove(place.ok_or_else(|| no_key(id))?);
    Ok(())
}

fn last_used(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let id = key_id(call.params)?;
    let (owner, key) = account.find_key(id).ok_or_else(|| no_key(id))?;
    if let Principal::User(name) = &owner {
        xml.text("UserName", name);
    }
    xml.element("AccessKeyLastUsed", |xml| match &key.last_use {
        Some(last) => {
            shapes::date(xml, "LastUsedDate", last.at);
            xml.text("ServiceName", &last.service);
            xml.text("Region", &last.region);
        }
        // IAM API Reference, "AccessKeyLastUsed": `N/A` for a key that was never used.
        None => {
            xml.text("ServiceName", "N/A");
            xml.text("Region", "N/A");
        }
    });
    Ok(())
}

fn summary(xml: &mut Xml, account: &Account, owner: &Principal, key: &AccessKey) {
    if let Some(user) = account.user_of(owner) {
        xml.text("UserName", &user.name);
    }
    xml.text("AccessKeyId", &key.id);
    xml.text("Status", key.status.name());
    shapes::date(xml, "CreateDate", key.created_at);
}

fn key_id(params: &Params) -> Result<&str, Fault> {
    let id = params.required("AccessKeyId")?;
    inputs::check_length("AccessKeyId", id, 16, 128)?;
    Ok(id)
}

fn no_key(id: &str) -> Fault {
    Fault::no_such(format!("The Access Key with id {id} cannot be found."))
}
