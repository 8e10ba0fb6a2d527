//! `commissary provider check`.

use std::process::ExitCode;

use commissary_core::domain::PermissionReport;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::provider;
use crate::client::Client;
use crate::commands::aws::how::HowArgs;
use crate::commands::aws::verdict_exit;
use crate::failure::Failure;
use crate::output::{Format, Shown, print_report};
use crate::progress::Waiting;

/// Check what a provider's credential may do, now.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3 when a requirement is denied.\n\nExamples:\n  commissary provider check prod --workspace team-a\n  commissary provider check prod --workspace team-a --admin-profile admin"
)]
pub(super) struct CheckArgs {
    /// Its name.
    name: String,
    /// An administrator's AWS profile, whose keys the server uses to simulate and to read policies
    /// for this check and does not keep.
    #[arg(long, value_name = "NAME")]
    admin_profile: Option<String>,
    #[command(flatten)]
    how: HowArgs,
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

pub(super) async fn run(
    args: CheckArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = Shown {
        format: output,
        all: args.all,
        fix: args.fix,
    };
    shown.check()?;
    let body = asked(&args).await?;
    let [a, b, c, d] = provider(workspace, &args.name);
    let waiting = Waiting::new(&format!("checking `{}`", args.name));
    let result = client
        .follow(&[a, b, c, d, "check"], Some(body), &|event| {
            waiting.say_check(event)
        })
        .await;
    drop(waiting);
    let report = understood(result?)?;
    print_report(&report, shown)?;
    Ok(verdict_exit(&report, args.strict))
}

/// What the server is asked for.
async fn asked(args: &CheckArgs) -> Result<Zeroizing<String>, Failure> {
    let administrator = match &args.admin_profile {
        Some(profile) => {
            let key = commissary_aws::profile_key(profile).await;
            Some(key.map_err(|error| Failure::failed(error.to_string()))?.0)
        }
        None => None,
    };
    let options = args.how.options(false);
    let fields = [
        ("rungs", json!(options.rungs)),
        ("probeExisting", json!(options.probe_existing)),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Ok(commissary_aws::check_body(
        fields.into_iter().collect(),
        administrator.as_ref(),
    ))
}

/// The report in an answer.
pub(super) fn understood(report: Value) -> Result<PermissionReport, Failure> {
    serde_json::from_value(report).map_err(|_| {
        Failure::failed("the server's report is not understood")
            .with_hint("this command and the server are of different versions; use the server's")
    })
}
