//! What conditions can ask of a call (Service Authorization Reference, "Condition keys for …").

use commissary_iam::Context;

use super::ServiceCall;
use super::place::Place;
use super::target::Target;
use crate::authorize::{call_context, principal_context};
use crate::wire::service::Service;

/// Of the caller and the connection, whatever the call is about.
fn common(call: &ServiceCall<'_>) -> Context {
    let mut context = principal_context(call.account, call.caller);
    call_context(&mut context, call.peer, call.now, &call.peer.region);
    context
}

/// Of a resource that the call is about.
pub(super) fn of_target(call: &ServiceCall<'_>, target: &Target, place: &Place) -> Context {
    let mut context = common(call);
    let prefix = call.row.service.prefix();
    let region = call.peer.region.as_str();
    if call.row.service == Service::Ec2 {
        context.set("ec2:Region", [region]);
    }
    context.set("aws:ResourceAccount", [call.account.id.as_str()]);
    add_tags(&mut context, call);
    for (name, key) in REQUESTED {
        if name.0 == call.row.service {
            let values = call.inputs.values(name.1);
            if !values.is_empty() {
                context.set(*key, values);
            }
        }
    }
    if let Some(item) = target.item {
        for (key, value) in item.tags {
            for owner in ["aws", prefix] {
                context.set(format!("{owner}:ResourceTag/{key}"), [*value]);
            }
        }
        for (key, values) in item.keys {
            context.set(*key, values.iter().map(|value| place.fill(value)));
        }
    }
    context
}

/// Parameters that are context keys as they stand.
const REQUESTED: &[((Service, &str), &str)] = &[
    ((Service::Ec2, "InstanceType"), "ec2:InstanceType"),
    ((Service::Ec2, "Attribute"), "ec2:Attribute"),
    ((Service::SecretsManager, "Name"), "secretsmanager:Name"),
    (
        (Service::SecretsManager, "SecretId"),
        "secretsmanager:SecretId",
    ),
    ((Service::Kms, "GranteePrincipal"), "kms:GranteePrincipal"),
    ((Service::Kms, "Operations"), "kms:GrantOperations"),
    ((Service::Eks, "policyArn"), "eks:policyArn"),
    ((Service::S3, "prefix"), "s3:prefix"),
    ((Service::S3, "delimiter"), "s3:delimiter"),
];

fn add_tags(context: &mut Context, call: &ServiceCall<'_>) {
    let tags = call.inputs.tags();
    for (key, value) in &tags {
        context.set(format!("aws:RequestTag/{key}"), [value.as_str()]);
    }
    let mut keys: Vec<String> = tags.into_iter().map(|(key, _)| key).collect();
    keys.extend(call.inputs.values("TagKeys|tagKeys"));
    if !keys.is_empty() {
        context.set("aws:TagKeys", keys);
    }
}

/// Of the tagging of what the call makes.
pub(super) fn of_tagging(call: &ServiceCall<'_>, target: &Target, place: &Place) -> Context {
    let mut context = of_target(call, target, place);
    let prefix = call.row.service.prefix();
    context.set(format!("{prefix}:CreateAction"), [call.row.name]);
    context
}

/// Of the role that the call hands to a service.
pub(super) fn of_passing(call: &ServiceCall<'_>, service: &str, place: &Place) -> Context {
    let mut context = common(call);
    let suffix = if place.partition == "aws-cn" {
        ".cn"
    } else {
        ""
    };
    context.set("iam:PassedToService", [format!("{service}{suffix}")]);
    context
}
