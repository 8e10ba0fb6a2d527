//! How a management cluster is reached, as the arguments say. What proves who asks never is an
//! argument.

use std::path::{Path, PathBuf};

use commissary_core::domain::SecretInput;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::output::secret;

/// The most bytes of a kubeconfig; one context of it is sent.
const MOST: u64 = 1024 * 1024;

/// How the cluster is reached.
#[derive(Debug, clap::Args)]
pub(super) struct WayArgs {
    /// A kubeconfig file, `-` for standard input. One context of it is taken, with what it names by
    /// path put in.
    #[arg(long, value_name = "FILE", conflicts_with = "in_cluster")]
    kubeconfig: Option<PathBuf>,
    /// Which context of the kubeconfig [default: its current one].
    #[arg(long, value_name = "NAME", requires = "kubeconfig")]
    context: Option<String>,
    /// As the service account that the server runs as, in the cluster that the server runs in.
    #[arg(long)]
    in_cluster: bool,
    /// The namespace of CAPA's manager [default: capa-system].
    #[arg(long, value_name = "NAMESPACE")]
    capa_namespace: Option<String>,
    /// Save without asking the cluster, for when it cannot be reached.
    #[arg(long)]
    verify_later: bool,
}

impl WayArgs {
    /// Whether a way was named.
    pub(super) fn is_named(&self) -> bool {
        self.kubeconfig.is_some() || self.in_cluster
    }

    /// Whether the kubeconfig is read from standard input.
    pub(super) fn reads_standard_input(&self) -> bool {
        self.kubeconfig.as_deref() == Some(Path::new("-"))
    }

    /// Writes what is not secret; says whether there is anything.
    pub(super) fn write(&self, fields: &mut Map<String, Value>) -> bool {
        if let Some(namespace) = &self.capa_namespace {
            fields.insert("capaNamespace".to_owned(), json!(namespace));
        }
        if self.in_cluster {
            fields.insert("connection".to_owned(), json!({"method": "inCluster"}));
        }
        let given = !fields.is_empty() || self.is_named();
        let verify = if self.verify_later { "later" } else { "now" };
        fields.insert("verify".to_owned(), json!(verify));
        given
    }

    /// The body of a request: `fields`, and the kubeconfig if one is given.
    pub(super) fn body(&self, fields: Map<String, Value>) -> Result<Zeroizing<String>, Failure> {
        let Some(file) = &self.kubeconfig else {
            return Ok(Zeroizing::new(Value::Object(fields).to_string()));
        };
        let mut text = secret::text_of(file, MOST)?;
        let text = SecretInput::new(std::mem::take(&mut *text)).into_text();
        let folder = file.parent().unwrap_or(Path::new("."));
        let whole = commissary_kubernetes::inlined(&text, self.context.as_deref(), folder);
        let whole = whole
            .map_err(|fault| Failure::failed(fault.message.clone()).with_fields(vec![fault]))?;
        Ok(commissary_kubernetes::cluster_body(fields, &whole))
    }
}
