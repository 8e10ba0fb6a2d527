//! The port.

use std::sync::Arc;

use async_trait::async_trait;
use commissary_core::FieldError;
use commissary_core::domain::{
    ClusterAccess, ClusterLook, Export, Kubeconfig, NamespaceName, SealingCertificate, Wanted,
};
use commissary_core::ports::{Delivery, DeliveryError, NotSealed, Reached};
use jiff::Timestamp;
use secrecy::SecretString;

use crate::service_account::ServiceAccount;
use crate::{certificate, export, kubeconfig, look, manifest, reached, sealed};

/// Reaches into management clusters over the Kubernetes API.
#[derive(Debug, Clone, Default)]
pub struct KubernetesDelivery {
    /// Who the product is in the cluster that it runs in.
    pub inside: ServiceAccount,
}

#[async_trait]
impl Delivery for KubernetesDelivery {
    fn read_kubeconfig(
        &self,
        text: &SecretString,
        context: Option<&str>,
    ) -> Result<Kubeconfig, FieldError> {
        kubeconfig::read(text, context)
    }

    fn read_sealing_certificate(&self, text: &str) -> Result<SealingCertificate, FieldError> {
        certificate::read(text)
    }

    async fn look(
        &self,
        access: &ClusterAccess,
        capa_namespace: &NamespaceName,
        now: Timestamp,
    ) -> ClusterLook {
        look::look(access, &self.inside, capa_namespace, now).await
    }

    fn rights_manifest(&self, capa_namespace: &NamespaceName) -> String {
        manifest::yaml(capa_namespace)
    }

    fn manifests(&self, export: &Export) -> String {
        export::yaml(export)
    }

    fn sealed_manifests(
        &self,
        wanted: &Wanted,
        version: &str,
        certificate: &SealingCertificate,
    ) -> Result<String, NotSealed> {
        sealed::yaml(wanted, version, certificate)
    }

    async fn reach(
        &self,
        access: &ClusterAccess,
        capa_namespace: &NamespaceName,
    ) -> Result<Arc<dyn Reached>, DeliveryError> {
        let reached = reached::reach(access, &self.inside, capa_namespace);
        Ok(Arc::new(reached.await?))
    }
}
