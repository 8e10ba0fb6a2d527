//! `commissary provider check`.

use std::process::ExitCode;

use commissary_core::domain::{CheckEvent, PermissionReport};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{provider, text};
use crate::client::Client;
use crate::commands::aws::how::HowArgs;
use crate::commands::aws::verdict_exit;
use crate::failure::{Failure, INTERRUPTED};
use crate::output::{Format, Shown, print_report, say};
use crate::progress::Waiting;

/// Check what a provider's credential may do, now.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3 when a requirement is denied. Ctrl-C cancels the check.\n\nExamples:\n  commissary provider check prod --workspace team-a\n  commissary provider check prod --workspace team-a --admin-profile admin\n  commissary provider check prod --workspace team-a --detach"
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
    #[command(flatten)]
    told: ToldArgs,
    /// Start the check and do not wait for it; `provider checks` tells how it ends.
    #[arg(long, conflicts_with_all = ["fix", "all", "strict"])]
    detach: bool,
}

/// How a report is told.
#[derive(Debug, clap::Args)]
pub(super) struct ToldArgs {
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

impl ToldArgs {
    /// What is shown in this format, if it can be.
    pub(super) fn shown(&self, format: Format) -> Result<Shown, Failure> {
        let shown = Shown {
            format,
            all: self.all,
            fix: self.fix,
        };
        shown.check()?;
        Ok(shown)
    }

    /// Prints the report in an answer; what it comes to is the exit code.
    pub(super) fn tell(&self, report: Value, shown: Shown) -> Result<ExitCode, Failure> {
        let report = understood(report)?;
        print_report(&report, shown)?;
        Ok(verdict_exit(&report, self.strict))
    }
}

pub(super) async fn run(
    args: CheckArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = args.told.shown(output)?;
    if args.detach {
        output.without_report()?;
    }
    let body = asked(&args).await?;
    let [a, b, c, d] = provider(workspace, &args.name);
    let started = client.start(&[a, b, c, d, "checks"], body).await?;
    let id = text(&started, "id");
    if args.detach {
        output.print(&started, |_| format!("the check {id} is started"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let waiting = Waiting::new(&format!("checking `{}`", args.name));
    let hear = |event: &CheckEvent| waiting.say_check(event);
    let path = [a, b, c, d, "checks", id];
    let events = [a, b, c, d, "checks", id, "events"];
    let ended = tokio::select! {
        ended = client.hear(&events, &hear) => Some(ended),
        _ = tokio::signal::ctrl_c() => None,
    };
    drop(waiting);
    let Some(ended) = ended else {
        cancel(&path, &args.name, client).await;
        return Ok(ExitCode::from(INTERRUPTED));
    };
    came_to_a_report(&ended?)?;
    let mut check = client.get(&path).await?;
    let report = check.get_mut("report").map(Value::take);
    args.told.tell(report.unwrap_or_default(), shown)
}

/// Cancels the check that was waited for, and says whether that was heard.
async fn cancel(path: &[&str], name: &str, client: &Client) {
    let path = [path, &["cancel"]].concat();
    match client.post(&path, &json!({})).await {
        Ok(_) => say(&format!("the check of `{name}` is cancelled")),
        Err(failure) => say(&format!(
            "the check of `{name}` goes on in the server: {}; see `commissary provider checks {name}`",
            failure.message()
        )),
    }
}

/// Why a check that ended has no report, if it has none.
fn came_to_a_report(ended: &Value) -> Result<(), Failure> {
    let failure = ended.get("failure");
    match text(ended, "state") {
        "done" => Ok(()),
        "failed" => {
            let failure = failure.cloned().unwrap_or_default();
            let fields = failure.get("errors").cloned().unwrap_or_default();
            let told = Failure::failed(text(&failure, "detail"));
            Err(told.with_fields(serde_json::from_value(fields).unwrap_or_default()))
        }
        "cancelled" => Err(Failure::failed("the check was cancelled by somebody else")),
        _ => Err(
            Failure::failed("the check was interrupted: the server stopped")
                .with_hint("start it again"),
        ),
    }
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
