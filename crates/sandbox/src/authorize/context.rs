//! The context keys of a call (IAM User Guide, "AWS global condition context keys" and
//! "IAM and AWS STS condition context keys").

use commissary_iam::Context;
use jiff::Timestamp;

use super::Peer;
use super::resource::Resource;
use crate::account::Account;
use crate::account::principal::Principal;
use crate::call::Call;
use crate::operations::{Operation, Target};
use crate::wire::reply::Service;

/// IAM is a global service whose requests count as made here (`aws:RequestedRegion`).
const IAM_REGION: &str = "us-east-1";

/// Everything the sandbox knows about a call.
pub(super) fn of_call(
    account: &Account,
    operation: &Operation,
    call: &Call<'_>,
    peer: &Peer,
    resource: &Resource<'_>,
) -> Context {
    let mut context = principal_context(account, call.caller);
    peer_context(&mut context, peer, call.now);
    let region = match operation.service {
        Service::Iam => IAM_REGION,
        Service::Sts => &peer.region,
    };
    context.set("aws:RequestedRegion", [region]);
    add_request(&mut context, operation, call, resource);
    add_resource(&mut context, account, resource);
    context
}

/// What is known of a connection and its moment, whatever is asked over it.
pub(crate) fn peer_context(context: &mut Context, peer: &Peer, now: Timestamp) {
    context.set("aws:CurrentTime", [now.to_string()]);
    context.set("aws:EpochTime", [now.as_second().to_string()]);
    context.set("aws:SecureTransport", ["false"]);
    context.set("aws:ViaAWSService", ["false"]);
    if let Some(address) = peer.address {
        context.set("aws:SourceIp", [address.to_string()]);
    }
    if let Some(agent) = &peer.user_agent {
        context.set("aws:UserAgent", [agent.as_str()]);
    }
}

/// What is known of a principal, whatever it does.
pub(crate) fn principal_context(account: &Account, principal: &Principal) -> Context {
    let mut context = Context::new();
    context.set("aws:PrincipalArn", [account.principal_arn(principal)]);
    context.set("aws:PrincipalAccount", [account.id.as_str()]);
    context.set("aws:PrincipalIsAWSService", ["false"]);
    context.set("aws:userid", [account.principal_id(principal)]);
    match account.user_of(principal) {
        None => {
            context.set("aws:PrincipalType", ["Account"]);
        }
        Some(user) => {
            context.set("aws:PrincipalType", ["User"]);
            context.set("aws:username", [user.name.as_str()]);
            for tag in user.tags.iter() {
                context.set(
                    format!("aws:PrincipalTag/{}", tag.key),
                    [tag.value.as_str()],
                );
            }
        }
    }
    context
}

/// What the request's own parameters say.
fn add_request(
    context: &mut Context,
    operation: &Operation,
    call: &Call<'_>,
    resource: &Resource<'_>,
) {
    let prefixes = call.params.structures("Tags", "Key");
    let field = |prefix: &String, field: &str| {
        let value = call.params.get(&format!("{prefix}.{field}"));
        value.unwrap_or("").to_owned()
    };
    let mut keys: Vec<String> = prefixes.iter().map(|prefix| field(prefix, "Key")).collect();
    for prefix in &prefixes {
        let key = format!("aws:RequestTag/{}", field(prefix, "Key"));
        context.set(key, [field(prefix, "Value")]);
    }
    keys.extend(call.params.list("TagKeys").into_iter().map(str::to_owned));
    if !keys.is_empty() {
        context.set("aws:TagKeys", keys);
    }
    let attaches = matches!(operation.target, Target::User | Target::Group);
    if let Some(arn) = call.params.get("PolicyArn").filter(|_| attaches) {
        context.set("iam:PolicyARN", [arn]);
    }
    let asked = call.params.get("PermissionsBoundary");
    let stands = resource.user.and_then(|user| user.boundary.as_deref());
    if let Some(arn) = asked.or(stands) {
        context.set("iam:PermissionsBoundary", [arn]);
    }
}

/// What the resource carries.
fn add_resource(context: &mut Context, account: &Account, resource: &Resource<'_>) {
    if !resource.arn.starts_with("arn:aws:iam::aws:") {
        context.set("aws:ResourceAccount", [account.id.as_str()]);
    }
    for tag in resource.user.iter().flat_map(|user| user.tags.iter()) {
        for service in ["aws", "iam"] {
            context.set(
                format!("{service}:ResourceTag/{}", tag.key),
                [tag.value.as_str()],
            );
        }
    }
}
