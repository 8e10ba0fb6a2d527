//! `commissary iam simulate`: one request, decided and explained.

use std::process::ExitCode;

use commissary_iam::{
    Explanation, Mismatch, OpenDecision, Relevance, Request, decide, decide_open, explain,
    explain_open,
};
use serde_json::{Value, json};

use super::input::{CallerArgs, PolicyArgs};
use super::shown;
use crate::failure::Failure;
use crate::output::{Format, table};

/// Decide a request as AWS would, and tell by which statements.
///
/// A context key that is not given counts as unknown: where the answer depends on one, it is
/// "conditional". With `--complete` it counts as absent.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary iam simulate policy.json --action ec2:RunInstances
  commissary iam simulate policy.json --action iam:PassRole \\
      --resource arn:aws:iam::123456789012:role/nodes \\
      --context iam:PassedToService=ec2.amazonaws.com
  commissary iam simulate user.json --boundary boundary.json --scp root.json --scp team.json \\
      --action s3:GetObject --resource arn:aws:s3:::bucket/key --output json")]
pub(crate) struct SimulateArgs {
    #[command(flatten)]
    policies: PolicyArgs,
    /// The action, such as `ec2:RunInstances`.
    #[arg(long, value_name = "SERVICE:ACTION")]
    action: String,
    /// The ARN of the resource, taken literally.
    #[arg(long, value_name = "ARN", default_value = "*")]
    resource: String,
    #[command(flatten)]
    caller: CallerArgs,
    /// Context keys that are not given are absent.
    #[arg(long)]
    complete: bool,
}

pub(super) fn run(args: &SimulateArgs, output: Format) -> Result<ExitCode, Failure> {
    is_one_action(&args.action)?;
    let policies = args.policies.read()?;
    let request = Request {
        principal: args.caller.principal.clone(),
        action: args.action.clone(),
        resource: args.resource.clone(),
        context: args.caller.context()?,
    };
    let (decision, explanations) = if args.complete {
        let decision = OpenDecision::Decided(decide(&policies, &request));
        (decision, explain(&policies, &request))
    } else {
        (
            decide_open(&policies, &request),
            explain_open(&policies, &request),
        )
    };
    let mut value = shown::open_decision(&decision);
    if let Some(members) = value.as_object_mut() {
        members.insert("request".to_owned(), shown::request(&request));
        let explanations = explanations.iter().map(explanation);
        members.insert("explanations".to_owned(), explanations.collect());
    }
    output.print(&value, |_| for_people(&decision, &explanations))?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses what no request can name: nothing would grant it, which says nothing of the policies.
fn is_one_action(action: &str) -> Result<(), Failure> {
    let parts = action.split_once(':');
    let is_one = parts.is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
        && !action.contains(['*', '?']);
    if is_one {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "`{action}` is not one action, such as `ec2:RunInstances`; `commissary iam cover` takes a pattern of actions"
    )))
}

fn explanation(one: &Explanation) -> Value {
    let relevance = match &one.relevance {
        Relevance::Applies => json!({ "relevance": "applies" }),
        Relevance::Depends { keys } => json!({ "relevance": "depends", "keys": keys }),
        Relevance::No(mismatch) => json!({
            "relevance": "no",
            "mismatch": mismatch_name(mismatch),
            "reason": mismatch.to_string(),
        }),
    };
    let mut value = json!({
        "statement": shown::statement(&one.statement),
        "effect": one.effect.to_string(),
    });
    if let (Some(members), Value::Object(more)) = (value.as_object_mut(), relevance) {
        members.extend(more);
    }
    value
}

fn mismatch_name(mismatch: &Mismatch) -> &'static str {
    match mismatch {
        Mismatch::Action => "action",
        Mismatch::Principal => "principal",
        Mismatch::Resource => "resource",
        Mismatch::Condition { .. } => "condition",
    }
}

/// The answer, then the statements that are about the action.
fn for_people(decision: &OpenDecision, explanations: &[Explanation]) -> String {
    let answer = match decision {
        OpenDecision::Decided(decision) => shown::sentence(decision),
        OpenDecision::Conditional { keys, .. } => {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            format!("conditional: it depends on {}", keys.join(", "))
        }
    };
    let named = explanations
        .iter()
        .filter(|one| one.relevance != Relevance::No(Mismatch::Action));
    let rows = named.map(|one| {
        vec![
            one.effect.to_string(),
            one.statement.to_string(),
            one.relevance.to_string(),
        ]
    });
    let rows = table(
        &["effect", "statement", "why"],
        rows.collect(),
        "no statement is about this action",
    );
    format!("{answer}\n\n{rows}")
}
