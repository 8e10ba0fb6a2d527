//! `commissary aws bootstrap`: the user, its policy and its key.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use commissary_aws::{
    BootstrapEvent, BootstrapOutcome, BootstrapPlan, BootstrapRequest, BootstrapState, reveal_json,
};
use commissary_core::ports::Clock as _;
use serde_json::{Map, Value, json};
use tokio::signal::unix::{SignalKind, signal};

use super::check::{region, session};
use super::hand_over::{Destination, Handed};
use super::needs::{NeedsArgs, feature_ids};
use super::pending::Pending;
use crate::client::ServerArgs;
use crate::commands::provider::Settings;
use crate::commands::serve::SystemClock;
use crate::failure::Failure;
use crate::output::{Format, say};

/// Make the IAM user with the smallest policy that works, and its access key.
///
/// What is there already is used: run twice, nothing fails and no second key is
/// made. The secret is handed over without being shown: into the AWS credentials
/// file unless another way is chosen.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary aws bootstrap --profile admin --register team-a/prod --self-check
  commissary aws bootstrap --user-name Kommander --policy-name kommander-policy \\
      --release kommander-2.2 --credentials-file kommander.credentials")]
pub(crate) struct BootstrapArgs {
    /// The user's name.
    #[arg(long, default_value = "Kommander", value_name = "NAME")]
    user_name: String,
    /// The policy's name.
    #[arg(long, default_value = "kommander-policy", value_name = "NAME")]
    policy_name: String,
    /// An administrator's AWS profile [default: the AWS SDK's default chain].
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The region that clusters will be built in [default: the profile's].
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    #[command(flatten)]
    needs: NeedsArgs,
    /// Let the user simulate its own rights, so that its report can be decided.
    #[arg(long)]
    self_check: bool,
    /// Make an access key although the user has one.
    #[arg(long)]
    new_key: bool,
    #[command(flatten)]
    hand_over: HandOverArgs,
}

/// Where the key goes; one of these.
#[derive(Debug, clap::Args)]
pub(super) struct HandOverArgs {
    /// Save the key as a new infrastructure provider of a server's workspace.
    #[arg(long, value_name = "WORKSPACE/NAME", conflicts_with_all = ["credentials_file", "credentials_profile", "show_secret"])]
    pub(super) register: Option<String>,
    /// Write the key to this AWS credentials file (mode 0600) [default: that of the AWS tools].
    #[arg(long, value_name = "FILE", conflicts_with = "show_secret")]
    pub(super) credentials_file: Option<PathBuf>,
    /// The profile to write in that file [default: the user's name].
    #[arg(long, value_name = "NAME", conflicts_with = "show_secret")]
    pub(super) credentials_profile: Option<String>,
    /// Show the key on the terminal.
    #[arg(long)]
    pub(super) show_secret: bool,
}

pub(super) async fn run(
    args: BootstrapArgs,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    let selection = args.needs.selection()?;
    let admin = session(
        args.profile.as_deref(),
        region(args.region.as_deref())?.as_ref(),
    )
    .await?;
    let settings = Settings {
        region: Some(admin.region().to_string()),
        release: Some(selection.release().id().to_owned()),
        features: feature_ids(&selection),
    };
    let destination =
        Destination::prepare(args.hand_over, &args.user_name, server, settings).await?;
    let request = BootstrapRequest {
        user_name: args.user_name,
        policy_name: args.policy_name,
        policy_document: selection.policy().to_compact(),
        self_check: args.self_check,
        new_key: args.new_key,
        now: SystemClock.now(),
    };
    let failed = |error: commissary_aws::BootstrapError| Failure::failed(error.to_string());
    let plan = BootstrapPlan::prepare(&admin, request)
        .await
        .map_err(failed)?;
    if plan.makes_key() {
        destination.refuse_to_overwrite()?;
        Pending::prepare()?;
    }
    hold_signals()?;
    let mut outcome = plan
        .apply(&admin, |event| say(&line(&event)))
        .await
        .map_err(failed)?;
    let key = match outcome.access_key.take() {
        Some(key) => Some(key),
        None => Pending::of_user(&outcome.known_keys),
    };
    let handed_to = match key {
        Some(key) => {
            let pending = Pending::keep(&key)?;
            // Asked to show it to a program: one document, the key in it.
            if destination.shows() && output != Format::Table {
                show(&reveal_json(result(&outcome, None), &key))?;
                pending.arrived();
                return Ok(ExitCode::SUCCESS);
            }
            let handed = destination.take(&key, &admin).await.map_err(|failure| {
                failure.with_note("nothing is lost: run the same command again and it goes on with the key that was made")
            })?;
            pending.arrived();
            Some(handed)
        }
        None => destination.without_a_key(&outcome)?,
    };
    let value = Value::Object(result(&outcome, handed_to.as_ref()));
    output.print(&value, |_| match &handed_to {
        Some(handed) => handed.said.clone(),
        None => "no access key was made and none is shown: the user has its key already".to_owned(),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Shows a key; here a reader that went away is a failure.
fn show(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let shown = writeln!(out, "{text}").and_then(|()| out.flush());
    shown.map_err(|error| {
        Failure::failed(format!("the key cannot be shown: {error}"))
            .with_note("run the same command again")
    })
}

/// From here on a key may exist that only this process knows: signals to end
/// wait until it is handed over.
fn hold_signals() -> Result<(), Failure> {
    for kind in [
        SignalKind::interrupt(),
        SignalKind::terminate(),
        SignalKind::hangup(),
    ] {
        let mut heard = signal(kind)
            .map_err(|error| Failure::failed(format!("signals cannot be heard: {error}")))?;
        tokio::spawn(async move {
            while heard.recv().await.is_some() {
                say("finishing first, so that no key is lost; this takes a few seconds");
            }
        });
    }
    Ok(())
}

fn line(event: &BootstrapEvent) -> String {
    let state = match event.state {
        BootstrapState::Made => "made",
        BootstrapState::Existed => "existed",
        BootstrapState::Changed => "changed",
    };
    format!("{:<12}{state:<9}{}", event.step.title(), event.detail)
}

fn result(outcome: &BootstrapOutcome, handed_to: Option<&Handed>) -> Map<String, Value> {
    let fields = [
        ("userArn", json!(outcome.user_arn)),
        ("policyArn", json!(outcome.policy_arn)),
        (
            "accessKeyId",
            json!(handed_to.map(|handed| &handed.access_key_id)),
        ),
        ("knownAccessKeys", json!(outcome.known_keys)),
        ("handedTo", json!(handed_to.map(|handed| &handed.to))),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}
