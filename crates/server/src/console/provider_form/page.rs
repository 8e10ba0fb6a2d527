//! The form as a page.

use askama::Template;

use super::form::{Typed, label};
use super::seen::{Difference, Seen};
use crate::console::choices::{REGIONS, ReleaseChoice, release_choices};
use crate::console::faults::Faults;
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::problem::Problem;
use crate::urls;

/// What the form is for.
pub(super) enum Purpose {
    /// A new provider.
    Add,
    /// A provider that is there.
    Edit(Edited),
}

/// A provider that is being edited.
pub(super) struct Edited {
    /// Its name as it is kept.
    pub(super) name: String,
    /// What the form was made from.
    pub(super) seen: Seen,
    /// What somebody else changed since the form was opened.
    pub(super) differences: Vec<Difference>,
}

#[derive(Template)]
#[template(path = "provider_form.html")]
pub(super) struct ProviderFormPage {
    shell: Shell,
    cancel: String,
    edited: Option<Edited>,
    typed: Typed,
    faults: Faults,
    regions: [&'static str; 12],
    releases: Vec<ReleaseChoice>,
}

impl ProviderFormPage {
    /// The label of a field, for the summary of faults.
    fn label(&self, field: &str) -> &'static str {
        label(field).unwrap_or("This form")
    }

    /// Whether somebody else's change is all that is wrong.
    fn is_overtaken(&self) -> bool {
        let edited = self.edited.as_ref();
        edited.is_some_and(|edited| !edited.differences.is_empty())
    }

    /// Whether the features are shown opened.
    fn features_open(&self) -> bool {
        self.faults.at("features").is_some()
    }

    /// Whether the session token is shown opened.
    fn token_open(&self) -> bool {
        self.typed.temporary || self.faults.at("sessionToken").is_some()
    }
}

/// The form with what was typed.
pub(super) async fn shown(
    visitor: &Visitor,
    workspace: &str,
    purpose: Purpose,
    typed: Typed,
    faults: Faults,
) -> Result<ProviderFormPage, Problem> {
    let list = urls::providers(workspace);
    let mut way = vec![Crumb::to("Infrastructure Providers", list.clone())];
    let (cancel, edited) = match purpose {
        Purpose::Add => {
            way.push(Crumb::here("Add Infrastructure Provider"));
            (list, None)
        }
        Purpose::Edit(edited) => {
            let page = urls::provider(workspace, &edited.name);
            way.push(Crumb::to(edited.name.as_str(), page.clone()));
            way.push(Crumb::here("Edit"));
            (page, Some(edited))
        }
    };
    Ok(ProviderFormPage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        cancel,
        edited,
        faults,
        regions: REGIONS,
        releases: release_choices(&typed.release, typed.features.as_deref()),
        typed,
    })
}
