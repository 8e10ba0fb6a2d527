//! `GET /api/v1/releases/{release}/bootstrap`: what a bootstrap would make, in the words of
//! another tool. AWS is not asked, and no keys are needed.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::FieldError;
use commissary_core::domain::{Region, UserWish};
use commissary_permissions::{Export, release};

use crate::api::Names;
use crate::api::bootstrap::tags_of;
use crate::problem::{Code, Problem};
use crate::query::Parameters;
use crate::session::SignedIn;

/// The tools by name.
const TOOLS: [(&str, Export); 3] = [
    ("aws-cli", Export::AwsCli),
    ("cloudformation", Export::CloudFormation),
    ("terraform", Export::Terraform),
];

const KNOWN: &str = "`tool`, `userName`, `policyName`, `feature`, `region`, `path`, `permissionsBoundary`, `tag`, `selfCheck`, `nodeRoles`";

pub(crate) async fn release_bootstrap(
    _: SignedIn,
    Names(id): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let release = release(&id).map_err(|error| Problem::new(Code::NotFound, error.to_string()))?;
    let tool = query.take("tool")?.unwrap_or_default();
    let tool = TOOLS.iter().find(|(name, _)| *name == tool);
    let or = |value: Option<String>, default: &str| value.unwrap_or_else(|| default.to_owned());
    let user_name = or(query.take("userName")?, UserWish::USER_NAME);
    let policy_name = or(query.take("policyName")?, UserWish::POLICY_NAME);
    let region = or(query.take("region")?, Region::DEFAULT);
    let path = query.take("path")?;
    let permissions_boundary = query.take("permissionsBoundary")?;
    let features = query.take_all("feature");
    let tags = tags_of(&query.take_all("tag")).map_err(invalid)?;
    let self_check = flag(&mut query, "selfCheck")?;
    let node_roles = flag(&mut query, "nodeRoles")?;
    query.finish(KNOWN)?;
    let (_, tool) = tool.ok_or_else(|| {
        let names = TOOLS.map(|(name, _)| format!("`tool={name}`"));
        invalid(FieldError::new(
            "tool",
            format!("choose {}", names.join(" or ")),
        ))
    })?;
    let wish = UserWish {
        user_name,
        policy_name,
        path,
        permissions_boundary,
        tags,
        self_check,
        node_roles,
    };
    let region = Region::parse(&region).map_err(invalid)?;
    let printed = wish.printed(*tool, release.id(), &features, &region);
    let text = printed.map_err(invalid)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn flag(query: &mut Parameters, name: &str) -> Result<bool, Problem> {
    match query.take(name)?.as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => {
            let message = format!("write `{name}=true` or `{name}=false`");
            Err(invalid(FieldError::new(name, message)))
        }
    }
}

fn invalid(fault: FieldError) -> Problem {
    Problem::invalid(vec![fault])
}
