//! The context keys of a call (IAM User Guide, "AWS global condition context keys" and
//! "IAM and AWS STS condition context keys").

use commissary_iam::Context;
use jiff::Timestamp;

use super::Peer;
use super::resource::Resource;
use crate::account::Account;
use crate::account::principal::Principal;
use crate::account::roles::Role;
use crate::account::tags::Tags;
use crate::call::Call;
use crate::operations::{Operation, Target};
use crate::wire::service::Service;

/// Everything the sandbox knows about a call.
pub(super) fn of_call(
    account: &Account,
    operation: &Operation,
    call: &Call<'_>,
    peer: &Peer,
    resource: &Resource<'_>,
) -> Context {
    let mut context = principal_context(account, call.caller);
    // IAM is a global service whose requests count as made in one region.
    let region = match operation.service {
        Service::Iam => account.partition.region(),
        _ => &peer.region,
    };
    call_context(&mut context, peer, call.now, region);
    add_request(&mut context, operation, call, resource);
    add_resource(&mut context, account, resource);
    context
}

/// Adds what is known of any call.
pub(crate) fn call_context(context: &mut Context, peer: &Peer, now: Timestamp, region: &str) {
    context.set("aws:CurrentTime", [now.to_string()]);
    context.set("aws:EpochTime", [now.as_second().to_string()]);
    context.set("aws:SecureTransport", ["false"]);
    context.set("aws:ViaAWSService", ["false"]);
    context.set("aws:RequestedRegion", [region]);
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
    context.set("aws:PrincipalAccount", [account.id.as_str()]);
    context.set("aws:PrincipalIsAWSService", ["false"]);
    context.set("aws:userid", [account.principal_id(principal)]);
    let (kind, arn) = match account.role_of(principal) {
        // The ARN of a session leaves out the path of its role.
        Some(role) => ("AssumedRole", account.role_arn(role)),
        None if *principal == Principal::Root => ("Account", account.principal_arn(principal)),
        None => ("User", account.principal_arn(principal)),
    };
    context.set("aws:PrincipalType", [kind]);
    context.set("aws:PrincipalArn", [arn]);
    if let Some(user) = account.user_of(principal) {
        context.set("aws:username", [user.name.as_str()]);
        add_principal_tags(&mut context, &user.tags);
    }
    if let Some(role) = account.role_of(principal) {
        add_principal_tags(&mut context, &role.tags);
    }
    // Tags of a session take the place of those of its role.
    if let Principal::Role(session) = principal {
        add_principal_tags(&mut context, &session.tags);
    }
    context
}

/// What is known of a role, whichever session of it acts.
pub(crate) fn role_context(account: &Account, role: &Role) -> Context {
    let mut context = Context::new();
    context.set("aws:PrincipalAccount", [account.id.as_str()]);
    context.set("aws:PrincipalIsAWSService", ["false"]);
    context.set("aws:PrincipalType", ["AssumedRole"]);
    context.set("aws:PrincipalArn", [account.role_arn(role)]);
    add_principal_tags(&mut context, &role.tags);
    context
}

fn add_principal_tags(context: &mut Context, tags: &Tags) {
    for tag in tags.iter() {
        context.set(
            format!("aws:PrincipalTag/{}", tag.key),
            [tag.value.as_str()],
        );
    }
}

/// Parameters that are context keys as they stand.
const REQUESTED: &[(&str, &str)] = &[
    ("AWSServiceName", "iam:AWSServiceName"),
    ("ExternalId", "sts:ExternalId"),
    ("RoleSessionName", "sts:RoleSessionName"),
];

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
    let attaches = matches!(
        operation.target,
        Target::User | Target::Group | Target::Role
    );
    if let Some(arn) = call.params.get("PolicyArn").filter(|_| attaches) {
        context.set("iam:PolicyARN", [arn]);
    }
    let asked = call.params.get("PermissionsBoundary");
    let stands = resource.boundary;
    if let Some(arn) = asked.or(stands) {
        context.set("iam:PermissionsBoundary", [arn]);
    }
    for (parameter, key) in REQUESTED {
        if let Some(value) = call.params.get(parameter) {
            context.set(*key, [value]);
        }
    }
}

/// What the resource carries.
fn add_resource(context: &mut Context, account: &Account, resource: &Resource<'_>) {
    if !resource.arn.contains(":iam::aws:") {
        context.set("aws:ResourceAccount", [account.id.as_str()]);
    }
    for tag in resource.tags.into_iter().flat_map(Tags::iter) {
        for service in ["aws", "iam"] {
            context.set(
                format!("{service}:ResourceTag/{}", tag.key),
                [tag.value.as_str()],
            );
        }
    }
}
