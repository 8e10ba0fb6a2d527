//! `commissary aws check`: what may this credential do?

use std::process::ExitCode;

use commissary_aws::{AwsSession, SessionOptions};
use commissary_core::domain::{CheckEvent, CheckRequest, PermissionReport, Region};
use commissary_core::ports::{Clock as _, Progress as _};

use super::how::HowArgs;
use super::needs::{NeedsArgs, feature_ids};
use super::verdict_exit;
use crate::commands::serve::SystemClock;
use crate::failure::Failure;
use crate::output::{Format, Shown, print_report};
use crate::progress::Waiting;

/// Tell who a credential is and, action by action, what it may do.
///
/// Evidence comes from IAM's policy simulation, from reading the policies (an
/// administrator's profile may lend its rights for both), and from calls with the
/// credential itself that can change nothing: EC2's dry runs, and lists. What cannot
/// be known is "unverifiable", never "denied".
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 3 when a requirement is denied.

Examples:
  commissary aws check --profile Kommander
  commissary aws check --profile Kommander --admin-profile admin
  commissary aws check --profile Kommander --only probes --probe-existing
  commissary aws check --profile Kommander --fix > addition.json
  commissary aws check --profile Kommander --output json
  commissary aws check --profile Kommander --output sarif > check.sarif")]
pub(crate) struct CheckArgs {
    /// The AWS profile to check [default: the AWS SDK's default chain].
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// An administrator's AWS profile, used to simulate and to read policies.
    #[arg(long, value_name = "NAME")]
    admin_profile: Option<String>,
    /// The region that clusters will be built in [default: the profile's].
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    #[command(flatten)]
    needs: NeedsArgs,
    #[command(flatten)]
    how: HowArgs,
    /// Make dry runs on an endpoint that is not AWS's own; some emulators do not only pretend.
    #[arg(long)]
    dry_run_elsewhere: bool,
    /// Print only the smallest policy addition that would mend what is denied; where an addition
    /// cannot help, standard error says what must change instead.
    #[arg(long)]
    fix: bool,
    /// Show what is allowed as well.
    #[arg(long)]
    all: bool,
    /// Exit with 4 when something is unverifiable or conditional.
    #[arg(long)]
    strict: bool,
}

pub(super) async fn run(args: CheckArgs, output: Format) -> Result<ExitCode, Failure> {
    let shown = Shown {
        format: output,
        all: args.all,
        fix: args.fix,
    };
    shown.check()?;
    let selection = args.needs.selection()?;
    let options = args.how.options(args.dry_run_elsewhere);
    let region = region(args.region.as_deref())?;
    let subject = session(args.profile.as_deref(), region.as_ref()).await?;
    let reader = match args.admin_profile.as_deref() {
        Some(profile) => Some(session(Some(profile), region.as_ref()).await?),
        None => None,
    };
    let waiting = Waiting::new("asking AWS who the credential is");
    let identity = subject
        .identify()
        .await
        .map_err(|error| Failure::failed(error.to_string()))?;
    waiting.tell(CheckEvent::Identified {
        principal_arn: identity.principal_arn.clone(),
    });
    let request = CheckRequest {
        identity,
        region: subject.region().clone(),
        requirements: selection.requirements(),
        options,
    };
    let result = commissary_aws::check(&subject, reader.as_ref(), &request, &waiting)
        .await
        .map_err(|error| Failure::failed(error.to_string()))?;
    drop(waiting);
    let report = PermissionReport::new(
        SystemClock.now(),
        selection.release().id().to_owned(),
        feature_ids(&selection),
        request,
        result,
    );
    print_report(&report, shown)?;
    Ok(verdict_exit(&report, args.strict))
}

/// A region argument, checked.
pub(super) fn region(text: Option<&str>) -> Result<Option<Region>, Failure> {
    text.map(Region::parse)
        .transpose()
        .map_err(|fault| Failure::usage(fault.message))
}

/// The session of a profile, or of the AWS SDK's default chain.
pub(super) async fn session(
    profile: Option<&str>,
    region: Option<&Region>,
) -> Result<AwsSession, Failure> {
    AwsSession::from_profile(profile, region, &SessionOptions::default())
        .await
        .map_err(|error| Failure::failed(error.to_string()))
}
