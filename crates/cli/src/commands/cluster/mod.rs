//! `commissary management-cluster`: Kubernetes clusters that run Cluster API.

mod add;
mod certificate;
mod check;
mod delete;
mod list;
mod rbac;
mod show;
mod update;
mod way;

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::Value;

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{Format, say, text};

const PATH: &str = "management-clusters";

/// What to do with management clusters.
#[derive(Debug, Subcommand)]
pub(crate) enum ClusterCommand {
    Add(add::AddArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Check(check::CheckArgs),
    Update(update::UpdateArgs),
    Delete(delete::DeleteArgs),
    Rbac(rbac::RbacArgs),
}

pub(crate) async fn run(
    command: ClusterCommand,
    server: &ServerArgs,
    output: Format,
) -> Result<ExitCode, Failure> {
    let client = || Client::connect(server);
    match command {
        ClusterCommand::Add(args) => add::run(args, &client()?, output).await,
        ClusterCommand::List(args) => list::run(args, &client()?, output).await,
        ClusterCommand::Show(args) => show::run(args, &client()?, output).await,
        ClusterCommand::Check(args) => check::run(args, &client()?, output).await,
        ClusterCommand::Update(args) => update::run(args, &client()?, output).await,
        ClusterCommand::Delete(args) => delete::run(args, &client()?).await,
        ClusterCommand::Rbac(args) => rbac::run(&args, output),
    }
}

/// What the last look found, as sentences.
fn findings(cluster: &Value) -> Vec<&str> {
    let found = cluster.pointer("/lastCheck/findings");
    let found = found.and_then(Value::as_array).into_iter().flatten();
    found.map(|finding| text(finding, "message")).collect()
}

/// How a cluster stands, in the console's words.
fn status(cluster: &Value) -> String {
    match (text(cluster, "status"), findings(cluster).len()) {
        ("ready", _) => "ready".to_owned(),
        ("notReady", 1) => "1 finding".to_owned(),
        ("notReady", count) => format!("{count} findings"),
        _ => "not checked".to_owned(),
    }
}

/// Where a cluster is, in words.
fn place(cluster: &Value) -> &str {
    match cluster
        .pointer("/connection/server")
        .and_then(Value::as_str)
    {
        Some(server) => server,
        None => "in the cluster that the server runs in",
    }
}

/// Tells what people should know about a cluster that was saved, and how it stands.
fn tell_saved(saved: &Value, done: &str, output: Format) -> Result<(), Failure> {
    let notices = saved.get("notices").and_then(Value::as_array);
    for notice in notices.into_iter().flatten() {
        say(text(notice, "message"));
    }
    output.print(saved, |saved| {
        let (name, place, status) = (text(saved, "name"), place(saved), status(saved));
        format!("the management cluster `{name}` ({place}) is {done}: {status}")
    })
}
