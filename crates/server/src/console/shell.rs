//! What stands around the pages of people who are signed in: header, workspace
//! switcher, navigation, breadcrumbs, messages.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use commissary_core::domain::PageRequest;
use commissary_core::{Action, Actor, authorize};

use super::flash::{Flash, Message};
use super::render::Base;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;
use crate::urls;

/// How many workspaces are offered where one is chosen; of more, one knows the name.
const OFFERED: u32 = 20;

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Workspaces,
    Policies,
    Providers,
    Namespaces,
    Members,
    Clusters,
    People,
    Audit,
    Account,
}

/// A step of the way to a page; the last one is the page itself.
pub(crate) struct Crumb {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}

impl Crumb {
    pub(crate) fn to(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: Some(href.into()),
        }
    }

    pub(crate) fn here(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: None,
        }
    }
}

/// A workspace that can be gone to, or chosen in a form.
pub(crate) struct Offered {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// The workspace that a page is about.
pub(crate) struct Inside {
    pub(crate) name: String,
    pub(crate) providers: String,
    pub(crate) namespaces: String,
    pub(crate) people: String,
}

/// What is shown around a page.
pub(crate) struct Shell {
    pub(crate) base: Base,
    pub(crate) version: &'static str,
    pub(crate) user: String,
    /// Whether the visitor sees what concerns the whole installation.
    pub(crate) sees_all: bool,
    pub(crate) section: Section,
    pub(crate) workspace: Option<Inside>,
    /// The audit log, as far as the visitor may read it.
    pub(crate) audit: Option<String>,
    /// The first workspaces by name that the visitor sees.
    pub(crate) offered: Vec<Offered>,
    /// Whether there are more, which are searched for and named.
    pub(crate) more_workspaces: bool,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) messages: Vec<Message>,
    /// What a form of the page carries, so that it is done once.
    pub(crate) once: String,
}

/// Somebody who is signed in and looks at a page.
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    pub(crate) headers: HeaderMap,
    flash: Flash,
    app: App,
}

impl<S> FromRequestParts<S> for Visitor
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let SignedIn(actor) = SignedIn::from_request_parts(parts, state).await?;
        let Ok(flash) = Flash::from_request_parts(parts, state).await;
        Ok(Self {
            actor,
            headers: parts.headers.clone(),
            flash,
            app: App::from_ref(state),
        })
    }
}

impl Visitor {
    /// Goes on if the visitor may do `action`, which concerns no workspace.
    pub(crate) fn must(&self, action: Action) -> Result<(), Problem> {
        Ok(authorize(&self.actor, action, None)?)
    }

    /// Goes on if the visitor may do `action` in a workspace: a form is for whoever
    /// may send it, and what is wrong in one is told to nobody else.
    pub(crate) async fn must_in(&self, action: Action, workspace: &str) -> Result<(), Problem> {
        let product = &self.app.commissary;
        Ok(product.may_in(&self.actor, action, workspace).await?)
    }

    /// Whether the visitor may do `action` in a workspace that they see.
    pub(crate) async fn may_in(&self, action: Action, workspace: &str) -> Result<bool, Problem> {
        match self.must_in(action, workspace).await {
            Ok(()) => Ok(true),
            Err(problem) if problem.code == Code::Forbidden => Ok(false),
            Err(problem) => Err(problem),
        }
    }

    /// The shell of a page outside any workspace.
    pub(crate) async fn shell(
        &self,
        section: Section,
        crumbs: Vec<Crumb>,
    ) -> Result<Shell, Problem> {
        self.build(section, None, crumbs).await
    }

    /// The shell of a page inside a workspace; `crumbs` follow the workspace's own.
    pub(crate) async fn shell_in(
        &self,
        workspace: &str,
        section: Section,
        crumbs: Vec<Crumb>,
    ) -> Result<Shell, Problem> {
        let mut way = vec![Crumb::to(workspace, urls::providers(workspace))];
        way.extend(crumbs);
        self.build(section, Some(workspace), way).await
    }

    async fn build(
        &self,
        section: Section,
        workspace: Option<&str>,
        crumbs: Vec<Crumb>,
    ) -> Result<Shell, Problem> {
        let known = self
            .app
            .commissary
            .list_workspaces(&self.actor, None, &PageRequest::new(OFFERED, None))
            .await?;
        let offered = known.items.iter().map(|known| Offered {
            name: known.name.to_string(),
            href: urls::providers(known.name.as_str()),
            current: workspace == Some(known.name.as_str()),
        });
        Ok(Shell {
            base: Base::of(&self.app),
            version: self.app.options.version,
            user: self.actor.name().to_owned(),
            sees_all: self.actor.rights().is_administrator(),
            section,
            workspace: workspace.map(|name| Inside {
                name: name.to_owned(),
                providers: urls::providers(name),
                namespaces: urls::namespaces(name),
                people: urls::people(name),
            }),
            audit: self.audit_log(workspace).await?,
            offered: offered.collect(),
            more_workspaces: known.next.is_some(),
            crumbs,
            messages: self.flash.0.clone(),
            once: self.app.commissary.request_id().simple().to_string(),
        })
    }

    /// The audit log as far as the visitor may read it: the whole, or that of a workspace.
    async fn audit_log(&self, workspace: Option<&str>) -> Result<Option<String>, Problem> {
        if self.actor.rights().is_administrator() {
            return Ok(Some(urls::audit_log(None)));
        }
        let Some(here) = workspace else {
            return Ok(None);
        };
        let reads = self.may_in(Action::ReadWorkspaceAudit, here).await?;
        Ok(reads.then(|| urls::audit_log(workspace)))
    }
}
