//! The people of the installation and of a workspace.

mod list;
mod members;
mod user;

use std::collections::BTreeMap;

use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use commissary_core::Role;
use commissary_core::domain::WorkspaceId;
use commissary_core::people::{Invitation, NewToken, WorkspaceNames};

use super::faults::Faults;
use super::flash::Message;
use super::form::not_whole;
use super::moment::Moment;
use super::render::{go_and_tell, page_once};
use super::shell::{Section, Shell};
use crate::problem::{Code, Problem};
use crate::session::Transport;
use crate::urls;

pub(crate) use list::{invite, page, revoke};
pub(crate) use members::{
    invite as invite_member, page as members_page, remove as remove_member,
    revoke as revoke_member_invitation, set as set_member,
};
pub(crate) use user::{delete as delete_user, edit as edit_user, page as user_page};

/// A role that somebody has in a workspace.
pub(crate) struct Given {
    pub(crate) workspace: String,
    pub(crate) role: Role,
}

impl Given {
    /// The roles by the name of the workspace.
    pub(crate) fn each(roles: &BTreeMap<WorkspaceId, Role>, names: &WorkspaceNames) -> Vec<Self> {
        let given = |(id, role): (&WorkspaceId, &Role)| {
            Some(Self {
                workspace: names.get(id)?.to_string(),
                role: *role,
            })
        };
        let mut given: Vec<Self> = roles.iter().filter_map(given).collect();
        given.sort_by(|one, other| one.workspace.cmp(&other.workspace));
        given
    }
}

/// What is told of it afterwards.
const AFTERWARDS: &str = "the link of the invitation was shown already, and is shown once; if nobody has it, take the invitation back here and invite again";

/// An invitation that nobody followed yet.
struct OpenInvitation {
    id: String,
    name: String,
    administrator: bool,
    roles: Vec<Given>,
    invited_by: String,
    expires: Moment,
}

impl OpenInvitation {
    fn of(one: &Invitation, names: &WorkspaceNames) -> Self {
        Self {
            id: one.id.0.to_string(),
            name: one.name.clone(),
            administrator: one.administrator,
            roles: Given::each(&one.roles, names),
            invited_by: one.invited_by.clone(),
            expires: Moment::of(one.expires_at),
        }
    }
}

/// What is told once: the link of an invitation that was just made.
#[derive(Template)]
#[template(path = "invited.html")]
struct InvitedPage<'a> {
    shell: Shell,
    name: &'a str,
    link: String,
    expires: Moment,
    back: &'a str,
}

fn invited(
    shell: Shell,
    (headers, transport): (&HeaderMap, Transport),
    token: NewToken,
    invitation: &Invitation,
    back: &str,
) -> Result<Response, Problem> {
    let scheme = match transport {
        Transport::Tls => "https",
        Transport::Clear => "http",
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let path = urls::invitation(&token.hand_over());
    let template = InvitedPage {
        shell,
        name: &invitation.name,
        link: format!("{scheme}://{}{path}", host.unwrap_or_default()),
        expires: Moment::of(invitation.expires_at),
        back,
    };
    page_once(&template, AFTERWARDS)
}

/// Goes back after something without a form of its own, telling how it went.
fn back(
    to: &str,
    done: Result<(), commissary_core::Error>,
    told: String,
) -> Result<Response, Problem> {
    match done {
        Ok(()) => go_and_tell(to, &[Message::done(told)]),
        Err(error) => {
            let problem = Problem::from(error);
            match problem.code {
                Code::Conflict | Code::NotFound | Code::InvalidInput => {
                    go_and_tell(to, &[Message::attention(problem.detail)])
                }
                _ => Err(problem),
            }
        }
    }
}

/// The faults of a form and what was typed into it.
#[derive(Default)]
struct Typed {
    name: String,
    administrator: bool,
    /// The roles as the form names them; more, as they were typed.
    roles: Vec<String>,
    other_roles: String,
    faults: Faults,
}

impl Typed {
    /// Reads a form, or what the address brings back of one: `take` gives every value of a field.
    fn take(mut take: impl FnMut(&str) -> Vec<String>) -> Self {
        Self {
            name: take("name").pop().unwrap_or_default(),
            administrator: !take("administrator").is_empty(),
            roles: take("role"),
            other_roles: take("otherRoles").pop().unwrap_or_default(),
            faults: Faults::default(),
        }
    }

    /// The role, of a form that asks for one.
    fn role(&self) -> Result<Role, Problem> {
        let chosen = self.roles.first().and_then(|role| Role::parse(role));
        chosen.ok_or_else(not_whole)
    }

    /// Whether a role is chosen.
    fn has(&self, role: &Role) -> bool {
        self.roles
            .iter()
            .any(|chosen| Role::parse(chosen) == Some(*role))
    }

    /// Whether a role in a workspace is.
    fn has_in(&self, workspace: &str, role: &Role) -> bool {
        let named = format!("{role} {workspace}");
        self.roles.contains(&named)
    }
}
