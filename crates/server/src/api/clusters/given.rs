//! The fields that several bodies have: how a cluster is reached.

use commissary_core::domain::{ManagementCluster, NamespaceName, SealingCertificate, SecretInput};
use commissary_core::{NewAccess, Verify};
use serde_json::{Value, json};

use crate::api::fields::Fields;
use crate::api::providers::given::verify_as;
use crate::describe::Field;

pub(super) static CONNECTION: Field = Field::new("connection", "How the cluster is reached.");
pub(super) static CAPA_NAMESPACE: Field = Field::new(
    "capaNamespace",
    "The namespace of CAPA's manager, where it looks for secrets.",
)
.pattern(NamespaceName::PATTERN, NamespaceName::MOST)
.default(ManagementCluster::CAPA_NAMESPACE)
.or_empty();
pub(super) static SEALING_CERTIFICATE: Field = Field::new(
    "sealingCertificate",
    "The certificate, in PEM, of the controller of Sealed Secrets there; secrets are sealed with it for this cluster. Empty means none.",
)
.length(0, SealingCertificate::MOST);
static METHOD: Field = Field::new(
    "method",
    "With a kubeconfig, or from inside as the service account that the server runs as.",
);
static KUBECONFIG: Field = Field::new(
    "kubeconfig",
    "A kubeconfig with everything in it, for the method `kubeconfig`. It may name no file and run no program.",
)
.secret();
static CONTEXT: Field = Field::new(
    "context",
    "Which context of the kubeconfig; its current one where none is named.",
)
.or_empty();
static VERIFY: Field = Field::new("verify", "Whether the cluster is asked now.");

pub(super) fn connection(fields: &mut Fields) -> Option<NewAccess> {
    let methods = [("kubeconfig", true), ("inCluster", false)];
    let by_kubeconfig = fields.choice(&METHOD, &methods, None);
    let text = fields.optional_text(&KUBECONFIG).map(SecretInput::new);
    let context = fields.optional_text(&CONTEXT);
    match by_kubeconfig? {
        true => Some(NewAccess::Kubeconfig {
            text: text.unwrap_or_else(|| SecretInput::new(String::new())),
            context: context.filter(|name| !name.trim().is_empty()),
        }),
        false if text.is_some() => {
            fields.fault(
                KUBECONFIG.name,
                "from inside there is no kubeconfig: leave it out, or choose the method `kubeconfig`",
            );
            None
        }
        false => Some(NewAccess::InCluster),
    }
}

pub(super) fn verify(fields: &mut Fields) -> Verify {
    verify_as(fields, &VERIFY)
}

/// A body to try, of a cluster that nobody has.
pub(super) fn example() -> Value {
    json!({
        "name": "capi-eu",
        "connection": { "method": "inCluster" },
        "capaNamespace": ManagementCluster::CAPA_NAMESPACE,
        "verify": "later",
    })
}
