//! Whether a caller may do what it asks for.

mod context;
pub(crate) mod policies;
mod resource;

use std::net::IpAddr;

use commissary_iam::{Decision, Layer, Outcome, Request, decide};

use crate::account::Account;
use crate::account::principal::Principal;
use crate::call::Call;
use crate::fault::{Code, Fault};
use crate::operations::{Operation, Target};
use resource::Resource;

pub(crate) use context::{peer_context, principal_context};

/// What is known of the connection a request came over.
#[derive(Debug, Default)]
pub(crate) struct Peer {
    pub(crate) address: Option<IpAddr>,
    pub(crate) user_agent: Option<String>,
    /// The region in the signature.
    pub(crate) region: String,
}

/// Decides over the caller's policies, and refuses with AWS's sentence.
///
/// The root user needs no policy (IAM User Guide, "AWS account root user").
pub(crate) fn authorize(
    account: &Account,
    operation: &Operation,
    call: &Call<'_>,
    peer: &Peer,
) -> Result<(), Fault> {
    let Principal::User(name) = call.caller else {
        return Ok(());
    };
    if operation.target == Target::Free {
        return Ok(());
    }
    let user = account.user(name)?;
    let resource = Resource::of(account, operation.target, call);
    let gathered = policies::of_user(account, user)?;
    let mut request = Request {
        principal: Some(account.user_arn(user)),
        action: operation.action(),
        context: context::of_call(account, operation, call, peer, &resource),
        resource: resource.arn,
    };
    let also = tagging_action(operation.target, call);
    for action in [Some(request.action.clone()), also].into_iter().flatten() {
        request.action = action;
        let decision = decide(&gathered.set, &request);
        if decision.outcome != Outcome::Allowed {
            return Err(refusal(&request, &resource.shown, &decision));
        }
    }
    Ok(())
}

/// What makes a thing with tags must be allowed to tag it too (Service Authorization Reference,
/// dependent actions of `CreateUser` and `CreatePolicy`).
fn tagging_action(target: Target, call: &Call<'_>) -> Option<String> {
    let action = match target {
        Target::NewUser => "iam:TagUser",
        Target::NewPolicy => "iam:TagPolicy",
        _ => return None,
    };
    let tagged = !call.params.structures("Tags", "Key").is_empty();
    tagged.then(|| action.to_owned())
}

/// The sentence of IAM User Guide, "Troubleshoot access denied error messages".
pub(crate) fn refusal(request: &Request, resource: &str, decision: &Decision) -> Fault {
    let principal = request.principal.as_deref().unwrap_or("");
    let action = &request.action;
    let policy = match decision.layer {
        Some(Layer::Boundary) => "permissions boundary",
        Some(Layer::Scp { .. }) => "service control policy",
        Some(Layer::Session) => "session policy",
        Some(Layer::Resource) => "resource-based policy",
        Some(Layer::Identity | Layer::Group) | None => "identity-based policy",
    };
    let article = match policy.chars().next() {
        Some('i') => "an",
        _ => "a",
    };
    let reason = match decision.outcome {
        Outcome::ExplicitDeny => format!("with an explicit deny in {article} {policy}"),
        _ => format!("because no {policy} allows the {action} action"),
    };
    Fault::new(
        Code::AccessDenied,
        format!(
            "User: {principal} is not authorized to perform: {action} on resource: {resource} \
             {reason}"
        ),
    )
}
