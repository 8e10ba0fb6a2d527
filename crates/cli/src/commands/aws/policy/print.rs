//! `commissary aws policy print`: the smallest policy for a release and its features.

use clap::ValueEnum;
use commissary_permissions::{
    Depth, Export, Form, MANAGED_POLICY_LIMIT, Narrowing, Policies, PolicyOptions, Selection,
};

use crate::commands::aws::needs::NeedsArgs;
use crate::failure::Failure;
use crate::output::{print_text, say};

/// Print the smallest policy for a release and its features.
///
/// The policy goes to standard output; its size, what was mended and what could not be
/// narrowed go to standard error. What is too large for one managed policy of IAM is
/// printed as several, one after the other, split between features where that is
/// possible.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary aws policy print --release kommander-2.2
  commissary aws policy print --release kommander-2.2 --format compact > policy.json
  commissary aws policy print --release capa-2.11 --feature ec2,eks --format terraform
  commissary aws policy print --release capa-2.11 --feature ec2 --scope \\
      --partition aws --account 123456789012 --region us-east-1
  commissary aws policy print --release capa-2.11 --name kms-alias-prefix=team-a-")]
pub(crate) struct PrintArgs {
    #[command(flatten)]
    needs: NeedsArgs,
    /// A name in place of the release's own, more than once if need be; `commissary aws policy
    /// releases ID` lists them.
    #[arg(long = "name", value_name = "NAME=VALUE")]
    names: Vec<String>,
    /// Mend the known defects of the release's policy [default, but for kommander-2.2].
    #[arg(long, conflicts_with = "verbatim")]
    fixed: bool,
    /// Print the policy as the release's own document has it [default for kommander-2.2].
    #[arg(long)]
    verbatim: bool,
    #[command(flatten)]
    place: PlaceArgs,
    /// How the policy is written.
    #[arg(long, value_enum, default_value_t)]
    format: Layout,
    /// What the policy is called where the format has names; IAM's characters only.
    #[arg(long, default_value = "kommander-policy", value_name = "NAME")]
    policy_name: String,
}

/// Where the policy is to hold.
#[derive(Debug, clap::Args)]
struct PlaceArgs {
    /// Put this partition into the ARNs, such as aws, aws-cn or aws-us-gov.
    #[arg(long, value_name = "NAME")]
    partition: Option<String>,
    /// Put this account into the ARNs.
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// Put this region into the ARNs.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Also narrow what is granted on every resource to that place; `tags` as well confines what
    /// destroys to what Cluster API has tagged [a bare --scope means tags].
    #[arg(
        long,
        value_enum,
        value_name = "DEPTH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "tags"
    )]
    scope: Option<Scope>,
}

/// How far a policy is narrowed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Scope {
    /// By partition, account and region.
    Place,
    /// Also by the tag that Cluster API gives to what it makes.
    Tags,
}

/// How a policy is written.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Layout {
    /// Indented, for people.
    #[default]
    #[value(alias = "pretty")]
    Json,
    /// One line without white space.
    Compact,
    /// Commands of the AWS CLI that make it.
    AwsCli,
    /// A CloudFormation template in JSON.
    #[value(name = "cloudformation")]
    CloudFormation,
    /// Terraform resources.
    Terraform,
}

pub(super) fn run(args: &PrintArgs) -> Result<(), Failure> {
    let mut selection = args.needs.selection()?;
    for name in &args.names {
        selection = named(selection, name)?;
    }
    check_name(&args.policy_name)?;
    let form = match (args.fixed, args.verbatim) {
        (true, _) => Form::Fixed,
        (_, true) => Form::Verbatim,
        _ => selection.release().form(),
    };
    let options = PolicyOptions {
        form,
        narrowing: args.place.narrowing()?,
    };
    let policies = selection.policies(&options);
    print_text(&written(args, &policies))?;
    tell(&selection, form, &policies);
    Ok(())
}

fn named<'a>(selection: Selection<'a>, name: &str) -> Result<Selection<'a>, Failure> {
    let Some((parameter, value)) = name.split_once('=') else {
        return Err(Failure::usage(format!(
            "`{name}` names no value; write it as NAME=VALUE"
        )));
    };
    selection
        .with_name(parameter, value)
        .map_err(|error| Failure::usage(error.to_string()))
}

/// What IAM takes as a policy's name ("IAM and AWS STS quotas"); the rest would need quoting in
/// some of the formats. Two characters are left for the number of a part.
fn check_name(name: &str) -> Result<(), Failure> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    if name.is_empty() || name.len() > 125 || !name.chars().all(fits) {
        return Err(Failure::usage(format!(
            "`{name}` cannot be a policy's name; use 1 to 125 letters, digits and `+=,.@-_`"
        )));
    }
    Ok(())
}

impl PlaceArgs {
    fn narrowing(&self) -> Result<Option<Narrowing>, Failure> {
        let place = [&self.partition, &self.account, &self.region];
        let anywhere = place.iter().all(|part| part.is_none());
        let depth = match self.scope {
            None if anywhere => return Ok(None),
            Some(_) if anywhere => {
                return Err(Failure::usage(
                    "--scope needs a place; give --partition, --account or --region",
                ));
            }
            None => Depth::Arns,
            Some(Scope::Place) => Depth::Resources,
            Some(Scope::Tags) => Depth::Tags,
        };
        Narrowing::new(
            self.partition.as_deref(),
            self.account.as_deref(),
            self.region.as_deref(),
            depth,
        )
        .map(Some)
        .map_err(|error| Failure::usage(error.to_string()))
    }
}

fn written(args: &PrintArgs, policies: &Policies<'_>) -> String {
    let export = match args.format {
        Layout::Json | Layout::Compact => None,
        Layout::AwsCli => Some(Export::AwsCli),
        Layout::CloudFormation => Some(Export::CloudFormation),
        Layout::Terraform => Some(Export::Terraform),
    };
    if let Some(export) = export {
        return export.write_policies(&args.policy_name, &policies.parts);
    }
    let documents = policies.parts.iter().map(|part| match args.format {
        Layout::Compact => part.policy.to_compact(),
        _ => part.policy.to_pretty(),
    });
    documents.collect::<Vec<_>>().join("\n")
}

/// Says what people should know of the policy before they use it.
fn tell(selection: &Selection<'_>, form: Form, policies: &Policies<'_>) {
    let all = policies.parts.len();
    for (index, part) in policies.parts.iter().enumerate() {
        say(&format!(
            "policy {} of {all}: {} of {MANAGED_POLICY_LIMIT} characters, for {}",
            index + 1,
            part.policy.size(),
            part.features.join(", ")
        ));
    }
    for fix in &policies.fixes {
        say(&format!("mended ({}): {}", fix.id(), fix.why()));
    }
    let defects = selection.release().fixes().len();
    if form == Form::Verbatim && defects > 0 {
        say(&format!(
            "{defects} known defects are printed as they are; --fixed mends them"
        ));
    }
    let mut reasons: Vec<&str> = policies.left_wide.iter().map(|wide| wide.why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for why in reasons {
        let wide = policies.left_wide.iter().filter(|wide| wide.why == why);
        let actions: Vec<&str> = wide.map(|wide| wide.action.as_str()).collect();
        say(&format!(
            "not narrowed, because {why}: {}",
            actions.join(", ")
        ));
    }
}
