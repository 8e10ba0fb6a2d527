//! Who asks, and what is asked about.

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Request, header};
use commissary_core::domain::{CheckId, PageRequest};
use commissary_core::people::{InvitationId, Rights, Session, TokenId, Who};
use commissary_core::{
    Actor, NewAccess, NewApiToken, NewCluster, NewInvitation, Origin, Role, Verify,
};

use super::table::{Row, Send};
use crate::support::{Answer, Caller, World, come, root};

/// The roles, in the order of the table's rules.
pub(super) const COLUMNS: [Column; 8] = [
    Column::Nobody,
    Column::NoRole,
    Column::Viewer,
    Column::Operator,
    Column::Admin,
    Column::OtherAdmin,
    Column::Global,
    Column::Reader,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Nobody,
    NoRole,
    Viewer,
    Operator,
    Admin,
    /// The admin of another workspace.
    OtherAdmin,
    Global,
    /// A global administrator's token that only reads.
    Reader,
}

/// The sessions and the token by which they are known.
pub(super) struct People {
    sessions: Vec<String>,
    global: Actor,
    target: Session,
    stylesheet: String,
}

/// What only the person called `target` has.
pub(super) struct Targets {
    check: CheckId,
    invitation: InvitationId,
    token: TokenId,
    /// What the column of the reader presents; it may end with the request.
    reader: String,
}

async fn invited(world: &World, name: &str, administrator: bool, roles: &[(&str, Role)]) -> String {
    let new = NewInvitation {
        name: name.to_owned(),
        administrator,
        roles: roles
            .iter()
            .map(|(at, role)| ((*at).to_owned(), *role))
            .collect(),
    };
    come(world, new).await
}

/// Everybody of the table comes and signs in.
pub(super) async fn arrive(world: &World) -> People {
    let product = &world.product;
    product.create_workspace(&root(), "team-b").await.unwrap();
    let cluster = NewCluster {
        name: "capi".to_owned(),
        access: NewAccess::InCluster,
        capa_namespace: None,
        sealing_certificate: None,
        verify: Verify::Later,
    };
    product.add_cluster(&root(), cluster).await.unwrap();
    let mut sessions = vec![String::new()];
    for (name, administrator, roles) in [
        ("norole", false, vec![]),
        ("viewer", false, vec![("team-a", Role::Viewer)]),
        ("operator", false, vec![("team-a", Role::Operator)]),
        ("teamadmin", false, vec![("team-a", Role::Admin)]),
        ("otheradmin", false, vec![("team-b", Role::Admin)]),
        ("global", true, vec![]),
    ] {
        sessions.push(invited(world, name, administrator, &roles).await);
    }
    let global = product
        .actor_of_session(sessions.last().unwrap(), Origin::at("test"))
        .await
        .unwrap();
    let target = invited(world, "target", false, &[]).await;
    let target = product
        .actor_of_session(&target, Origin::at("test"))
        .await
        .unwrap();
    let target = product.list_sessions(&target).await.unwrap().remove(0);
    let page = world.as_caller(Caller::Nobody, "GET", "/sign-in").await;
    let stylesheet = page.body.split("/assets/").nth(1).unwrap();
    let stylesheet = stylesheet.split('"').next().unwrap();
    People {
        sessions,
        global,
        target,
        stylesheet: stylesheet.to_owned(),
    }
}

impl People {
    /// Makes anew what a request may destroy.
    pub(super) async fn targets(&self, world: &World, unique: &str) -> Targets {
        let product = &world.product;
        product
            .set_member(&root(), "team-a", "target", Role::Viewer)
            .await
            .unwrap();
        let new = NewInvitation {
            name: format!("invited {unique} {}", product.request_id()),
            administrator: false,
            roles: Vec::new(),
        };
        let (_, invited) = product.invite(&root(), new).await.unwrap();
        let target = Actor::new(
            Who::User {
                id: self.target.user_id,
                name: "target".to_owned(),
                session: self.target.id,
            },
            Rights::none(),
            Origin::at("test"),
        );
        let new = NewApiToken {
            name: format!("{unique} {}", product.request_id()),
            ..NewApiToken::default()
        };
        let (_, made) = product.create_token(&target, new).await.unwrap();
        let new = NewApiToken {
            name: format!("reader {unique} {}", product.request_id()),
            read_only: true,
            ..NewApiToken::default()
        };
        let (reader, _) = product.create_token(&self.global, new).await.unwrap();
        let page = PageRequest::first();
        let checks = product.list_checks(&root(), "team-a", "prod", &page).await;
        Targets {
            check: checks.unwrap().items[0].id,
            invitation: invited.page.items[0].id,
            token: made.page.items[0].id,
            reader: reader.hand_over().to_string(),
        }
    }

    pub(super) fn request(
        &self,
        world: &World,
        column: Column,
        row: &Row,
        unique: &str,
        targets: &Targets,
    ) -> Request<Body> {
        let id = match row.path {
            path if path.contains("/invitations/") => targets.invitation.0,
            path if path.contains("/tokens/") => targets.token.0,
            _ => self.target.id.0,
        };
        let path = row
            .path
            .replace("{workspace}", "team-a")
            .replace("{name}", "prod")
            .replace("{cluster}", "capi")
            .replace("{check}", &targets.check.to_string())
            .replace("{user}", "target")
            .replace("{id}", &id.to_string())
            .replace("{release}", "kommander-2.2")
            .replace("{file}", &self.stylesheet);
        let mut request = world.request(Caller::Nobody, row.method, &path);
        if row.method == "PATCH" {
            request = request.header(header::IF_MATCH, "*");
        }
        request = self.by(column, targets, request);
        let (media_type, text) = match row.send {
            Send::Nothing => return request.body(Body::empty()).unwrap(),
            Send::Json(text) => ("application/json", text),
            Send::Form(text) => ("application/x-www-form-urlencoded", text),
        };
        let text = text.replace("{n}", unique);
        request
            .header(header::CONTENT_TYPE, media_type)
            .body(Body::from(text))
            .unwrap()
    }

    pub(super) async fn ask(
        &self,
        world: &World,
        column: Column,
        row: &Row,
        unique: &str,
        targets: &Targets,
    ) -> Answer {
        let request = self.request(world, column, row, unique, targets);
        let answer = world.send(request).await;
        let to = answer.header("location");
        if !to.contains("?kept=") {
            return answer;
        }
        // What a form was answered with is looked at by whoever sent it.
        let page = world.request(Caller::Nobody, "GET", to);
        let page = self.by(column, targets, page).body(Body::empty());
        world.send(page.unwrap()).await
    }

    fn by(&self, column: Column, targets: &Targets, request: Builder) -> Builder {
        match column {
            Column::Nobody => request,
            Column::Reader => {
                request.header(header::AUTHORIZATION, format!("Bearer {}", targets.reader))
            }
            signed_in => {
                let session = &self.sessions[signed_in as usize];
                request
                    .header(header::COOKIE, format!("commissary-session={session}"))
                    .header("sec-fetch-site", "same-origin")
            }
        }
    }
}
