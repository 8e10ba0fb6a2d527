//! `…/make-a-user/with-another-tool`: the same in the words of other tools. No keys are needed.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::FieldError;
use commissary_core::domain::Region;

use super::form::{Typed, label};
use super::page::shell;
use crate::api::Names;
use crate::console::choices::{REGIONS, ReleaseChoice, release_choices};
use crate::console::faults::Faults;
use crate::console::policy::{Printed, printed};
use crate::console::render::page as render;
use crate::console::shell::{Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

#[derive(Template)]
#[template(path = "printed_user.html")]
struct PrintedPage {
    shell: Shell,
    here: String,
    make: String,
    add: String,
    typed: Typed,
    faults: Faults,
    tools: Vec<Printed>,
    regions: [&'static str; 12],
    releases: Vec<ReleaseChoice>,
}

impl PrintedPage {
    fn label(&self, field: &str) -> &'static str {
        label(field)
    }

    fn is_open(&self, field: &str) -> bool {
        self.faults.at(field).is_some()
    }

    fn has_options(&self) -> bool {
        self.typed.has_options()
            || ["path", "permissionsBoundary", "tags"]
                .iter()
                .any(|field| self.is_open(field))
    }
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    query: Parameters,
) -> Result<Response, Problem> {
    app.commissary
        .show_workspace(&visitor.actor, &workspace)
        .await?;
    let typed = Typed::of_query(query);
    let (tools, faults) = match in_all_tools(&typed) {
        Ok(tools) => (tools, Faults::default()),
        Err(problem) => (Vec::new(), Faults::of(problem)?),
    };
    let status = match faults.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let template = PrintedPage {
        shell: shell(&visitor, &workspace).await?,
        here: urls::printed_user(&workspace),
        make: urls::make_user(&workspace),
        add: urls::new_provider(&workspace),
        faults,
        tools,
        regions: REGIONS,
        releases: release_choices(&typed.release, typed.features.as_deref()),
        typed,
    };
    render(status, &template)
}

fn in_all_tools(typed: &Typed) -> Result<Vec<Printed>, Problem> {
    let invalid = |fault: FieldError| Problem::invalid(vec![fault]);
    let region = Region::parse(&typed.region).map_err(invalid)?;
    let features = match typed.features.as_deref() {
        Some(_) => typed.chosen()?,
        // Another release than the form showed: what most people want of it.
        None => Vec::new(),
    };
    printed(&typed.wish()?, &typed.release, &features, &region).map_err(invalid)
}
