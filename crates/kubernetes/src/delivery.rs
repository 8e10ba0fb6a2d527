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

use crate::{certificate, export, kubeconfig, look, manifest, reached, sealed};

/// Reaches into management clusters over the Kubernetes API.
#[derive(Debug, Clone, Copy, Default)]
pub struct KubernetesDelivery;

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
        look::look(access, capa_namespace, now).await
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
        Ok(Arc::new(reached::reach(access, capa_namespace).await?))
    }
}
