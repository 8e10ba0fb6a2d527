//! What each service says of a name of nothing.

use super::ids;
use super::place::Place;
use super::target::Target;
use crate::fault::{Code, Fault};
use crate::wire::service::Service;

/// Service, what the name begins with, code, status, and the sentence with `{}` for the name.
type Row = (Service, &'static str, &'static str, u16, &'static str);

/// The "Errors" sections of the services' API References. The first row that fits counts.
const ROWS: &[Row] = &[
    (
        Service::Elb,
        "",
        "LoadBalancerNotFound",
        400,
        "There is no ACTIVE Load Balancer named '{}'",
    ),
    (
        Service::ElbV2,
        "listener",
        "ListenerNotFound",
        400,
        "One or more listeners not found",
    ),
    (
        Service::ElbV2,
        "targetgroup",
        "TargetGroupNotFound",
        400,
        "One or more target groups not found",
    ),
    (
        Service::ElbV2,
        "",
        "LoadBalancerNotFound",
        400,
        "One or more load balancers not found",
    ),
    (
        Service::AutoScaling,
        "",
        "ValidationError",
        400,
        "AutoScalingGroup name not found - no such group: {}",
    ),
    (
        Service::Iam,
        "",
        "NoSuchEntity",
        404,
        "OpenIDConnect Provider not found for arn {}",
    ),
    (
        Service::SecretsManager,
        "",
        "ResourceNotFoundException",
        400,
        "Secrets Manager can't find the specified secret.",
    ),
    (
        Service::Ssm,
        "",
        "ParameterNotFound",
        400,
        "Parameter {} not found.",
    ),
    (
        Service::Kms,
        "",
        "NotFoundException",
        400,
        "Key '{}' does not exist",
    ),
    (
        Service::Events,
        "",
        "ResourceNotFoundException",
        400,
        "Rule {} does not exist on EventBus default.",
    ),
    (
        Service::Sqs,
        "",
        "QueueDoesNotExist",
        400,
        "The specified queue does not exist.",
    ),
    (
        Service::Eks,
        "cluster",
        "ResourceNotFoundException",
        404,
        "No cluster found for name: {}.",
    ),
    (
        Service::Eks,
        "nodegroup",
        "ResourceNotFoundException",
        404,
        "No node group found for name: {}.",
    ),
    (
        Service::Eks,
        "addon",
        "ResourceNotFoundException",
        404,
        "No addon: {} found in cluster",
    ),
    (
        Service::Eks,
        "",
        "ResourceNotFoundException",
        404,
        "The specified resource {} could not be found.",
    ),
];

/// The refusal of a call about something that is not there.
pub(super) fn fault(service: Service, target: &Target, place: &Place) -> Fault {
    if service == Service::Ec2 {
        let (code, sentence) = ids::missing(&target.said);
        return Fault::new(Code::Own(code, 400), sentence);
    }
    if service == Service::S3 {
        return match target.said.split_once('/') {
            None => Fault::new(
                Code::Own("NoSuchBucket", 404),
                "The specified bucket does not exist",
            ),
            Some(_) => Fault::new(
                Code::Own("NoSuchKey", 404),
                "The specified key does not exist.",
            ),
        };
    }
    // An ARN tells its kind after the account, other names at their beginning.
    let own = place.arn(service, "");
    let resource = target.arn.strip_prefix(&own).unwrap_or(&target.said);
    let found = ROWS
        .iter()
        .find(|row| row.0 == service && resource.starts_with(row.1));
    match found {
        Some((_, _, code, status, sentence)) => {
            let sentence = sentence.replace("{}", name(&target.said));
            Fault::new(Code::Own(code, *status), sentence)
        }
        None => Fault::no_such(format!("{} does not exist", target.said)),
    }
}

/// The name in a path of names; an ARN stays whole.
fn name(said: &str) -> &str {
    if said.contains("arn:") {
        return said;
    }
    let said = said.trim_end_matches("/*");
    said.rsplit('/').next().unwrap_or(said)
}
