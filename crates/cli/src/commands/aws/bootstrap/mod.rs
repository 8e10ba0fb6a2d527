//! `commissary aws bootstrap`: the user, its policies and its key.

mod args;
mod keeper;
mod shown;
mod undo;

use std::io::Write as _;
use std::process::ExitCode;

use commissary_aws::{AwsSession, BootstrapPlan, configured_region, delete_key, reveal_json};
use commissary_core::domain::{AccessKeyId, BootstrapOutcome, BootstrapRequest, KeyWish, Words};
use commissary_core::ports::Clock as _;
use commissary_permissions::{Export, Selection};
use serde_json::{Map, Value, json};
use tokio::signal::unix::{SignalKind, signal};

use super::check::{region, session};
use super::hand_over::{Destination, Handed};
use super::needs::feature_ids;
use super::pending::{Note, Pending};
use crate::client::ServerArgs;
use crate::commands::provider::Settings;
use crate::commands::serve::SystemClock;
use crate::failure::Failure;
use crate::output::{Format, print_text, say};
use keeper::CommandLine;
use shown::{confirm, show_plan};

pub(super) use args::{BootstrapArgs, HandOverArgs};

/// The choices as they are called here.
const WORDS: Words = Words {
    undo: "`--undo`",
    change_others: "`--change-others`",
    user_name: "`--user-name`",
    another_key: "`--new-key`",
    replace_key: ["`--replace-key ", "`"],
    kept_key: "was made by an earlier run and not handed over: it is handed over now",
};

pub(super) async fn run(
    args: BootstrapArgs,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    let selection = args.needs.selection()?;
    if let Some(tool) = args.print {
        return print(&args, &selection, tool.into()).await;
    }
    let admin = session(
        args.profile.as_deref(),
        region(args.region.as_deref())?.as_ref(),
    )
    .await?;
    let identity = admin.identify().await.map_err(failed)?;
    if args.undo {
        return undo::undo(&args, &admin, &identity, output).await;
    }
    let blueprint = args.wish().blueprint(&selection, &identity.partition);
    let note = Note::of(&identity.account_id, &args.user_name)?;
    let mut request = BootstrapRequest {
        blueprint,
        policy_name: args.policy_name.clone(),
        move_user: args.user_path.is_some(),
        change_others: args.change_others,
        key: match (args.new_key, args.replace_key.clone()) {
            (_, Some(id)) => KeyWish::InPlaceOf(id),
            (true, None) => KeyWish::Another,
            (false, None) => KeyWish::IfNone,
        },
        interrupted: note.interrupted(),
        kept: Pending::ids(),
        now: SystemClock.now(),
        words: WORDS,
    };
    // What a plan shows hangs on where the key goes only where it replaces one there.
    let in_place = args.hand_over.register.is_some() && args.replace_key.is_some();
    if args.plan && !in_place {
        let plan = BootstrapPlan::prepare(&admin, request)
            .await
            .map_err(failed)?;
        return show_plan(plan.planned(), output);
    }
    let strict = args.hand_over.strict;
    let _alone = match args.plan {
        true => None,
        false => Some(note.alone()?),
    };
    let settings = Settings {
        region: Some(admin.region().to_string()),
        release: Some(selection.release().id().to_owned()),
        features: feature_ids(&selection),
    };
    let destination = Destination::prepare(
        args.hand_over,
        &args.user_name,
        args.replace_key.clone(),
        server,
        settings,
    )
    .await?;
    let retired = args
        .replace_key
        .filter(|_| destination.retires(&request.kept));
    if let Some(id) = &retired {
        request.key = KeyWish::AheadOf(id.clone());
    }
    let replaces = match &request.key {
        KeyWish::InPlaceOf(id) => Some(id.clone()),
        KeyWish::IfNone | KeyWish::Another | KeyWish::AheadOf(_) => None,
    };
    let plan = BootstrapPlan::prepare(&admin, request)
        .await
        .map_err(failed)?;
    if args.plan {
        return show_plan(plan.planned(), output);
    }
    if plan.planned().makes_key {
        destination.refuse_to_overwrite()?;
    }
    if (plan.planned().changes() || retired.is_some()) && !args.yes {
        confirm(plan.planned())?;
    }
    hold_signals()?;
    let outcome = apply(plan, &admin, &note, replaces).await?;
    let key = Handing {
        destination,
        retired: retired.map(|id| (args.user_name.clone(), id)),
        note: &note,
    };
    let handed_to = match hand_over(outcome, key, &admin, output).await? {
        Some(handed) => handed,
        None => return Ok(ExitCode::SUCCESS),
    };
    Ok(handed_to.exit_code(strict))
}

/// Prints what would be made for another tool. Nobody is asked, so that it needs no credentials.
async fn print(
    args: &BootstrapArgs,
    selection: &Selection<'_>,
    tool: Export,
) -> Result<ExitCode, Failure> {
    let region = match region(args.region.as_deref())? {
        Some(region) => region,
        None => configured_region(args.profile.as_deref())
            .await
            .map_err(failed)?,
    };
    let blueprint = args.wish().blueprint(selection, &region.partition());
    blueprint
        .check()
        .map_err(|error| Failure::usage(error.to_string()))?;
    print_text(&tool.write(&blueprint))?;
    Ok(ExitCode::SUCCESS)
}

/// Does what was planned; a note tells the next run that a key was about to be made.
async fn apply(
    plan: BootstrapPlan,
    admin: &AwsSession,
    note: &Note,
    replaces: Option<AccessKeyId>,
) -> Result<BootstrapOutcome, Failure> {
    let keeper = CommandLine::new(note, replaces);
    let applied = plan.apply(admin, &keeper).await;
    // What an earlier run noted stays until a key is about to be made.
    if let (Err(error), Some(noted)) = (&applied, keeper.noted())
        && !error.may_have_left_a_key()
    {
        note.refused(noted);
    }
    applied.map_err(failed)
}

/// A key on its way.
struct Handing<'a> {
    destination: Destination,
    /// The user and its key that goes when the new one has arrived.
    retired: Option<(String, AccessKeyId)>,
    note: &'a Note,
}

async fn hand_over(
    mut outcome: BootstrapOutcome,
    handing: Handing<'_>,
    admin: &AwsSession,
    output: Format,
) -> Result<Option<Handed>, Failure> {
    let Handing {
        destination,
        retired,
        note,
    } = handing;
    let key = match outcome.access_key.take() {
        Some(key) => Some(key),
        None => Pending::of_user(&outcome.known_keys),
    };
    let handed_to = match key {
        Some(key) => {
            let pending = Pending::of(&key.id)?;
            note.remove();
            // Asked to show it to a program: one document, the key in it.
            if destination.shows() && output != Format::Table {
                show(&reveal_json(result(&outcome, None), &key))?;
                pending.arrived();
                return Ok(None);
            }
            let goes_on = |failure: Failure| {
                failure.with_note("nothing is lost: run the same command again and it goes on with the key that was made")
            };
            let handed = destination.take(&key, admin).await.map_err(goes_on)?;
            // What is written down stays until this is done: a run after a kill goes on by it.
            if let Some((user, id)) = &retired {
                delete_key(admin, user, id)
                    .await
                    .map_err(|error| goes_on(failed(error)))?;
                say(&format!("removed the access key `{id}`"));
                outcome.known_keys.retain(|key| key.id != *id);
            }
            pending.arrived();
            Some(handed)
        }
        None => destination.without_a_key(&outcome).await?,
    };
    let value = Value::Object(result(&outcome, handed_to.as_ref()));
    output.print(&value, |_| match &handed_to {
        Some(handed) => handed.said.clone(),
        None => "no access key was made and none is shown: the user has its key already".to_owned(),
    })?;
    Ok(handed_to)
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::failed(error.to_string())
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

fn result(outcome: &BootstrapOutcome, handed_to: Option<&Handed>) -> Map<String, Value> {
    let fields = [
        ("userArn", json!(outcome.user_arn)),
        ("policyArns", json!(outcome.policy_arns)),
        (
            "accessKeyId",
            json!(handed_to.map(|handed| &handed.access_key_id)),
        ),
        ("knownAccessKeys", json!(outcome.known_keys)),
        ("handedTo", json!(handed_to.map(|handed| &handed.to))),
        (
            "check",
            json!(handed_to.and_then(|handed| handed.check.as_ref())),
        ),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}
