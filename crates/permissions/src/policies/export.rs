//! Policies in the words of the tools that make them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Part;

/// A tool that makes managed policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Commands of the AWS CLI, for a POSIX shell.
    AwsCli,
    /// A CloudFormation template in JSON.
    CloudFormation,
    /// Terraform resources (HCL).
    Terraform,
}

impl Export {
    /// What the tool takes. Several policies are called `name-1`, `name-2` and so on. `name` may
    /// have IAM's characters only: letters, digits and `+=,.@-_`.
    #[must_use]
    pub fn write(self, name: &str, parts: &[Part]) -> String {
        let named: Vec<(String, &Part)> = parts
            .iter()
            .enumerate()
            .map(|(index, part)| (numbered(name, index, parts.len()), part))
            .collect();
        match self {
            Self::AwsCli => aws_cli(&named),
            Self::CloudFormation => cloud_formation(&named),
            Self::Terraform => terraform(&named),
        }
    }
}

/// The name of one of several policies.
pub(crate) fn numbered(name: &str, index: usize, all: usize) -> String {
    if all == 1 {
        name.to_owned()
    } else {
        format!("{name}-{}", index + 1)
    }
}

fn serves(part: &Part) -> String {
    format!(
        "{} ({} of {} characters)",
        part.features.join(", "),
        part.policy.size(),
        super::MANAGED_POLICY_LIMIT
    )
}

/// Nothing in a document needs more than quotes: single ones cannot be in it, as actions, ARNs and
/// names have none.
fn aws_cli(named: &[(String, &Part)]) -> String {
    let mut text = String::new();
    for (name, part) in named {
        let document = part.policy.to_compact();
        let _ = writeln!(
            text,
            "# {}\naws iam create-policy --policy-name {name} --policy-document '{document}'",
            serves(part)
        );
    }
    text
}

fn cloud_formation(named: &[(String, &Part)]) -> String {
    let resources: Map<String, Value> = named
        .iter()
        .map(|(name, part)| {
            let resource = json!({
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {
                    "ManagedPolicyName": name,
                    "Description": serves(part),
                    "PolicyDocument": part.policy.as_json(),
                }
            });
            (logical_id(name), resource)
        })
        .collect();
    let outputs: Map<String, Value> = resources
        .keys()
        .map(|id| (format!("{id}Arn"), json!({"Value": {"Ref": id}})))
        .collect();
    let template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": resources,
        "Outputs": outputs,
    });
    crate::document::pretty(&template)
}

/// Logical ids of CloudFormation have letters and digits only.
fn logical_id(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let id: String = words.map(capital).collect();
    format!("Policy{id}")
}

/// JSON is an expression of Terraform's language, but for its templates.
fn terraform(named: &[(String, &Part)]) -> String {
    let blocks = named.iter().map(|(name, part)| {
        let label: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let document = part.policy.to_pretty().replace("${", "$${");
        format!(
            "# {}\nresource \"aws_iam_policy\" \"policy_{label}\" {{\n  name = \"{name}\"\n  \
             policy = jsonencode({})\n}}\n",
            serves(part),
            document.replace('\n', "\n  ")
        )
    });
    blocks.collect::<Vec<_>>().join("\n")
}
