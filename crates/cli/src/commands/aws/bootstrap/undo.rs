//! `commissary aws bootstrap --undo`.

use std::process::ExitCode;

use commissary_aws::{AwsSession, UndoPlan};
use commissary_core::domain::{BootstrapState, Identity, UndoRequest};
use serde_json::json;

use super::args::BootstrapArgs;
use super::failed;
use super::shown::{show_plan, told};
use crate::commands::aws::pending::{Note, Pending};
use crate::failure::Failure;
use crate::output::{Format, ask, say};

/// Removes what a bootstrap made, whatever its release and features were.
pub(super) async fn undo(
    args: &BootstrapArgs,
    admin: &AwsSession,
    identity: &Identity,
    output: Format,
) -> Result<ExitCode, Failure> {
    let request = UndoRequest::of(&identity.partition, &args.user_name, &args.policy_name);
    let plan = UndoPlan::prepare(admin, request).await.map_err(failed)?;
    if args.plan || !plan.planned().changes() {
        return show_plan(plan.planned(), output);
    }
    if !args.yes {
        say(&told(plan.planned()));
        let typed = ask(
            &format!(
                "type the user's name, `{}`, to remove this:",
                args.user_name
            ),
            "use --yes to remove it, or --plan to see it only",
        )?;
        if typed != args.user_name {
            return Err(Failure::failed("nothing was removed: that is not the name"));
        }
    }
    let keys: Vec<String> = plan.removed_keys().map(str::to_owned).collect();
    let mut events = Vec::new();
    plan.apply(admin, |event| {
        say(&event.line());
        events.push(event);
    })
    .await
    .map_err(failed)?;
    Pending::forget(keys.iter().map(String::as_str));
    Note::of(&identity.account_id, &args.user_name)?.remove();
    let removed = events
        .iter()
        .filter(|event| event.state == BootstrapState::Removed)
        .count();
    output.print(&json!({"events": events}), |_| {
        format!("{removed} things were removed; a provider that was saved with this user's key is still there")
    })?;
    Ok(ExitCode::SUCCESS)
}
