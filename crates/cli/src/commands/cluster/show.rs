//! `commissary management-cluster show`.

use std::process::ExitCode;

use serde_json::Value;

use super::{PATH, findings, place, status};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, moment, table, text};

/// Show a management cluster with what the last look at it found.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// Its name.
    name: String,
}

pub(super) async fn run(
    args: ShowArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let shown = client.get(&[PATH, &args.name]).await?;
    output.print(&shown, for_people)?;
    Ok(ExitCode::SUCCESS)
}

/// The facts, then what stands in the way.
pub(super) fn for_people(cluster: &Value) -> String {
    let at = |pointer: &str| {
        let found = cluster.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    let kinds = cluster
        .pointer("/lastCheck/kinds")
        .and_then(Value::as_array);
    let kinds: Vec<String> = kinds.into_iter().flatten().filter_map(served).collect();
    let fields = [
        ("name", text(cluster, "name").to_owned()),
        ("status", status(cluster)),
        ("server", place(cluster).to_owned()),
        ("context", at("/connection/context")),
        ("capa namespace", text(cluster, "capaNamespace").to_owned()),
        ("sealing certificate", at("/sealingCertificate/fingerprint")),
        ("good until", moment(&at("/sealingCertificate/expiresAt"))),
        ("version", at("/lastCheck/version")),
        ("kinds", kinds.join(", ")),
        ("last check", moment(&at("/lastCheck/at"))),
        ("created", moment(text(cluster, "createdAt"))),
    ];
    let known = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = known.map(|(field, value)| vec![field.to_owned(), value]);
    let mut shown = table(&["field", "value"], rows.collect(), "");
    for (number, finding) in findings(cluster).iter().enumerate() {
        let before = if number == 0 { "\n\n" } else { "\n" };
        shown.push_str(&format!("{before}- {finding}"));
    }
    shown
}

/// A kind and the versions that it is served in; nothing where it is not.
fn served(kind: &Value) -> Option<String> {
    let versions = kind.get("versions").and_then(Value::as_array)?;
    let versions: Vec<&str> = versions.iter().filter_map(Value::as_str).collect();
    (!versions.is_empty()).then(|| format!("{} {}", text(kind, "kind"), versions.join(" ")))
}
