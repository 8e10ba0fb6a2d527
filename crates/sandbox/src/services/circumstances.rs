//! The context keys of a call (IAM User Guide, "AWS global condition context keys").

use commissary_iam::Context;

use super::Asked;
use crate::account::Account;
use crate::authorize::{peer_context, principal_context};

pub(super) fn of(account: &Account, asked: &Asked<'_>) -> Context {
    let mut context = principal_context(account, asked.caller);
    peer_context(&mut context, asked.peer, asked.now);
    context.set("aws:RequestedRegion", [asked.peer.region.as_str()]);
    context.set("aws:ResourceAccount", [account.id.as_str()]);
    if asked.service.prefix == "ec2" {
        context.set("ec2:Region", [asked.peer.region.as_str()]);
    }
    context
}
