//! `commissary user disable`, `enable` and `role`.

use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::json;

use super::PATH;
use super::list::row;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, table};

/// What a user is in the whole installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GlobalRole {
    /// A global administrator: may do everything everywhere.
    Administrator,
    /// Somebody with roles in single workspaces only.
    Member,
}

/// What is changed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edit {
    Disable,
    Enable,
    Promote,
    Demote,
}

pub(super) async fn run(
    name: &str,
    edit: Edit,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let body = match edit {
        Edit::Disable => json!({"disabled": true}),
        Edit::Enable => json!({"disabled": false}),
        Edit::Promote => json!({"administrator": true}),
        Edit::Demote => json!({"administrator": false}),
    };
    let user = client.patch(&[PATH, name], &body).await?;
    output.print(&user, |user| {
        table(&["name", "may do", "sign-in", "since"], vec![row(user)], "")
    })?;
    Ok(ExitCode::SUCCESS)
}
