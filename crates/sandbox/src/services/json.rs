//! The services of the JSON protocols: tags, secrets, parameters, keys, events and queues.

use super::row::{Answer, Row};
use crate::wire::service::Service;

const fn shown(
    service: Service,
    name: &'static str,
    needs: &'static [&'static str],
    about: &'static [&'static str],
) -> Row {
    Row::new(service, name, Answer::Shown)
        .needs(needs)
        .about(about)
}

const SECRET: &[&str] = &["secret:{SecretId}"];
const PARAMETER: &[&str] = &["parameter/{@parameter}"];
const RULE: &[&str] = &["rule/{Name|Rule}"];
const QUEUE: &[&str] = &["{@queue}"];

pub(super) const ROWS: &[Row] = &[
    Row::new(
        Service::Tagging,
        "GetResources",
        Answer::Also("ResourceTagMappingList", "", "\"PaginationToken\":\"\""),
    ),
    Row::change(
        Service::SecretsManager,
        "CreateSecret",
        &["Name"],
        &["+secret:{Name}-??????"],
    )
    .tags_by("secretsmanager:TagResource"),
    Row::change(
        Service::SecretsManager,
        "DeleteSecret",
        &["SecretId"],
        SECRET,
    ),
    Row::change(
        Service::SecretsManager,
        "TagResource",
        &["SecretId", "Tags.Key"],
        SECRET,
    ),
    Row::change(
        Service::Ssm,
        "AddTagsToResource",
        &["ResourceType", "ResourceId", "Tags.Key"],
        PARAMETER,
    ),
    Row::change(Service::Ssm, "DeleteParameter", &["Name"], PARAMETER),
    shown(Service::Ssm, "GetParameter", &["Name"], PARAMETER),
    Row::change(
        Service::Ssm,
        "PutParameter",
        &["Name", "Value"],
        &["+parameter/{@parameter}"],
    )
    .tags_by("ssm:AddTagsToResource"),
    Row::change(
        Service::Kms,
        "CreateGrant",
        &["KeyId", "GranteePrincipal", "Operations"],
        &["key/{KeyId}"],
    )
    .dry_run(true),
    shown(Service::Kms, "DescribeKey", &["KeyId"], &["key/{KeyId}"]),
    Row::change(Service::Events, "DeleteRule", &["Name"], RULE),
    shown(Service::Events, "DescribeRule", &["Name"], RULE),
    Row::new(
        Service::Events,
        "ListTargetsByRule",
        Answer::List("Targets", ""),
    )
    .needs(&["Rule"])
    .about(RULE),
    Row::change(Service::Events, "PutRule", &["Name"], &["+rule/{Name}"])
        .tags_by("events:TagResource"),
    Row::change(Service::Events, "PutTargets", &["Rule", "Targets.Id"], RULE),
    Row::change(Service::Events, "RemoveTargets", &["Rule", "Ids"], RULE),
    Row::change(
        Service::Sqs,
        "CreateQueue",
        &["QueueName"],
        &["+{QueueName}"],
    )
    .tags_by("sqs:TagQueue"),
    Row::change(
        Service::Sqs,
        "DeleteMessage",
        &["QueueUrl", "ReceiptHandle"],
        QUEUE,
    ),
    Row::change(Service::Sqs, "DeleteQueue", &["QueueUrl"], QUEUE),
    shown(Service::Sqs, "GetQueueAttributes", &["QueueUrl"], QUEUE),
    shown(
        Service::Sqs,
        "GetQueueUrl",
        &["QueueName"],
        &["{QueueName}"],
    ),
    Row::change(Service::Sqs, "ReceiveMessage", &["QueueUrl"], QUEUE),
    Row::change(Service::Sqs, "SetQueueAttributes", &["QueueUrl"], QUEUE),
];
