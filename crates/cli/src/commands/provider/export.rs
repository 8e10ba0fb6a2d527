//! `commissary provider export`.

use std::process::ExitCode;

use commissary_core::domain::ManagementCluster;
use serde_json::{Map, Value, json};

use super::provider;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, print_text};

/// Print what a management cluster would have of a provider, as manifests without the secret or
/// with it sealed.
///
/// This is for repositories that something else applies from; where Commissary delivers the
/// provider itself it is not needed. The identity is printed as it would be delivered, and its
/// Secret as a comment with places for what is secret.
///
/// With --sealed the key is in it, as a SealedSecret (Bitnami's Sealed Secrets) that only the
/// controller of the management cluster opens, in CAPA's namespace there. It takes the certificate
/// of that cluster, which a global administrator saves; each time is noted in the audit log.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary provider export prod --workspace team-a --format kubernetes > prod.yaml
  commissary provider export prod --workspace team-a --management-cluster capi-eu
  commissary provider export prod --workspace team-a --management-cluster capi-eu --sealed > prod.yaml
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
    /// With the secret in it, sealed for the management cluster.
    #[arg(long, conflicts_with_all = ["namespaces", "capa_namespace"])]
    sealed: bool,
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

impl ExportArgs {
    /// What was named of what can be named once.
    fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("managementCluster", &self.management_cluster),
            ("capaNamespace", &self.capa_namespace),
            ("apiVersion", &self.api_version),
            ("identityName", &self.identity_name),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

pub(super) async fn run(
    args: ExportArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let Reader::Kubernetes = args.format;
    let [a, b, c, d] = provider(workspace, &args.name);
    let path = [a, b, c, d, "export"];
    let mut manifests = Vec::new();
    match args.sealed {
        true => {
            let wish = args
                .named()
                .map(|(name, value)| (name.to_owned(), json!(value)));
            let wish = Value::Object(Map::from_iter(wish));
            client.download_made(&path, &wish, &mut manifests).await?;
        }
        false => {
            let namespaces = args.namespaces.iter();
            let namespaces = namespaces.map(|name| ("namespace", name.as_str()));
            let query: Vec<(&str, &str)> = args.named().chain(namespaces).collect();
            client.download(&path, &query, &mut manifests).await?;
        }
    }
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
