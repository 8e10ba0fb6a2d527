//! Whether a caller may take a role on: its own policies and the role's have a say (IAM User Guide,
//! "Policy evaluation logic", on the trust policies of roles).

use commissary_iam::{NamedPolicy, Outcome, Policy, Request};

use super::policies::Gathered;
use super::{Question, denied};
use crate::account::Account;
use crate::account::principal::Principal;

pub(super) fn decide(
    account: &Account,
    caller: &Principal,
    policies: &Gathered,
    question: &Question,
) -> Result<(), String> {
    if *caller == Principal::Root {
        return Err("Roles may not be assumed by root accounts.".to_owned());
    }
    let request = Request {
        principal: Some(account.principal_arn(caller)),
        action: question.action.clone(),
        resource: question.resource.clone(),
        context: question.context.clone(),
    };
    let mut set = policies.set.clone();
    let mut roles = account.roles.iter();
    // One that is not there trusts nobody.
    let trust = roles
        .find(|role| account.role_arn(role) == question.resource)
        .and_then(|role| Policy::parse(role.trust.text()).ok());
    let known = trust.is_some();
    set.resource = trust.map(|policy| NamedPolicy::new("trust", policy));
    let decision = commissary_iam::decide(&set, &request);
    match decision.outcome {
        Outcome::Allowed if known => Ok(()),
        Outcome::ExplicitDeny => Err(denied(&request, &question.shown, &decision)),
        // STS does not say which of the two is silent.
        _ => Err(format!(
            "User: {} is not authorized to perform: {} on resource: {}",
            request.principal.unwrap_or_default(),
            request.action,
            question.shown
        )),
    }
}
