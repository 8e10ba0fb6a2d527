//! The certificate that secrets are sealed with for a management cluster.

use std::path::{Path, PathBuf};

use commissary_core::domain::SealingCertificate;
use commissary_core::ports::Delivery as _;
use commissary_kubernetes::KubernetesDelivery;
use serde_json::{Map, Value, json};

use super::way::WayArgs;
use crate::failure::Failure;
use crate::output::secret;

/// The field of the API.
const FIELD: &str = "sealingCertificate";

/// What is sealed with.
#[derive(Debug, clap::Args)]
pub(super) struct CertificateArgs {
    /// The certificate of the controller of Sealed Secrets in the cluster, in PEM, `-` for standard
    /// input. `provider export --sealed` seals with it.
    #[arg(long, value_name = "FILE")]
    sealing_certificate: Option<PathBuf>,
}

impl CertificateArgs {
    /// Whether one was named.
    pub(super) fn is_named(&self) -> bool {
        self.sealing_certificate.is_some()
    }

    /// Reads and writes it. What is none is told before anything is sent: it may be the private
    /// key.
    pub(super) fn write(
        &self,
        way: &WayArgs,
        fields: &mut Map<String, Value>,
    ) -> Result<(), Failure> {
        let Some(file) = &self.sealing_certificate else {
            return Ok(());
        };
        if file == Path::new("-") && way.reads_standard_input() {
            return Err(Failure::usage(
                "standard input can be the kubeconfig or the certificate, not both",
            )
            .with_hint("save one of them to a file"));
        }
        let most = SealingCertificate::MOST.try_into().unwrap_or(u64::MAX);
        let text = secret::text_of(file, most)?;
        KubernetesDelivery::default()
            .read_sealing_certificate(&text)
            .map_err(|fault| Failure::failed(fault.message.clone()).with_fields(vec![fault]))?;
        fields.insert(FIELD.to_owned(), json!(*text));
        Ok(())
    }
}

/// Writes that none is to be kept.
pub(super) fn write_none(fields: &mut Map<String, Value>) {
    fields.insert(FIELD.to_owned(), json!(""));
}
