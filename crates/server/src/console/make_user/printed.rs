//! `…/make-a-user/with-another-tool`: the same in the words of other tools. No keys are needed.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::FieldError;
use commissary_core::domain::{Region, UserWish};
use commissary_permissions::Export;

use super::form::{Typed, label};
use super::page::shell;
use crate::api::Names;
use crate::console::choices::{REGIONS, ReleaseChoice, release_choices};
use crate::console::faults::Faults;
use crate::console::render::page as render;
use crate::console::shell::{Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

/// The tools: what stands for each in the page, its title, what to do with the text.
const TOOLS: [(&str, &str, &str, Export); 3] = [
    (
        "aws-cli",
        "AWS CLI",
        "A shell script; run twice, it finds what is there",
        Export::AwsCli,
    ),
    (
        "cloudformation",
        "CloudFormation",
        "A template in JSON",
        Export::CloudFormation,
    ),
    (
        "terraform",
        "Terraform",
        "Resources in HCL",
        Export::Terraform,
    ),
];

struct Printed {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    text: String,
}

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
    mut query: Parameters,
) -> Result<Response, Problem> {
    app.commissary
        .show_workspace(&visitor.actor, &workspace)
        .await?;
    // Without a choice, what most people want.
    let typed = match query.is_empty() {
        true => Typed::default(),
        false => Typed::read(|name| query.take_all(name)),
    };
    let (tools, faults) = match printed(&typed) {
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

fn printed(typed: &Typed) -> Result<Vec<Printed>, Problem> {
    let invalid = |fault: FieldError| Problem::invalid(vec![fault]);
    let wish: UserWish = typed.wish()?;
    let region = Region::parse(&typed.region).map_err(invalid)?;
    let features = typed.features.clone().unwrap_or_default();
    let tools = TOOLS.into_iter().map(|(id, title, about, tool)| {
        let text = wish.printed(tool, &typed.release, &features, &region);
        Ok(Printed {
            id,
            title,
            about,
            text: text.map_err(invalid)?,
        })
    });
    tools.collect()
}
