//! Versions of managed policies.

use super::{inputs, shapes};
use crate::account::Account;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation::iam(
        "CreatePolicyVersion",
        Target::Policy,
        Handler::Write(create),
    ),
    Operation::iam("GetPolicyVersion", Target::Policy, Handler::Read(get)),
    Operation::iam("ListPolicyVersions", Target::Policy, Handler::Read(list)),
    Operation::iam(
        "DeletePolicyVersion",
        Target::Policy,
        Handler::Write(delete),
    ),
    Operation::iam(
        "SetDefaultPolicyVersion",
        Target::Policy,
        Handler::Write(set_default),
    ),
];

fn create(account: &mut Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let arn = inputs::arn(call.params, "PolicyArn")?;
    let document = inputs::document(call.params)?;
    let set_default = call.params.flag("SetAsDefault", false)?;
    let number = account.create_version(arn, document, set_default, call.now)?;
    let policy = account.existing_policy(arn)?;
    let (_, version) = policy.version(&format!("v{number}"))?;
    xml.element("PolicyVersion", |xml| {
        shapes::version_summary(xml, policy, number, version);
    });
    Ok(())
}

fn get(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let policy = account.existing_policy(inputs::arn(call.params, "PolicyArn")?)?;
    let (number, version) = policy.version(inputs::version_id(call.params)?)?;
    xml.element("PolicyVersion", |xml| {
        shapes::version(xml, policy, number, version);
    });
    Ok(())
}

/// The newest first.
fn list(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    let policy = account.existing_policy(inputs::arn(call.params, "PolicyArn")?)?;
    let versions = policy
        .versions
        .iter()
        .rev()
        .map(|entry| (format!("{:010}", u32::MAX - entry.0), entry));
    let page = Page::cut(call.params, versions)?;
    xml.list("Versions", &page.items, |xml, (number, version)| {
        shapes::version_summary(xml, policy, **number, version);
    });
    page.write_end(xml);
    Ok(())
}

fn delete(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let arn = inputs::arn(call.params, "PolicyArn")?;
    account.delete_version(arn, inputs::version_id(call.params)?)
}

fn set_default(account: &mut Account, call: &Call<'_>, _: &mut Xml) -> Result<(), Fault> {
    let arn = inputs::arn(call.params, "PolicyArn")?;
    account.set_default_version(arn, inputs::version_id(call.params)?, call.now)
}
