//! `commissary aws bootstrap --undo`.

use std::process::ExitCode;

use commissary_aws::{AwsSession, BootstrapState, UndoPlan, UndoRequest};
use commissary_core::domain::Identity;
use commissary_permissions::{Blueprint, Release, releases};
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
    let partition = identity.partition.as_str();
    let newest = releases().last().map(Release::with_all_features);
    let mut blueprint = Blueprint::of_user(partition, &args.user_name, &args.policy_name, &[]);
    if let Some(selection) = &newest {
        blueprint = blueprint.with_node_roles(selection);
    }
    let request = UndoRequest {
        blueprint,
        policy_name: args.policy_name.clone(),
    };
    let plan = UndoPlan::prepare(admin, request).await.map_err(failed)?;
    if args.plan {
        return show_plan(plan.administrator(), plan.lines(), output);
    }
    if !plan.changes() {
        return show_plan(plan.administrator(), plan.lines(), output);
    }
    if !args.yes {
        say(&told(plan.administrator(), plan.lines()));
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
