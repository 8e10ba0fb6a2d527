//! Write the manifests of a provider with its secret sealed for one management cluster.

use super::super::Commissary;
use super::super::read_providers::not_there;
use super::export::ExportWish;
use crate::domain::{ManagementCluster, SealingCertificate};
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

/// Which management cluster manifests are sealed for, nothing checked yet. CAPA's namespace there
/// is not among what can be wished: a Secret that is opened in another one could be read by
/// whoever reads that one.
#[derive(Debug, Default)]
pub struct SealedExportWish {
    /// The management cluster; the only one where the workspace has namespaces if none is named.
    pub management_cluster: Option<String>,
    /// The version of CAPA's kinds in place of the newest that the cluster serves.
    pub version: Option<&'static str>,
    /// What the identity is called in place of what it is or would be called there.
    pub identity_name: Option<String>,
}

impl Commissary {
    /// The manifests of a provider as YAML with its secret in them, sealed with the certificate of
    /// the management cluster, and so that only its controller opens it. Each time is noted in the
    /// audit log.
    ///
    /// # Errors
    /// The provider is not there, it is not known where the manifests are to be applied, the
    /// cluster has no certificate or one that has expired, the input is at fault, or the actor may
    /// not.
    pub async fn export_provider_sealed(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        wish: SealedExportWish,
    ) -> Result<String, Error> {
        let workspace = self
            .workspace_for(actor, Action::DeliverProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let wish = ExportWish {
            management_cluster: wish.management_cluster,
            version: wish.version,
            identity_name: wish.identity_name,
            ..ExportWish::default()
        };
        let place = self.place(&workspace, wish.cluster()).await?;
        let cluster = place.cluster.clone();
        let certificate = self.sealing_certificate(&cluster)?;
        let export = self
            .export(&workspace, &provider, &wish, Some(place))
            .await?;
        let key = match self.store.access_key(provider.id).await {
            Err(StoreError::Gone) => return Err(not_there(&provider)),
            key => key?,
        };
        let version = export.version;
        let wanted = export.with(key);
        let sealed = self
            .delivery
            .sealed_manifests(&wanted, version, certificate);
        let manifests = sealed.map_err(|error| unusable(&cluster, &error.to_string()))?;
        let target = format!(
            "{}/{} as {} for {}",
            workspace.name, provider.name, wanted.identity, cluster.name
        );
        let audit = self.audit_in(actor, "provider.exportSealed", workspace.id, target);
        self.store.append_audit(&audit).await?;
        Ok(manifests)
    }

    fn sealing_certificate<'a>(
        &self,
        cluster: &'a ManagementCluster,
    ) -> Result<&'a SealingCertificate, Error> {
        let Some(certificate) = &cluster.sealing_certificate else {
            let why = format!(
                "the management cluster `{}` has no sealing certificate, so that nothing can be sealed for it",
                cluster.name
            );
            return Err(unusable(cluster, &why));
        };
        match self.has_expired(certificate) {
            false => Ok(certificate),
            true => {
                let why = format!(
                    "the sealing certificate of the management cluster `{}` has expired at {}",
                    cluster.name, certificate.expires_at
                );
                Err(unusable(cluster, &why))
            }
        }
    }
}

/// Why nothing is sealed, and what mends that.
fn unusable(cluster: &ManagementCluster, why: &str) -> Error {
    Error::Conflict(format!(
        "{why}; a global administrator saves the certificate that its controller uses now with `kubeseal --fetch-cert | commissary management-cluster update {} --sealing-certificate -`",
        cluster.name
    ))
}
