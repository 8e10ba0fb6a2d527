//! Change a management cluster.

use super::super::input::kept;
use super::super::{Commissary, Notice, Verify};
use super::given::{NewAccess, capa_namespace, notices};
use super::{ClusterSaved, changed, name_taken, no_cluster};
use crate::domain::{ClusterAccess, ClusterName, ManagementCluster};
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error, authorize};

/// What is to be changed; none stays as it is.
#[derive(Default)]
pub struct ClusterChange {
    /// Another name.
    pub name: Option<String>,
    /// Another way to reach it; what is kept for the old one is gone.
    pub access: Option<NewAccess>,
    /// Another namespace of CAPA's manager.
    pub capa_namespace: Option<String>,
    /// Another certificate of its controller of sealed secrets, as PEM; an empty one takes away
    /// what is kept.
    pub sealing_certificate: Option<String>,
    /// Whether the cluster is asked first, where the change is about what it knows.
    pub verify: Verify,
}

impl Commissary {
    /// Changes a management cluster as it was read: checks the form, looks at the cluster where
    /// the way to it or CAPA's namespace changes, and saves all of it at once.
    ///
    /// # Errors
    /// It is not there or its revision is not that of `seen`, the input is at fault, the cluster
    /// lets nobody in (and `verify` is now), the name is taken, the actor may not.
    pub async fn update_cluster(
        &self,
        actor: &Actor,
        seen: &ManagementCluster,
        change: ClusterChange,
    ) -> Result<ClusterSaved, Error> {
        authorize(actor, Action::ManageClusters, None)?;
        let before = self.find_cluster(seen.name.as_str()).await?;
        if (before.id, before.revision) != (seen.id, seen.revision) {
            return Err(changed(seen));
        }
        let verify = change.verify;
        let (mut cluster, access) = self.changed_cluster(&before, change)?;
        if cluster.name != before.name && self.store.cluster(&cluster.name).await?.is_some() {
            return Err(name_taken(&cluster));
        }
        if access.is_none() && cluster == before {
            let message = "nothing was changed: the management cluster is like this already";
            return Ok(ClusterSaved {
                cluster,
                notices: vec![Notice {
                    field: None,
                    message: message.to_owned(),
                }],
            });
        }
        let looks = access.is_some() || cluster.capa_namespace != before.capa_namespace;
        if looks {
            cluster.last_look = match verify {
                Verify::Later => None,
                Verify::Now => {
                    let used = match &access {
                        Some(access) => access.clone(),
                        None => self.store.cluster_access(before.id).await?,
                    };
                    Some(self.first_look(&used, &cluster.capa_namespace).await?)
                }
            };
        }
        self.replace_cluster(actor, &before, &mut cluster, access.as_ref())
            .await?;
        Ok(ClusterSaved {
            notices: match looks {
                true => notices(cluster.last_look.as_ref()),
                false => Vec::new(),
            },
            cluster,
        })
    }

    async fn replace_cluster(
        &self,
        actor: &Actor,
        before: &ManagementCluster,
        cluster: &mut ManagementCluster,
        access: Option<&ClusterAccess>,
    ) -> Result<(), Error> {
        let target = before.name.to_string();
        let audit = self.audit(actor, "managementCluster.update", target);
        cluster.updated_at = audit.at;
        match self.store.update_cluster(cluster, access, &audit).await {
            Err(StoreError::NameTaken) => Err(name_taken(cluster)),
            Err(StoreError::Changed) => Err(changed(before)),
            Err(StoreError::Gone) => Err(no_cluster(before.name.as_str())),
            Err(error) => Err(error.into()),
            Ok(()) => {
                cluster.revision += 1;
                Ok(())
            }
        }
    }

    /// Checks every field, so that all faults are told at once.
    fn changed_cluster(
        &self,
        before: &ManagementCluster,
        change: ClusterChange,
    ) -> Result<(ManagementCluster, Option<ClusterAccess>), Error> {
        let mut faults = Vec::new();
        let mut cluster = before.clone();
        if let Some(name) = &change.name
            && let Some(name) = kept(ClusterName::parse(name), &mut faults)
        {
            cluster.name = name;
        }
        if let Some(namespace) = &change.capa_namespace
            && let Some(namespace) = kept(capa_namespace(namespace), &mut faults)
        {
            cluster.capa_namespace = namespace;
        }
        if let Some(certificate) = &change.sealing_certificate
            && let Some(certificate) = kept(self.taken_certificate(certificate), &mut faults)
        {
            cluster.sealing_certificate = certificate;
        }
        let access = change.access.map(|new| self.taken_access(new));
        let access = access.and_then(|taken| kept(taken, &mut faults));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        if let Some(access) = &access {
            cluster.connection = access.connection();
        }
        Ok((cluster, access))
    }
}
