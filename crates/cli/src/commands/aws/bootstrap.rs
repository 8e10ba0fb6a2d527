//! `commissary aws bootstrap`: the user, its policy and its key.

use std::path::PathBuf;
use std::process::ExitCode;

use commissary_aws::{
    BootstrapEvent, BootstrapOutcome, BootstrapPlan, BootstrapRequest, BootstrapState, reveal_json,
};
use commissary_core::ports::Clock as _;
use serde_json::{Map, Value, json};

use super::check::{region, session};
use super::hand_over::{Destination, Handed};
use super::needs::{NeedsArgs, feature_ids};
use crate::client::ServerArgs;
use crate::commands::provider::Settings;
use crate::commands::serve::SystemClock;
use crate::failure::Failure;
use crate::output::{Format, print_text, say};

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
    }
    hold_interrupts();
    let mut outcome = plan
        .apply(&admin, |event| say(&line(&event)))
        .await
        .map_err(failed)?;
    let handed_to = match outcome.access_key.take() {
        // Asked to show it to a program: one document, the key in it.
        Some(key) if destination.shows() && output != Format::Table => {
            print_text(&reveal_json(result(&outcome, None), &key))?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(key) => Some(destination.take(&key, admin.region()).await?),
        None => destination.without_a_key(&outcome)?,
    };
    let value = Value::Object(result(&outcome, handed_to.as_ref()));
    output.print(&value, |_| match &handed_to {
        Some(handed) => handed.said.clone(),
        None => "nothing was left to do".to_owned(),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// From here on a key may exist that only this process knows: Ctrl-C waits until
/// it is handed over.
fn hold_interrupts() {
    tokio::spawn(async {
        while tokio::signal::ctrl_c().await.is_ok() {
            say("finishing first, so that no key is lost; this takes a few seconds");
        }
    });
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
