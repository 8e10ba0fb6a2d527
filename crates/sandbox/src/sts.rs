//! AWS Security Token Service.

use crate::account::Account;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::service::Service;
use crate::wire::xml::Xml;

pub(crate) const OPERATIONS: &[Operation] = &[Operation {
    service: Service::Sts,
    name: "GetCallerIdentity",
    target: Target::Free,
    handler: Handler::Read(get_caller_identity),
}];

/// Needs no permission, and a policy that denies it changes nothing (STS API Reference,
/// "GetCallerIdentity").
fn get_caller_identity(account: &Account, call: &Call<'_>, xml: &mut Xml) -> Result<(), Fault> {
    xml.text("Arn", account.principal_arn(call.caller));
    xml.text("UserId", account.principal_id(call.caller));
    xml.text("Account", &account.id);
    Ok(())
}
