//! How a management cluster is reached, as it is asked for, and whether that works.

use super::super::{Commissary, Notice};
use crate::Error;
use crate::domain::{
    ClusterAccess, ClusterLook, NamespaceName, SealingCertificate, SecretInput, given,
};
use crate::error::FieldError;

/// How a management cluster is to be reached, nothing checked yet.
pub enum NewAccess {
    /// With a kubeconfig.
    Kubeconfig {
        /// The whole of it.
        text: SecretInput,
        /// Which of its contexts; the current one if none is named.
        context: Option<String>,
    },
    /// From inside, as the service account that the server runs as.
    InCluster,
}

impl Commissary {
    pub(super) fn taken_access(&self, new: NewAccess) -> Result<ClusterAccess, FieldError> {
        match new {
            NewAccess::InCluster => Ok(ClusterAccess::InCluster),
            NewAccess::Kubeconfig { text, .. } if text.is_blank() => Err(FieldError::new(
                "kubeconfig",
                "give a kubeconfig, or choose the service account of the server if it runs in that cluster",
            )),
            NewAccess::Kubeconfig { text, context } => self
                .delivery
                .read_kubeconfig(&text.into_text(), context.as_deref())
                .map(ClusterAccess::Kubeconfig),
        }
    }

    /// The certificate that was given; none where the text is empty.
    pub(super) fn taken_certificate(
        &self,
        text: &str,
    ) -> Result<Option<SealingCertificate>, FieldError> {
        let Some(text) = given(Some(text)) else {
            return Ok(None);
        };
        let certificate = self.delivery.read_sealing_certificate(text)?;
        match self.has_expired(&certificate) {
            false => Ok(Some(certificate)),
            true => Err(FieldError::new(
                "sealingCertificate",
                format!(
                    "this certificate has expired at {}: take the one that the controller uses now, as `kubeseal --fetch-cert` prints it",
                    certificate.expires_at
                ),
            )),
        }
    }

    /// Looks at a cluster before it is saved. What merely stands in the way of deliveries is told
    /// along; with access that does not let anybody in nothing could ever be done.
    pub(super) async fn first_look(
        &self,
        access: &ClusterAccess,
        capa_namespace: &NamespaceName,
    ) -> Result<ClusterLook, Error> {
        let now = self.clock.now();
        let look = self.delivery.look(access, capa_namespace, now).await;
        let barred = look.findings.iter().find(|found| found.code.bars_entry());
        match barred {
            Some(found) => Err(Error::invalid("kubeconfig", found.message.clone())),
            None => Ok(look),
        }
    }
}

pub(super) fn capa_namespace(text: &str) -> Result<NamespaceName, FieldError> {
    NamespaceName::parse(text).map_err(|fault| FieldError::new("capaNamespace", fault.message))
}

/// What people should know of a look, or that there was none.
pub(super) fn notices(look: Option<&ClusterLook>) -> Vec<Notice> {
    let notice = |message: String| Notice {
        field: None,
        message,
    };
    match look {
        None => vec![notice(
            "saved without asking the cluster; check it when it can be reached".to_owned(),
        )],
        Some(look) => {
            let found = look.findings.iter();
            found.map(|found| notice(found.message.clone())).collect()
        }
    }
}
