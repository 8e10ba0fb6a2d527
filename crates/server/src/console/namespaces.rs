//! `/workspaces/{workspace}/namespaces`: which namespaces of management clusters are a workspace's.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::Action;
use commissary_core::domain::{ClusterNamespaces, NamespaceName};

use super::every;
use super::faults::Faults;
use super::flash::Message;
use super::form::Form;
use super::render::{go_and_tell, page as render, page_with_messages};
use super::shell::{Crumb, Section, Shell, Visitor};
use super::uses::{Uses, is_forced};
use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

#[derive(Template)]
#[template(path = "namespaces.html")]
struct NamespacesPage {
    shell: Shell,
    workspace: String,
    here: String,
    clusters: Vec<There>,
    may_decide: bool,
}

/// The namespaces in one cluster, or what was typed as such.
#[derive(Default)]
struct There {
    cluster: String,
    names: String,
    /// Who would lose their namespaces, as was told.
    uses: Uses,
    faults: Faults,
}

/// The page.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let brought = There::take(|field| query.brought(field));
    let brought = (!brought.cluster.is_empty()).then_some(brought);
    let template = built(&visitor, &app, &workspace, brought).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Sets those of one cluster.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::SetNamespaces, &workspace).await?;
    let sent = There::take(|field| form.take(field));
    let force = is_forced(&mut form);
    let separate = |at: char| at.is_whitespace() || at == ',';
    let each = sent.names.split(separate).filter(|name| !name.is_empty());
    let each: Vec<String> = each.map(str::to_owned).collect();
    let product = &app.commissary;
    let set = product.set_namespaces(&visitor.actor, &workspace, &sent.cluster, &each, force);
    match set.await {
        Ok(set) => {
            let told = format!("the namespaces in `{}` are saved", set.cluster);
            go_and_tell(&urls::namespaces(&workspace), &[Message::done(told)])
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let refused = There {
                uses: Uses::of(&faults.all_at("force"), force),
                faults,
                ..sent
            };
            let template = built(&visitor, &app, &workspace, Some(refused)).await?;
            render(status, &template)
        }
    }
}

async fn built(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    typed: Option<There>,
) -> Result<NamespacesPage, Problem> {
    let (product, actor) = (&app.commissary, &visitor.actor);
    let set = product.list_namespaces(actor, workspace).await?;
    let may_decide = visitor.may_in(Action::SetNamespaces, workspace).await?;
    let mut clusters: Vec<There> = match may_decide {
        false => set.iter().map(There::of).collect(),
        true => {
            let known = every::clusters(product, actor).await?;
            let named = known.iter().map(|cluster| {
                let set = set.iter().find(|there| there.cluster_id == cluster.id);
                set.map_or_else(
                    || There {
                        cluster: cluster.name.to_string(),
                        ..There::default()
                    },
                    There::of,
                )
            });
            named.collect()
        }
    };
    if let Some(typed) = typed
        && let Some(there) = clusters
            .iter_mut()
            .find(|there| there.cluster == typed.cluster)
    {
        *there = typed;
    }
    Ok(NamespacesPage {
        shell: visitor
            .shell_in(
                workspace,
                Section::Namespaces,
                vec![Crumb::here("Namespaces")],
            )
            .await?,
        workspace: workspace.to_owned(),
        here: urls::namespaces(workspace),
        clusters,
        may_decide,
    })
}

impl There {
    /// Reads the form, or what the address brings back of it: `take` gives the value of a field.
    fn take(mut take: impl FnMut(&str) -> String) -> Self {
        Self {
            cluster: take("cluster"),
            names: take("namespaces"),
            ..Self::default()
        }
    }

    fn of(set: &ClusterNamespaces) -> Self {
        let names: Vec<&str> = set.namespaces.iter().map(NamespaceName::as_str).collect();
        Self {
            cluster: set.cluster.to_string(),
            names: names.join(" "),
            ..Self::default()
        }
    }
}
