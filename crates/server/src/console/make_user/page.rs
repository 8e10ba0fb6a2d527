//! The form as a page.

use askama::Template;

use super::form::{Typed, label};
use super::plan::PlanShown;
use crate::console::choices::{REGIONS, ReleaseChoice, release_choices};
use crate::console::faults::Faults;
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::problem::Problem;
use crate::urls;

#[derive(Template)]
#[template(path = "make_user.html")]
pub(super) struct MakeUserPage {
    shell: Shell,
    /// The page itself and the one beside it.
    here: String,
    printed: String,
    cancel: String,
    typed: Typed,
    faults: Faults,
    plan: Option<PlanShown>,
    regions: [&'static str; 12],
    releases: Vec<ReleaseChoice>,
}

impl MakeUserPage {
    /// The label of a field, for the summary of faults.
    fn label(&self, field: &str) -> &'static str {
        label(field)
    }

    /// Whether a plan is shown that can be done.
    fn can_be_done(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.can_be_done)
    }

    /// Whether a fold is shown opened: something in it was chosen, or is at fault.
    fn is_open(&self, fold: &str) -> bool {
        let any = |fields: &[&str]| fields.iter().any(|field| self.faults.at(field).is_some());
        match fold {
            "token" => self.typed.temporary || any(&["administrator.sessionToken"]),
            "features" => any(&["features"]),
            _ => {
                let options = [
                    "provider",
                    "path",
                    "permissionsBoundary",
                    "tags",
                    "newKey",
                    "replaceKey",
                ];
                self.typed.has_options() || any(&options)
            }
        }
    }
}

/// The form with what was typed, and the plan over it.
pub(super) async fn shown(
    visitor: &Visitor,
    workspace: &str,
    typed: Typed,
    faults: Faults,
    plan: Option<PlanShown>,
) -> Result<MakeUserPage, Problem> {
    Ok(MakeUserPage {
        shell: shell(visitor, workspace).await?,
        here: urls::make_user(workspace),
        printed: urls::printed_user(workspace),
        cancel: urls::providers(workspace),
        faults,
        plan,
        regions: REGIONS,
        releases: release_choices(&typed.release, typed.features.as_deref()),
        typed,
    })
}

/// What stands around the pages that make a user.
pub(super) async fn shell(visitor: &Visitor, workspace: &str) -> Result<Shell, Problem> {
    let way = vec![
        Crumb::to("Infrastructure Providers", urls::providers(workspace)),
        Crumb::here("Make a user"),
    ];
    visitor.shell_in(workspace, Section::Providers, way).await
}
