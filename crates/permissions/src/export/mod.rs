//! What is to be made, in the words of the tools that people make it with.

mod aws_cli;
mod cloud_formation;
mod labels;
mod terraform;

use crate::blueprint::{Blueprint, ManagedPolicy};
use crate::policies::{MANAGED_POLICY_LIMIT, Part, numbered};

/// A tool that makes users, roles and policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Commands of the AWS CLI, as a script for a POSIX shell.
    AwsCli,
    /// A CloudFormation template in JSON.
    CloudFormation,
    /// Terraform resources (HCL).
    Terraform,
}

/// Stands for the account's id, which only the tool knows, until the text is written. No name and
/// no path has it.
const ACCOUNT: &str = "\u{e000}";

impl Export {
    /// What the tool takes to make all of a blueprint that [`Blueprint::check`] has found good.
    /// Run twice, it makes nothing twice. The access key is never in the text, and never in what
    /// the tool keeps; the script makes one in the end, the others tell the command.
    #[must_use]
    pub fn write(self, blueprint: &Blueprint) -> String {
        match self {
            Self::AwsCli => aws_cli::blueprint(blueprint),
            Self::CloudFormation => cloud_formation::blueprint(blueprint),
            Self::Terraform => terraform::blueprint(blueprint),
        }
    }

    /// The same for the policies alone, attached to nobody. Several are called `name-1`, `name-2`
    /// and so on. `name` may have IAM's characters only: letters, digits and `+=,.@-_`.
    #[must_use]
    pub fn write_policies(self, name: &str, parts: &[Part]) -> String {
        let policies = parts.iter().enumerate().map(|(index, part)| ManagedPolicy {
            name: numbered(name, index, parts.len()),
            description: serves(part),
            document: part.policy.clone(),
        });
        let policies: Vec<ManagedPolicy> = policies.collect();
        match self {
            Self::AwsCli => aws_cli::policies(&policies),
            Self::CloudFormation => cloud_formation::policies(&policies),
            Self::Terraform => terraform::policies(&policies),
        }
    }
}

fn serves(part: &Part) -> String {
    format!(
        "{} ({} of {MANAGED_POLICY_LIMIT} characters)",
        part.features.join(", "),
        part.policy.size(),
    )
}
