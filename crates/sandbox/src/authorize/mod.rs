//! Whether a caller may do what it asks for.

mod context;
pub(crate) mod policies;
mod resource;
mod trust;

use std::net::IpAddr;

use commissary_iam::{Context, Decision, Layer, Outcome, Request, requires_resource_policy};

use crate::account::Account;
use crate::account::principal::Principal;
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::operations::{Operation, Target};
use resource::Resource;

pub(crate) use context::{call_context, principal_context, role_context};
pub(crate) use policies::Gathered;

/// What is known of the connection a request came over.
#[derive(Debug, Default)]
pub(crate) struct Peer {
    pub(crate) address: Option<IpAddr>,
    pub(crate) user_agent: Option<String>,
    /// The region in the signature.
    pub(crate) region: String,
}

/// A right that is asked for.
pub(crate) struct Question {
    pub(crate) action: String,
    /// The ARN of the resource, or `*`.
    pub(crate) resource: String,
    /// The resource as the service's refusals name it.
    pub(crate) shown: String,
    pub(crate) context: Context,
}

/// Decides over the caller's policies; otherwise with the sentence of a refusal.
///
/// The root user needs no policy (IAM User Guide, "AWS account root user"), and only a service
/// control policy can keep it from anything.
pub(crate) fn decide(
    account: &Account,
    caller: &Principal,
    policies: &Gathered,
    question: &Question,
) -> Result<(), String> {
    if *caller == Principal::Root && account.scps.is_empty() {
        return Ok(());
    }
    let request = Request {
        principal: Some(account.principal_arn(caller)),
        action: question.action.clone(),
        resource: question.resource.clone(),
        context: question.context.clone(),
    };
    let decision = if requires_resource_policy(&request.action, &request.resource) {
        let mut set = policies.set.clone();
        set.resource = policies::delegation(account);
        commissary_iam::decide(&set, &request)
    } else {
        policies.decide(&request)
    };
    match decision.outcome {
        Outcome::Allowed => Ok(()),
        _ => Err(denied(&request, &question.shown, &decision)),
    }
}

/// Decides an operation of IAM or STS, and refuses with AWS's sentence.
pub(crate) fn authorize(
    account: &Account,
    operation: &Operation,
    call: &Call<'_>,
    peer: &Peer,
    policies: &Gathered,
) -> Result<(), Fault> {
    let refused = |sentence| Fault::new(Code::AccessDenied, sentence);
    if operation.target == Target::Free {
        return Ok(());
    }
    let question = |action: String, resource: &Resource<'_>| Question {
        action,
        context: context::of_call(account, operation, call, peer, resource),
        resource: resource.arn.clone(),
        shown: resource.shown.clone(),
    };
    let resource = Resource::of(account, operation.target, call);
    let own = question(operation.action(), &resource);
    if operation.target == Target::AssumedRole {
        let tagged = !call.params.structures("Tags", "Key").is_empty();
        let tagging = tagged.then(|| question("sts:TagSession".to_owned(), &resource));
        return std::iter::once(own)
            .chain(tagging)
            .try_for_each(|asked| trust::decide(account, call.caller, policies, &asked))
            .map_err(refused);
    }
    decide(account, call.caller, policies, &own).map_err(refused)?;
    if let Some(action) = tagging_action(operation.target, call) {
        let tagging = question(action, &resource);
        decide(account, call.caller, policies, &tagging).map_err(refused)?;
    }
    // Who puts a role into a profile hands it to whatever machine takes the profile.
    if operation.target == Target::ProfileAndRole {
        let name = call.params.get("RoleName").unwrap_or_default();
        let role = Resource::role(account, name);
        let passing = Question {
            shown: role.arn.clone(),
            ..question("iam:PassRole".to_owned(), &role)
        };
        decide(account, call.caller, policies, &passing).map_err(refused)?;
    }
    Ok(())
}

/// What makes a thing with tags must be allowed to tag it too (Service Authorization Reference,
/// dependent actions of `CreateUser`, `CreateRole` and their like).
fn tagging_action(target: Target, call: &Call<'_>) -> Option<String> {
    let action = match target {
        Target::NewUser => "iam:TagUser",
        Target::NewPolicy => "iam:TagPolicy",
        Target::NewRole => "iam:TagRole",
        Target::NewProfile => "iam:TagInstanceProfile",
        _ => return None,
    };
    let tagged = !call.params.structures("Tags", "Key").is_empty();
    tagged.then(|| action.to_owned())
}

/// The sentence of IAM User Guide, "Troubleshoot access denied error messages".
fn denied(request: &Request, resource: &str, decision: &Decision) -> String {
    let principal = request.principal.as_deref().unwrap_or("");
    let action = &request.action;
    let (article, layer) = match decision.layer {
        Some(Layer::Boundary) => ("a", "permissions boundary"),
        Some(Layer::Session) => ("a", "session policy"),
        Some(Layer::Scp { .. }) => ("a", "service control policy"),
        Some(Layer::Resource) => ("a", "resource-based policy"),
        Some(Layer::Identity | Layer::Group) | None => ("an", "identity-based policy"),
    };
    let reason = match decision.outcome {
        Outcome::ExplicitDeny => format!("with an explicit deny in {article} {layer}"),
        _ => format!("because no {layer} allows the {action} action"),
    };
    let quoted = resource.starts_with('"');
    let action = if quoted {
        format!("\"{action}\"")
    } else {
        action.clone()
    };
    format!(
        "User: {principal} is not authorized to perform: {action} on resource: {resource} {reason}"
    )
}
