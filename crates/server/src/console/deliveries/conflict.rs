//! `…/deliveries/{cluster}/conflict`: what somebody else made there is taken over, or left alone
//! and the provider delivered under another name.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::domain::Provider;
use commissary_core::{Action, DeliveryOrder, DeliveryStatus, FieldError};

use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::Form;
use crate::console::prose::{Prose, prose};
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::query::Parameters;
use crate::urls;

#[derive(Template)]
#[template(path = "conflict.html")]
struct ConflictPage {
    shell: Shell,
    cluster: String,
    identity: String,
    why: Option<Prose>,
    /// Whether it can still be called otherwise: nothing of it was delivered.
    may_rename: bool,
    typed: String,
    faults: Faults,
    back: String,
}

/// What one decides about.
struct About {
    workspace: String,
    provider: Provider,
    status: DeliveryStatus,
}

impl About {
    async fn of(
        visitor: &Visitor,
        app: &App,
        (workspace, name, cluster): (String, String, String),
    ) -> Result<Self, Problem> {
        visitor.must_in(Action::DeliverProvider, &workspace).await?;
        let (product, actor) = (&app.commissary, &visitor.actor);
        let provider = product.show_provider(actor, &workspace, &name).await?;
        let all = product.list_deliveries(actor, &workspace, &name).await?;
        let mut there = all.into_iter();
        let status = there.find(|one| one.cluster.as_str().eq_ignore_ascii_case(&cluster));
        let status = status.ok_or_else(|| {
            let detail =
                format!("the provider is not delivered to a management cluster `{cluster}`");
            Problem::new(Code::NotFound, detail)
        })?;
        Ok(Self {
            workspace,
            provider,
            status,
        })
    }

    fn back(&self) -> String {
        urls::places(&self.workspace, self.provider.name.as_str())
    }
}

/// The choice; where nothing stands in the way, the page that says how it stands.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(names): Names<(String, String, String)>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let about = About::of(&visitor, &app, names).await?;
    if !about.status.delivery.is_in_conflict() {
        let told = format!("nothing stands in the way in `{}`", about.status.cluster);
        return go_and_tell(&about.back(), &[Message::done(told)]);
    }
    let typed = query.brought("identityName");
    let template = asking(&visitor, &about, (typed, Faults::default())).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Does what was chosen.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(names): Names<(String, String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let about = About::of(&visitor, &app, names).await?;
    let cluster = &about.status.cluster;
    let typed = form.take("identityName");
    let (order, told) = match form.take("do").as_str() {
        "adopt" => (
            DeliveryOrder {
                cluster: cluster.to_string(),
                identity_name: None,
                adopt: true,
            },
            format!("what is in `{cluster}` under that name is taken over"),
        ),
        _ if typed.trim().is_empty() => {
            let fault = FieldError::new("identityName", "type another name");
            let faults = Faults::of_one(Some(fault));
            let template = asking(&visitor, &about, (typed, faults)).await?;
            return render(StatusCode::UNPROCESSABLE_ENTITY, &template);
        }
        _ => (
            DeliveryOrder {
                cluster: cluster.to_string(),
                identity_name: Some(typed.clone()),
                adopt: false,
            },
            format!("it is delivered to `{cluster}` as `{}`", typed.trim()),
        ),
    };
    let (product, provider) = (&app.commissary, about.provider.name.as_str());
    let ordered = product.order_delivery(&visitor.actor, &about.workspace, provider, order);
    match ordered.await {
        Ok(_) => go_and_tell(&about.back(), &[Message::done(told)]),
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let template = asking(&visitor, &about, (typed, faults)).await?;
            render(status, &template)
        }
    }
}

async fn asking(
    visitor: &Visitor,
    about: &About,
    (typed, faults): (String, Faults),
) -> Result<ConflictPage, Problem> {
    let (workspace, name) = (about.workspace.as_str(), about.provider.name.as_str());
    let delivery = &about.status.delivery;
    let way = vec![
        Crumb::to("Infrastructure Providers", urls::providers(workspace)),
        Crumb::to(name, urls::provider(workspace, name)),
        Crumb::here("Take over"),
    ];
    Ok(ConflictPage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        cluster: about.status.cluster.to_string(),
        identity: delivery.identity.to_string(),
        why: delivery.failure.as_ref().map(|last| prose(&last.why)),
        may_rename: delivery.delivered.is_none(),
        typed,
        faults,
        back: about.back(),
    })
}
