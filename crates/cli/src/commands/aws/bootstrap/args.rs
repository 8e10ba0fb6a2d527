//! The arguments of `commissary aws bootstrap`, and what is to be there by them.

use std::path::PathBuf;

use commissary_core::domain::{AccessKeyId, UserWish};
use commissary_permissions::{Export, Tag};

use crate::commands::aws::needs::NeedsArgs;

/// Make the IAM user with the smallest policy that works, and its access key.
///
/// What would be done is shown first and confirmed. What is there already is used:
/// run twice, nothing fails and no second key is made. The secret is handed over
/// without being shown: into the AWS credentials file unless another way is chosen.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary aws bootstrap --profile admin --plan
  commissary aws bootstrap --profile admin --register team-a/prod --self-check
  commissary aws bootstrap --user-name Kommander --policy-name kommander-policy \\
      --release kommander-2.2 --credentials-file kommander.credentials --yes
  commissary aws bootstrap --profile admin --node-roles --tag team=platform
  commissary aws bootstrap --node-roles --print terraform > kommander.tf
  commissary aws bootstrap --profile admin --user-name Kommander --undo")]
pub(crate) struct BootstrapArgs {
    /// The user's name.
    #[arg(long, default_value = UserWish::USER_NAME, value_name = "NAME")]
    pub(super) user_name: String,
    /// The policy's name; policies that have to be split are numbered.
    #[arg(long, default_value = UserWish::POLICY_NAME, value_name = "NAME")]
    pub(super) policy_name: String,
    /// An administrator's AWS profile [default: the AWS SDK's default chain].
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// The region that clusters will be built in [default: the profile's].
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    #[command(flatten)]
    pub(super) needs: NeedsArgs,
    /// Let the user simulate its own rights, so that its report can be decided.
    #[arg(long)]
    pub(super) self_check: bool,
    /// Make the roles and instance profiles that machines and EKS control planes run with.
    #[arg(long)]
    pub(super) node_roles: bool,
    /// The path of the user; a user that is elsewhere is moved there [default: `/` for a new user].
    #[arg(long, value_name = "PATH")]
    pub(super) user_path: Option<String>,
    /// The policy that bounds the user and the roles.
    #[arg(long, value_name = "ARN")]
    pub(super) permissions_boundary: Option<String>,
    /// A tag for everything that is made, more than once if need be.
    #[arg(long = "tag", value_name = "KEY=VALUE", value_parser = tag)]
    pub(super) tags: Vec<Tag>,
    /// Change what is there and was not made by a bootstrap of this user.
    #[arg(long)]
    pub(super) change_others: bool,
    /// Make an access key although the user has one.
    #[arg(long)]
    pub(super) new_key: bool,
    /// Delete this access key of the user and make another. Where the provider of `--register` holds
    /// it, the provider gets the new one first.
    #[arg(long, value_name = "ID", conflicts_with = "new_key", value_parser = access_key)]
    pub(super) replace_key: Option<AccessKeyId>,
    /// Show what would be done, and do nothing.
    #[arg(long, conflicts_with = "yes")]
    pub(super) plan: bool,
    /// Do it without asking.
    #[arg(long)]
    pub(super) yes: bool,
    /// Print what would be made in the words of another tool, and do nothing; AWS is not asked,
    /// and the partition is that of the region.
    #[arg(long, value_enum, value_name = "TOOL", conflicts_with_all = ["plan", "yes", "undo", "new_key", "replace_key", "register", "credentials_file", "credentials_profile", "show_secret"])]
    pub(super) print: Option<Tool>,
    /// Remove what a bootstrap of this user made, and only that.
    #[arg(long, conflicts_with_all = ["new_key", "replace_key", "register", "credentials_file", "credentials_profile", "show_secret"])]
    pub(super) undo: bool,
    #[command(flatten)]
    pub(super) hand_over: HandOverArgs,
}

/// A tool that makes users, roles and policies.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Tool {
    /// A shell script with commands of the AWS CLI.
    AwsCli,
    /// A CloudFormation template in JSON.
    #[value(name = "cloudformation")]
    CloudFormation,
    /// Terraform resources.
    Terraform,
}

impl From<Tool> for Export {
    fn from(tool: Tool) -> Self {
        match tool {
            Tool::AwsCli => Self::AwsCli,
            Tool::CloudFormation => Self::CloudFormation,
            Tool::Terraform => Self::Terraform,
        }
    }
}

/// Where the key goes; one of these.
#[derive(Debug, clap::Args)]
pub(in crate::commands::aws) struct HandOverArgs {
    /// Save the key as a new infrastructure provider of a server's workspace.
    #[arg(long, value_name = "WORKSPACE/NAME", conflicts_with_all = ["credentials_file", "credentials_profile", "show_secret"])]
    pub(in crate::commands::aws) register: Option<String>,
    /// Write the key to this AWS credentials file (mode 0600) [default: that of the AWS tools].
    #[arg(long, value_name = "FILE", conflicts_with = "show_secret")]
    pub(in crate::commands::aws) credentials_file: Option<PathBuf>,
    /// The profile to write in that file [default: the user's name].
    #[arg(long, value_name = "NAME", conflicts_with = "show_secret")]
    pub(in crate::commands::aws) credentials_profile: Option<String>,
    /// Exit with 4 when the provider's check finds something unverifiable or conditional.
    #[arg(long, requires = "register")]
    pub(in crate::commands::aws) strict: bool,
    /// Show the key on the terminal.
    #[arg(long)]
    pub(in crate::commands::aws) show_secret: bool,
}

impl BootstrapArgs {
    /// What is to be there, as the arguments say.
    pub(super) fn wish(&self) -> UserWish {
        UserWish {
            user_name: self.user_name.clone(),
            policy_name: self.policy_name.clone(),
            path: self.user_path.clone(),
            permissions_boundary: self.permissions_boundary.clone(),
            tags: self.tags.clone(),
            self_check: self.self_check,
            node_roles: self.node_roles,
        }
    }
}

/// `KEY=VALUE`.
fn tag(text: &str) -> Result<Tag, String> {
    let (key, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is no tag; write it as KEY=VALUE"))?;
    Ok(Tag {
        key: key.to_owned(),
        value: value.to_owned(),
    })
}

/// An id as AWS writes it.
fn access_key(text: &str) -> Result<AccessKeyId, String> {
    AccessKeyId::parse(text).map_err(|fault| fault.message)
}
