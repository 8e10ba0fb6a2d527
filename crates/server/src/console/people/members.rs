//! `/workspaces/{workspace}/people`: who has a role there; its admins decide.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::PageRequest;
use commissary_core::people::{Invitation, InvitationId, Member, WorkspaceNames};
use commissary_core::{Action, Error, NewInvitation, Role};
use uuid::Uuid;

use super::{OpenInvitation, Typed, back, invited};
use crate::api::Names;
use crate::console::every;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::forms::FORM;
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::session::Browser;
use crate::urls;

/// How many people a page shows.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage {
    shell: Shell,
    workspace: String,
    here: String,
    members: Vec<Member>,
    /// The open invitations to this workspace that the visitor can take back.
    invitations: Vec<OpenInvitation>,
    next: Option<String>,
    may_decide: bool,
    roles: [Role; 3],
    /// What was typed into the form that gives a role.
    given: Typed,
    /// What was typed into the form that invites.
    invited: Typed,
}

/// The list.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    let invites = query.brought(FORM) == "invite";
    let typed = Typed::take(|field| query.take_all(field));
    query.finish("`limit`, `cursor`, and the fields of the forms")?;
    let forms = match invites {
        true => (Typed::default(), typed),
        false => (typed, Typed::default()),
    };
    let template = built(&visitor, &app, &workspace, &request, forms).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Gives a role.
pub(crate) async fn set(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    let typed = Typed::take(|field| form.take_all(field));
    let role = typed.role()?;
    let product = &app.commissary;
    let done = product
        .set_member(&visitor.actor, &workspace, &typed.name, role)
        .await;
    match done {
        Err(Error::NotFound { what: "user", .. }) => {
            let name = typed.name.trim();
            let message = format!("there is no user `{name}`; invite them instead");
            let fault = Problem::at("name", message);
            let status = fault.status();
            let given = Typed {
                faults: Faults::of(fault)?,
                ..typed
            };
            let forms = (given, Typed::default());
            let first = PageRequest::first();
            let template = built(&visitor, &app, &workspace, &first, forms).await?;
            render(status, &template)
        }
        done => back(
            &urls::people(&workspace),
            done.map(|_| ()),
            format!("`{}` has the role {role} now", typed.name.trim()),
        ),
    }
}

/// Takes a role.
pub(crate) async fn remove(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    let name = form.take("name");
    let product = &app.commissary;
    let done = product
        .remove_member(&visitor.actor, &workspace, &name)
        .await;
    let told = format!("`{name}` has no role here any more");
    back(&urls::people(&workspace), done, told)
}

/// Invites somebody to the workspace.
pub(crate) async fn invite(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    Browser { transport, .. }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    let typed = Typed::take(|field| form.take_all(field));
    let new = NewInvitation {
        name: typed.name.clone(),
        administrator: false,
        roles: vec![(workspace.clone(), typed.role()?)],
    };
    match app.commissary.invite(&visitor.actor, new).await {
        Ok((token, made)) => {
            let invitation = made.page.items.first().ok_or(Error::NotSignedIn)?;
            let here = urls::people(&workspace);
            let way = vec![Crumb::to("People", here.clone()), Crumb::here("Invitation")];
            let shell = visitor.shell_in(&workspace, Section::Members, way).await?;
            invited(
                shell,
                (&visitor.headers, transport),
                token,
                invitation,
                &here,
            )
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let forms = (Typed::default(), Typed { faults, ..typed });
            let first = PageRequest::first();
            let template = built(&visitor, &app, &workspace, &first, forms).await?;
            render(status, &template)
        }
    }
}

/// Takes an invitation back.
pub(crate) async fn revoke(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, id)): Names<(String, Uuid)>,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    app.commissary
        .revoke_invitation(&visitor.actor, InvitationId(id))
        .await?;
    let told = Message::done("the invitation is taken back");
    go_and_tell(&urls::people(&workspace), &[told])
}

async fn built(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    request: &PageRequest,
    (given, invited): (Typed, Typed),
) -> Result<MembersPage, Problem> {
    let product = &app.commissary;
    let page = product
        .list_members(&visitor.actor, workspace, request)
        .await?;
    let may_decide = visitor.may_in(Action::ManageMembers, workspace).await?;
    let (open, names) = match may_decide {
        true => every::invitations(product, &visitor.actor).await?,
        false => (Vec::new(), WorkspaceNames::new()),
    };
    let to_here = |one: &&Invitation| {
        let mut named = one.roles.keys().filter_map(|id| names.get(id));
        named.any(|name| name.as_str() == workspace)
    };
    let here = urls::people(workspace);
    let way = vec![Crumb::here("People")];
    Ok(MembersPage {
        shell: visitor.shell_in(workspace, Section::Members, way).await?,
        workspace: workspace.to_owned(),
        next: page
            .next
            .as_ref()
            .map(|key| format!("{here}?cursor={}", cursor(key))),
        here,
        members: page.items,
        invitations: open
            .iter()
            .filter(to_here)
            .map(|one| OpenInvitation::of(one, &names))
            .collect(),
        may_decide,
        roles: Role::ALL,
        given,
        invited,
    })
}
