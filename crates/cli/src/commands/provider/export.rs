//! `commissary provider export`.

use std::process::ExitCode;

use commissary_core::domain::ManagementCluster;
use serde_json::{Value, json};

use super::provider;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, print_text};

/// Print what a management cluster would have of a provider, as manifests without the secret.
///
/// This is for repositories that something else applies from; where Commissary delivers the
/// provider itself it is not needed. The identity is printed as it would be delivered, and its
/// Secret as a comment with places for what is secret.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary provider export prod --workspace team-a --format kubernetes > prod.yaml
  commissary provider export prod --workspace team-a --management-cluster capi-eu
  commissary provider export prod --workspace team-a --namespace team-a --capa-namespace capa")]
pub(super) struct ExportArgs {
    /// Its name.
    name: String,
    /// What reads them.
    #[arg(long, value_enum, default_value_t)]
    format: Reader,
    /// The management cluster they are for [default: the only one where the workspace has
    /// namespaces].
    #[arg(long, value_name = "NAME")]
    management_cluster: Option<String>,
    /// A namespace that may use the provider, in place of those that the workspace has there; more
    /// than once if need be.
    #[arg(long = "namespace", value_name = "NAME")]
    namespaces: Vec<String>,
    /// The namespace of CAPA's manager [default: that of the management cluster].
    #[arg(long, value_name = "NAMESPACE")]
    capa_namespace: Option<String>,
    /// The version of CAPA's kinds [default: the newest that the management cluster serves].
    #[arg(long, value_name = "VERSION", value_parser = ManagementCluster::CAPA_VERSIONS)]
    api_version: Option<String>,
    /// What the identity and its Secret are called [default: WORKSPACE-NAME].
    #[arg(long, value_name = "NAME")]
    identity_name: Option<String>,
}

/// What reads manifests.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Reader {
    /// `kubectl apply -f`, Flux, Argo CD.
    #[default]
    Kubernetes,
}

pub(super) async fn run(
    args: ExportArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let Reader::Kubernetes = args.format;
    let one = [
        ("managementCluster", &args.management_cluster),
        ("capaNamespace", &args.capa_namespace),
        ("apiVersion", &args.api_version),
        ("identityName", &args.identity_name),
    ];
    let named = one
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let namespaces = args
        .namespaces
        .iter()
        .map(|name| ("namespace", name.as_str()));
    let query: Vec<(&str, &str)> = named.chain(namespaces).collect();
    let [a, b, c, d] = provider(workspace, &args.name);
    let mut manifests = Vec::new();
    client
        .download(&[a, b, c, d, "export"], &query, &mut manifests)
        .await?;
    let text = String::from_utf8_lossy(&manifests);
    match output {
        Format::Json => output.print(&list(&text)?, |_| String::new())?,
        _ => print_text(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The manifests as one object, for who reads JSON.
fn list(text: &str) -> Result<Value, Failure> {
    let items: Vec<Value> = serde_saphyr::from_multiple(text)
        .map_err(|error| Failure::failed(format!("the manifests are no YAML: {error}")))?;
    Ok(json!({ "apiVersion": "v1", "kind": "List", "items": items }))
}
