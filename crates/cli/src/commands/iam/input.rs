//! Arguments that several commands share: policies, and whose requests.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use commissary_iam::{Context, NamedPolicy, Place, Policy, PolicySet, Viewpoint};

use crate::failure::Failure;

/// The policies that bear on a request.
#[derive(Debug, clap::Args)]
pub(super) struct PolicyArgs {
    /// Policies of the user or role, as JSON files; `-` for standard input.
    #[arg(value_name = "POLICY", required = true)]
    policies: Vec<PathBuf>,
    /// A policy of one of the user's groups; more than once if need be.
    #[arg(long = "group-policy", value_name = "FILE")]
    groups: Vec<PathBuf>,
    /// The permissions boundary.
    #[arg(long, value_name = "FILE")]
    boundary: Option<PathBuf>,
    /// The session policy.
    #[arg(long, value_name = "FILE")]
    session_policy: Option<PathBuf>,
    /// The service control policies of one level, separated by commas; once per level, root first.
    #[arg(long = "scp", value_name = "FILE,FILE…")]
    scps: Vec<String>,
    /// The policy of the resource: of a bucket, a key, or the trust policy of a role.
    #[arg(long, value_name = "FILE")]
    resource_policy: Option<PathBuf>,
}

impl PolicyArgs {
    /// The policies, read.
    pub(super) fn read(&self) -> Result<PolicySet, Failure> {
        let list = |files: &[PathBuf]| -> Result<Vec<NamedPolicy>, Failure> {
            files.iter().map(|file| policy(file)).collect()
        };
        let single = |file: &Option<PathBuf>| file.as_deref().map(policy).transpose();
        let level = |files: &String| {
            let files: Vec<PathBuf> = files.split(',').map(PathBuf::from).collect();
            list(&files)
        };
        Ok(PolicySet {
            identity: list(&self.policies)?,
            groups: list(&self.groups)?,
            boundary: single(&self.boundary)?,
            session: single(&self.session_policy)?,
            scps: self.scps.iter().map(level).collect::<Result<_, _>>()?,
            resource: single(&self.resource_policy)?,
        })
    }
}

/// Whose requests, and where.
#[derive(Debug, clap::Args)]
pub(super) struct PlaceArgs {
    /// The partition of the resources, such as `aws-cn`.
    #[arg(long, value_name = "NAME")]
    partition: Option<String>,
    /// The account of the resources [default: the principal's].
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// The region of the resources.
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

impl PlaceArgs {
    /// The view of a principal on this place.
    pub(super) fn view(&self, caller: &CallerArgs) -> Result<Viewpoint, Failure> {
        Ok(Viewpoint {
            principal: caller.principal.clone(),
            context: caller.context()?,
            place: Place {
                partition: self.partition.clone(),
                account: self.account.clone(),
                region: self.region.clone(),
            },
        })
    }
}

/// Who asks, and what is known of the request.
#[derive(Debug, clap::Args)]
pub(super) struct CallerArgs {
    /// The ARN of the principal, as `aws sts get-caller-identity` prints it.
    #[arg(long, value_name = "ARN")]
    pub(super) principal: Option<String>,
    /// A context key; once per value.
    #[arg(long = "context", value_name = "KEY=VALUE")]
    context: Vec<String>,
}

impl CallerArgs {
    /// The context keys with their values.
    pub(super) fn context(&self) -> Result<Context, Failure> {
        let mut context = Context::new();
        for pair in &self.context {
            let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.is_empty()) else {
                return Err(Failure::usage(format!(
                    "the context key `{pair}` has no value; write `--context aws:RequestedRegion=eu-west-1`"
                )));
            };
            let mut values = context.get(key).unwrap_or_default().to_vec();
            values.push(value.to_owned());
            context.set(key, values);
        }
        Ok(context)
    }
}

/// Reads a policy; it goes by the name of its file.
pub(super) fn policy(file: &Path) -> Result<NamedPolicy, Failure> {
    let text = text(file)?;
    let policy = Policy::parse(&text)
        .map_err(|error| Failure::failed(format!("`{}` is no policy: {error}", file.display())))?;
    Ok(NamedPolicy::new(file.display().to_string(), policy))
}

/// The text of a file, or of standard input for `-`.
pub(super) fn text(file: &Path) -> Result<String, Failure> {
    let read = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|error| Failure::failed(format!("`{}` cannot be read: {error}", file.display())))
}
