//! `GET /api/v1/releases/{release}/bootstrap`: what a bootstrap would make, in the words of
//! another tool. AWS is not asked, and no keys are needed.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{Region, UserWish};
use commissary_permissions::{Export, release};

use crate::api::Names;
use crate::api::bootstrap::tags_of;
use crate::api::bootstrap::wish;
use crate::api::providers::given;
use crate::api::query::{Ask, Query, Question};
use crate::describe::{Field, Operation, Tag};
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// The tools by name.
const TOOLS: [(&str, Export); 3] = [
    ("aws-cli", Export::AwsCli),
    ("cloudformation", Export::CloudFormation),
    ("terraform", Export::Terraform),
];

static TOOL: Field = Field::new("tool", "The tool that makes it.").example("aws-cli");
static FEATURE: Field = Field::new(
    "feature",
    "A feature that clusters need; as often as needed.",
)
.words(given::feature_ids);

/// What is wanted, and for which tool.
pub(crate) struct Printed {
    tool: Export,
    wish: UserWish,
    region: String,
    features: Vec<String>,
}

impl Question for Printed {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let or = |value: Option<String>, default: &str| value.unwrap_or_else(|| default.to_owned());
        let region = query.optional_text(&given::REGION)?;
        let tags = tags_of(&query.texts(&wish::TAG));
        Ok(Self {
            wish: UserWish {
                user_name: or(query.optional_text(&wish::USER_NAME)?, UserWish::USER_NAME),
                policy_name: or(
                    query.optional_text(&wish::POLICY_NAME)?,
                    UserWish::POLICY_NAME,
                ),
                path: query.optional_text(&wish::PATH)?,
                permissions_boundary: query.optional_text(&wish::PERMISSIONS_BOUNDARY)?,
                tags: tags.map_err(|fault| Problem::invalid(vec![fault]))?,
                self_check: query.flag(&wish::SELF_CHECK)?,
                node_roles: query.flag(&wish::NODE_ROLES)?,
            },
            region: or(
                region.filter(|text| !text.trim().is_empty()),
                Region::DEFAULT,
            ),
            features: query.texts(&FEATURE),
            // Last: without one nothing more is read.
            tool: query.choice(&TOOL, &TOOLS, None)?,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    let summary = "What making a user would do, in the words of another tool";
    Operation::new("releaseBootstrap", Tag::Releases, summary)
        .about("AWS is not asked, and no keys are needed.")
        .asks::<Printed>()
        .answers_text(&["text/plain; charset=utf-8"], "Commands, or a template.")
}

pub(crate) async fn release_bootstrap(
    _: SignedIn,
    Names(id): Names<String>,
    Ask(printed): Ask<Printed>,
) -> Result<Response, Problem> {
    let release = release(&id).map_err(|error| Problem::new(Code::NotFound, error.to_string()))?;
    let Printed {
        tool,
        wish,
        region,
        features,
    } = printed;
    let region = Region::parse(&region).map_err(|fault| Problem::invalid(vec![fault]))?;
    let printed = wish.printed(tool, release.id(), &features, &region);
    let text = printed.map_err(|fault| Problem::invalid(vec![fault]))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
