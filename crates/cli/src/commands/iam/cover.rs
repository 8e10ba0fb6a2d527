//! `commissary iam cover`: whether every request of a kind is allowed.

use std::process::ExitCode;

use commissary_iam::{Cover, Example, Question, cover};
use serde_json::{Value, json};

use super::input::{CallerArgs, PlaceArgs, PolicyArgs};
use super::shown;
use crate::failure::{DENIED, Failure, UNVERIFIABLE};
use crate::output::Format;

/// Tell whether policies allow every request for an action on a pattern of resources.
///
/// The answer is "all", "some" or "none", with requests as examples; "conditional" when it
/// depends on context keys that are not given; "unknown" when these policies cannot tell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 3 when some or all requests are denied; 4 with --strict when it is conditional or
unknown.

Examples:
  commissary iam cover policy.json --action ec2:RunInstances --resource '*'
  commissary iam cover policy.json --action iam:PassRole --resource 'arn:*:iam::*:role/*' \\
      --condition '{\"StringEquals\": {\"iam:PassedToService\": \"eks.amazonaws.com\"}}'
  commissary iam cover policy.json --action 'eks:*' --resource 'arn:*:eks:*:*:cluster/*' \\
      --partition aws --account 123456789012 --region eu-west-1")]
pub(crate) struct CoverArgs {
    #[command(flatten)]
    policies: PolicyArgs,
    /// The action, or a pattern of actions.
    #[arg(long, value_name = "SERVICE:ACTION")]
    action: String,
    /// The pattern of resources.
    #[arg(long, value_name = "PATTERN")]
    resource: String,
    /// Conditions that hold for all the requests, as in a policy.
    #[arg(long = "condition", value_name = "JSON")]
    conditions: Vec<String>,
    #[command(flatten)]
    caller: CallerArgs,
    #[command(flatten)]
    place: PlaceArgs,
    /// Exit with 4 when it is conditional or unknown.
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &CoverArgs, output: Format) -> Result<ExitCode, Failure> {
    let policies = args.policies.read()?;
    let mut question = Question::new(&args.action, &args.resource);
    question.view = args.place.view(&args.caller)?;
    for conditions in &args.conditions {
        question = question
            .when(conditions)
            .map_err(|error| Failure::usage(format!("the condition cannot be read: {error}")))?;
    }
    let answer = cover(&policies, &question).map_err(|error| Failure::usage(error.to_string()))?;
    output.print(&as_json(&answer), |_| for_people(&answer))?;
    Ok(match answer {
        Cover::Some { .. } | Cover::None { .. } => ExitCode::from(DENIED),
        Cover::Conditional { .. } | Cover::Unknown(_) if args.strict => {
            ExitCode::from(UNVERIFIABLE)
        }
        Cover::All { .. } | Cover::Conditional { .. } | Cover::Unknown(_) => ExitCode::SUCCESS,
    })
}

/// The examples inside and outside, where there are any.
fn examples(answer: &Cover) -> [(&'static str, Option<&Example>); 2] {
    let (inside, outside) = match answer {
        Cover::All { inside } => (Some(inside), None),
        Cover::Some { inside, outside } => (Some(inside), Some(outside)),
        Cover::None { outside } => (None, Some(outside)),
        Cover::Conditional {
            inside, outside, ..
        } => (inside.as_ref(), outside.as_ref()),
        Cover::Unknown(_) => (None, None),
    };
    [("inside", inside), ("outside", outside)]
}

fn as_json(answer: &Cover) -> Value {
    let mut value = match answer {
        Cover::All { .. } => json!({ "cover": "all" }),
        Cover::Some { .. } => json!({ "cover": "some" }),
        Cover::None { .. } => json!({ "cover": "none" }),
        Cover::Conditional {
            keys, statements, ..
        } => json!({
            "cover": "conditional",
            "keys": keys,
            "statements": shown::statements(statements),
        }),
        Cover::Unknown(doubt) => json!({ "cover": "unknown", "reason": doubt.to_string() }),
    };
    if let Some(members) = value.as_object_mut() {
        for (name, example) in examples(answer) {
            members.insert(name.to_owned(), json!(example.map(shown::example)));
        }
    }
    value
}

fn for_people(answer: &Cover) -> String {
    let mut lines = vec![match answer {
        Cover::All { .. } => "all: every such request is allowed".to_owned(),
        Cover::Some { .. } => "some: it depends on the action or the resource".to_owned(),
        Cover::None { .. } => "none: every such request is denied".to_owned(),
        Cover::Conditional { keys, .. } => {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            format!("conditional: it depends on {}", keys.join(", "))
        }
        Cover::Unknown(doubt) => format!("unknown: {doubt}"),
    }];
    for (name, example) in examples(answer) {
        if let Some(example) = example {
            lines.push(format!(
                "{name:<8} {}\n         {}",
                request_line(example),
                shown::sentence(&example.decision)
            ));
        }
    }
    lines.join("\n")
}

/// A request in a line.
fn request_line(example: &Example) -> String {
    let request = &example.request;
    let context = request.context.iter();
    let context: Vec<String> = context
        .map(|(key, values)| format!("{key} = {}", values.join(" and ")))
        .collect();
    let mut line = format!("{} on {}", request.action, request.resource);
    if !context.is_empty() {
        line.push_str(&format!(" with {}", context.join(", ")));
    }
    line
}
