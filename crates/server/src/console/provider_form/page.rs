//! The form as a page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::check::Checked;
use super::form::{Typed, label};
use super::needed::Needed;
use super::seen::{Difference, Seen};
use crate::console::choices::{REGIONS, ReleaseChoice, release_choices, with_takes};
use crate::console::faults::Faults;
use crate::console::provider::{Kind, kinds};
use crate::console::render::page;
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

/// What the form is for.
pub(super) enum Purpose {
    /// A new provider, with what a check found, if there was one.
    Add(Option<Box<Checked>>),
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
    checked: Option<Box<Checked>>,
    /// The resource kinds of which a check tells how it gets on.
    kinds: Vec<Kind>,
    typed: Typed,
    faults: Faults,
    regions: [&'static str; 12],
    releases: Vec<ReleaseChoice>,
    /// None where no choice is made that could be shown.
    needed: Option<Needed>,
    /// Where to make a user: here, and by other tools with more to say.
    make: String,
    printed: String,
}

/// What of the page follows the choice of release and features.
#[derive(Template)]
#[template(path = "provider_needs.html")]
struct NeedsPart {
    kinds: Vec<Kind>,
    releases: Vec<ReleaseChoice>,
    needed: Option<Needed>,
    make: String,
    printed: String,
}

impl NeedsPart {
    fn of(workspace: &str, typed: &Typed) -> Self {
        let releases = release_choices(&typed.release, typed.features.as_deref());
        let (releases, needed, kinds) = match typed.selection() {
            None => (releases, None, Vec::new()),
            Some(selection) => {
                let needed = Needed::of(typed, &selection);
                let releases = with_takes(releases, &selection);
                (releases, Some(needed), kinds(&selection))
            }
        };
        Self {
            kinds,
            releases,
            needed,
            make: urls::make_user(workspace),
            printed: urls::printed_user(workspace),
        }
    }
}

/// Whether an address asks for what follows the choice alone.
pub(super) fn asks_for_needs(query: &mut Parameters) -> bool {
    query.brought("part") == "needs"
}

/// What follows the choice that was typed, for the script that asks for just that.
pub(super) fn needs_alone(workspace: &str, typed: &Typed) -> Result<Response, Problem> {
    page(StatusCode::OK, &NeedsPart::of(workspace, typed))
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
    let (cancel, edited, checked) = match purpose {
        Purpose::Add(checked) => {
            way.push(Crumb::here("Add Infrastructure Provider"));
            (list, None, checked)
        }
        Purpose::Edit(edited) => {
            let provider = urls::provider(workspace, &edited.name);
            way.push(Crumb::to(edited.name.as_str(), provider.clone()));
            way.push(Crumb::here("Edit"));
            (provider, Some(edited), None)
        }
    };
    let NeedsPart {
        kinds,
        releases,
        needed,
        make,
        printed,
    } = NeedsPart::of(workspace, &typed);
    Ok(ProviderFormPage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        cancel,
        edited,
        checked,
        kinds,
        faults,
        regions: REGIONS,
        releases,
        needed,
        make,
        printed,
        typed,
    })
}

/// Goes on to the form at an address that brings back what was typed, and to its policy there.
pub(super) fn to_policy(form: &str, query: &str) -> Response {
    Redirect::to(&format!("{form}{query}#needed")).into_response()
}
