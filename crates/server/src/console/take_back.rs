//! `…/take-a-user-back`: what a bootstrap made in an account goes, and, if that is wanted, the
//! provider that has its key.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::domain::{Planned, Provider, Region, UserWish};
use commissary_core::ports::Silent;
use commissary_core::{Action, Removal, UserToGo};

use super::choices::REGIONS;
use super::faults::Faults;
use super::flash::Message;
use super::form::{Form, shown_again};
use super::make_user::{PlanShown, lent, told_lines};
use super::render::{go_and_tell, page as render, page_with_messages};
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::{running, urls};

/// The labels of the fields, by their JSON names.
const LABELS: [(&str, &str); 7] = [
    ("administrator.accessKeyId", "Access key"),
    ("administrator.secretAccessKey", "Secret key"),
    ("administrator.sessionToken", "Session token"),
    ("userName", "User name"),
    ("policyName", "Policy name"),
    ("region", "Region"),
    ("confirm", "The user’s name"),
];

/// What the form shows again; no secret is among it.
struct Typed {
    access_key_id: String,
    temporary: bool,
    user_name: String,
    policy_name: String,
    region: String,
    /// The provider that the user's key is kept as, where one came from it.
    provider: String,
    /// Whether the provider is to go as well.
    delete: bool,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            access_key_id: String::new(),
            temporary: false,
            user_name: UserWish::USER_NAME.to_owned(),
            policy_name: UserWish::POLICY_NAME.to_owned(),
            region: Region::DEFAULT.to_owned(),
            provider: String::new(),
            delete: true,
        }
    }
}

impl Typed {
    /// Reads the form, or what the address brings back of it: `take` gives the value of a field.
    fn take(mut take: impl FnMut(&str) -> String) -> Self {
        Self {
            access_key_id: shown_again(&take("administrator.accessKeyId")),
            temporary: false,
            user_name: take("userName"),
            policy_name: take("policyName"),
            region: take("region"),
            provider: take("provider"),
            delete: take("deleteProvider") == "yes",
        }
    }

    /// What is known of the user whose key a provider has.
    fn of(provider: &Provider) -> Self {
        let user = provider.identity.as_ref().and_then(|who| who.user_name());
        Self {
            user_name: user.unwrap_or_default().to_owned(),
            region: provider.region.to_string(),
            provider: provider.name.to_string(),
            ..Self::default()
        }
    }
}

#[derive(Template)]
#[template(path = "take_back.html")]
struct TakeBackPage {
    shell: Shell,
    cancel: String,
    typed: Typed,
    faults: Faults,
    plan: Option<PlanShown>,
    regions: [&'static str; 12],
}

impl TakeBackPage {
    fn label(&self, field: &str) -> &'static str {
        let found = LABELS.iter().find(|(name, _)| *name == field);
        found.map_or("This form", |(_, label)| label)
    }

    fn token_open(&self) -> bool {
        self.typed.temporary || self.faults.at("administrator.sessionToken").is_some()
    }

    /// Whether what was shown can be taken back.
    fn can_go(&self) -> bool {
        let planned = self.plan.as_ref().is_some_and(|plan| plan.changes);
        planned || self.faults.at("confirm").is_some()
    }
}

/// The form; from a provider's page with what is known of its user.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    visitor.must_in(Action::DeleteProvider, &workspace).await?;
    let product = &app.commissary;
    let brought = Typed::take(|field| query.brought(field));
    query.finish("`provider`, and the fields of the form")?;
    let typed = if !brought.user_name.is_empty() {
        brought
    } else if brought.provider.is_empty() {
        Typed::default()
    } else {
        let name = &brought.provider;
        let provider = product
            .show_provider(&visitor.actor, &workspace, name)
            .await?;
        Typed::of(&provider)
    };
    let template = shown(&visitor, &workspace, typed, Faults::default(), None).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Shows what would go; or takes it back and goes on to the providers.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let (administrator, access_key_id, temporary) = lent(&mut form);
    let typed = Typed {
        access_key_id,
        temporary,
        ..Typed::take(|field| form.take(field))
    };
    let user = UserToGo {
        administrator,
        region: Some(typed.region.clone()),
        user_name: typed.user_name.clone(),
        policy_name: typed.policy_name.clone(),
    };
    let confirmation = (form.take("do") == "undo").then(|| form.take("confirm"));
    let done = {
        let (product, actor) = (app.commissary.clone(), visitor.actor.clone());
        let (workspace, confirmation) = (workspace.clone(), confirmation.clone());
        running::to_its_end(async move {
            Ok(match confirmation {
                None => product.plan_undo(&actor, &workspace, user).await?,
                Some(typed) => {
                    let gone = product
                        .take_user_back(&actor, &workspace, user, &typed, &Silent)
                        .await?;
                    gone.planned
                }
            })
        })
        .await
    };
    match (done, confirmation) {
        (Ok(_), Some(_)) => gone(&visitor, &app, &workspace, &typed).await,
        (Ok(planned), None) => {
            let faults = Faults::default();
            let plan = Some(planned);
            let template = shown(&visitor, &workspace, typed, faults, plan).await?;
            render(StatusCode::OK, &template)
        }
        (Err(problem), _) => {
            let (status, faults) = Faults::with_status(problem)?;
            let template = shown(&visitor, &workspace, typed, faults, None).await?;
            render(status, &template)
        }
    }
}

/// The provider goes if that was wanted, and the list tells what became of it all.
async fn gone(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    typed: &Typed,
) -> Result<Response, Problem> {
    let user = typed.user_name.trim();
    let mut messages = vec![Message::done(format!(
        "what a bootstrap made for the user `{user}` is taken back"
    ))];
    let name = &typed.provider;
    if !name.is_empty() {
        let deleted = match typed.delete {
            true => {
                let product = &app.commissary;
                let deleted = product
                    .delete_provider(&visitor.actor, workspace, name, &Removal::typed(name))
                    .await;
                deleted.map_err(Problem::from)
            }
            false => Ok(()),
        };
        messages.push(match (deleted, typed.delete) {
            (Ok(()), true) => {
                Message::done(format!("the infrastructure provider `{name}` is deleted"))
            }
            (Ok(()), false) => Message::attention(format!(
                "the infrastructure provider `{name}` stays; a key of that user does not work any more"
            )),
            (Err(problem), _) => Message::attention(format!(
                "the infrastructure provider `{name}` is not deleted: {}",
                problem.detail
            )),
        });
    }
    go_and_tell(&urls::providers(workspace), &messages)
}

async fn shown(
    visitor: &Visitor,
    workspace: &str,
    typed: Typed,
    faults: Faults,
    plan: Option<Planned>,
) -> Result<TakeBackPage, Problem> {
    let list = urls::providers(workspace);
    let way = vec![
        Crumb::to("Infrastructure Providers", list.clone()),
        Crumb::here("Take a user back"),
    ];
    Ok(TakeBackPage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        cancel: match typed.provider.as_str() {
            "" => list,
            name => urls::provider(workspace, name),
        },
        typed,
        faults,
        plan: plan.as_ref().map(told_lines),
        regions: REGIONS,
    })
}
