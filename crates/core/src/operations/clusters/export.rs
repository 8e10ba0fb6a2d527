//! Write the manifests of a provider for who has them applied by something else.

use super::super::Commissary;
use super::super::input::kept;
use super::given::capa_namespace;
use super::namespaces::parsed;
use crate::domain::{
    ClusterNamespaces, Export, IdentityName, ManagementCluster, NamespaceName, Owner, Provider,
    Workspace, given,
};
use crate::people::Actor;
use crate::{Action, Error};

/// Where the manifests are to be applied, nothing checked yet.
#[derive(Debug, Default)]
pub struct ExportWish {
    /// The management cluster; the only one where the workspace has namespaces if none is named.
    pub management_cluster: Option<String>,
    /// Namespaces in place of those that the workspace has there.
    pub namespaces: Vec<String>,
    /// The namespace of CAPA's manager in place of the cluster's.
    pub capa_namespace: Option<String>,
    /// The version of CAPA's kinds in place of the newest that the cluster serves.
    pub version: Option<&'static str>,
    /// What the identity is called in place of what it is or would be called there.
    pub identity_name: Option<String>,
}

impl ExportWish {
    /// The management cluster, if one is named.
    pub(super) fn cluster(&self) -> Option<&str> {
        given(self.management_cluster.as_deref())
    }
}

/// What is known of where they are to be applied.
pub(super) struct Place {
    pub(super) cluster: ManagementCluster,
    namespaces: Vec<NamespaceName>,
}

impl Commissary {
    /// The manifests of a provider as YAML: what would be delivered, but for the secret.
    ///
    /// # Errors
    /// The provider is not there, it is not known where they are to be applied, the input is at
    /// fault, or the actor may not.
    pub async fn export_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        wish: &ExportWish,
    ) -> Result<String, Error> {
        let workspace = self
            .workspace_for(actor, Action::ReadProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let place = match (wish.cluster(), wish.namespaces.is_empty()) {
            (None, false) => None,
            (named, _) => Some(self.place(&workspace, named).await?),
        };
        let export = self.export(&workspace, &provider, wish, place).await?;
        Ok(self.delivery.manifests(&export))
    }

    pub(super) async fn export(
        &self,
        workspace: &Workspace,
        provider: &Provider,
        wish: &ExportWish,
        place: Option<Place>,
    ) -> Result<Export, Error> {
        let cluster = place.as_ref().map(|place| &place.cluster);
        let mut faults = Vec::new();
        let identity = match given(wish.identity_name.as_deref()) {
            Some(name) => kept(IdentityName::parse(name), &mut faults),
            None => Some(self.name_there(workspace, provider, cluster).await?),
        };
        let of_cluster = cluster.map_or(ManagementCluster::CAPA_NAMESPACE, |cluster| {
            cluster.capa_namespace.as_str()
        });
        let secret_namespace = given(wish.capa_namespace.as_deref()).unwrap_or(of_cluster);
        let secret_namespace = kept(capa_namespace(secret_namespace), &mut faults);
        let named = parsed("namespace", &wish.namespaces).map_err(|more| faults.extend(more));
        let (Some(identity), Some(secret_namespace), Ok(named)) =
            (identity, secret_namespace, named)
        else {
            return Err(Error::Invalid(faults));
        };
        let newest = cluster.map(ManagementCluster::identity_version);
        let [newest_known, ..] = ManagementCluster::CAPA_VERSIONS;
        Ok(Export {
            identity,
            secret_namespace,
            owner: Owner {
                workspace: workspace.name.clone(),
                provider: provider.name.clone(),
                provider_id: provider.id,
            },
            version: wish.version.or(newest).unwrap_or(newest_known),
            namespaces: match place {
                Some(place) if named.is_empty() => place.namespaces,
                _ => named,
            },
            authentication: provider.authentication.clone(),
        })
    }

    /// What the identity of a provider is called in a cluster, or would be.
    async fn name_there(
        &self,
        workspace: &Workspace,
        provider: &Provider,
        cluster: Option<&ManagementCluster>,
    ) -> Result<IdentityName, Error> {
        let deliveries = self.store.deliveries(provider.id).await?;
        let there = deliveries
            .into_iter()
            .find(|(at, _)| cluster.is_some_and(|cluster| cluster.id == at.id));
        Ok(there.map_or_else(
            || IdentityName::of(&workspace.name, &provider.name),
            |(_, delivery)| delivery.identity,
        ))
    }

    /// Where the workspace has namespaces: in the cluster that is named, or in the only one.
    pub(super) async fn place(
        &self,
        workspace: &Workspace,
        named: Option<&str>,
    ) -> Result<Place, Error> {
        let there = self.store.namespaces(workspace.id).await?;
        let is_meant =
            |one: &ClusterNamespaces| named.is_none_or(|named| one.cluster.as_str() == named);
        let meant: Vec<ClusterNamespaces> = there.into_iter().filter(is_meant).collect();
        match meant.as_slice() {
            [] => Err(Error::Conflict(format!(
                "`{}` has no namespaces{}, so that nothing could use the identity; a global administrator names them with `commissary workspace namespaces set`; for manifests without the secret you can name some yourself",
                workspace.name,
                named.map_or_else(String::new, |named| format!(
                    " in a management cluster `{}`",
                    named.escape_debug()
                )),
            ))),
            [one] => Ok(Place {
                cluster: self.find_cluster(one.cluster.as_str()).await?,
                namespaces: one.namespaces.clone(),
            }),
            several => {
                let names = several.iter().map(|one| format!("`{}`", one.cluster));
                let names: Vec<String> = names.collect();
                Err(Error::Conflict(format!(
                    "`{}` has namespaces in several management clusters: name one of {}",
                    workspace.name,
                    names.join(", ")
                )))
            }
        }
    }
}
