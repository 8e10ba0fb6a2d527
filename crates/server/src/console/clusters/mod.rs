//! Management clusters: the list, the form, the page of one.

mod change;
mod delete;
mod form;
mod list;
mod new;
mod show;

use axum::response::Response;
use commissary_core::ClusterSaved;
use commissary_core::domain::{Connection, ManagementCluster};

use super::flash::Message;
use super::render::go_and_tell;
use super::shell::{Crumb, Section, Shell, Visitor};
use super::status::StatusWords;
use crate::problem::Problem;
use crate::urls;

pub(crate) use change::{page as edit_page, submit as edit_cluster};
pub(crate) use delete::{page as delete_page, submit as delete_cluster};
pub(crate) use list::page;
pub(crate) use new::{page as new_page, submit as new_cluster};
pub(crate) use show::{check as check_cluster, page as cluster_page};

const LIST: &str = "Management clusters";

/// Where a cluster is, in words.
fn place(connection: &Connection) -> &str {
    match connection {
        Connection::Kubeconfig { server, .. } => server,
        Connection::InCluster => "where the server runs",
    }
}

/// The way to the pages of one.
fn way(cluster: &ManagementCluster, here: &str) -> Vec<Crumb> {
    let name = cluster.name.as_str();
    vec![
        Crumb::to(LIST, urls::CLUSTERS),
        Crumb::to(name, urls::cluster(name)),
        Crumb::here(here),
    ]
}

/// Goes on to the page of one that was saved, with what is to be told over what it shows anyway.
fn go_to_saved(saved: &ClusterSaved) -> Result<Response, Problem> {
    let name = &saved.cluster.name;
    let mut messages = vec![Message::done(format!(
        "the management cluster `{name}` is saved"
    ))];
    if saved.cluster.last_look.is_none() {
        let notices = saved.notices.iter();
        messages.extend(notices.map(|notice| Message::attention(notice.message.clone())));
    }
    go_and_tell(&urls::cluster(name.as_str()), &messages)
}
