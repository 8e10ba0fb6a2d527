//! The crate `iam-rs`.

use std::hint::black_box;
use std::rc::Rc;

use anyhow::{Result, anyhow};
use iam_rs::{
    Arn, Context, ContextValue, Decision, EvaluationOptions, IAMPolicy, IAMRequest,
    PolicyEvaluator, Principal, PrincipalId,
};

use crate::timing::Contender;
use crate::workload::{Asked, Given, Workload};

/// As `Cargo.toml` pins it.
const VERSION: &str = "0.8.0";

pub(crate) fn contenders(workload: &Workload) -> Result<Vec<Contender<'static>>> {
    let policy = IAMPolicy::from_json(&workload.policy.to_string())?;
    let request = |asked| request(asked, &workload.principal);
    let requests: Rc<[IAMRequest]> = workload
        .requests
        .iter()
        .map(request)
        .collect::<Result<_>>()?;
    let contender = |name, explained| {
        let evaluator = PolicyEvaluator::with_policies(vec![policy.clone()]);
        let evaluator = evaluator.with_options(EvaluationOptions {
            collect_match_details: explained,
            ..EvaluationOptions::default()
        });
        let requests = Rc::clone(&requests);
        let ask = move |number: usize| {
            let result = black_box(evaluator.evaluate(&requests[number]));
            result.is_ok_and(|result| result.decision == Decision::Allow)
        };
        Contender {
            version: Some(VERSION),
            ..Contender::new(name, ask)
        }
    };
    Ok(vec![
        contender("iam-rs", false),
        contender("iam-rs, explained", true),
    ])
}

fn request(asked: &Asked, principal: &str) -> Result<IAMRequest> {
    let mut context = Context::new();
    for (key, given) in &asked.context {
        let value = match given {
            Given::One(value) => ContextValue::String(value.clone()),
            Given::Many(values) => ContextValue::StringList(values.clone()),
        };
        context.insert(key.clone(), value);
    }
    // It takes nothing but ARNs, so an action without a resource is asked about one of its service.
    let resource = match (asked.resource.as_str(), asked.action.split_once(':')) {
        ("*", Some((service, _))) => format!("arn:aws:{service}:us-east-1:123456789012:any"),
        (resource, _) => resource.to_owned(),
    };
    let resource =
        Arn::parse(&resource).map_err(|error| anyhow!("`{}`: {error:?}", asked.resource))?;
    let principal = Principal::Aws(PrincipalId::String(principal.to_owned()));
    Ok(IAMRequest::new_with_context(
        principal,
        asked.action.clone(),
        resource,
        context,
    ))
}
