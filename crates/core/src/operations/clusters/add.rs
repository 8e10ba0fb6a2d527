//! Add a management cluster.

use super::super::input::kept;
use super::super::{Commissary, Verify};
use super::given::{NewAccess, capa_namespace, notices};
use super::{ClusterSaved, name_taken};
use crate::domain::{ClusterAccess, ClusterId, ClusterName, ManagementCluster, given};
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error, authorize};

/// A management cluster as it is asked for, nothing checked yet.
pub struct NewCluster {
    /// Its name.
    pub name: String,
    /// How it is reached.
    pub access: NewAccess,
    /// The namespace of CAPA's manager; [`ManagementCluster::CAPA_NAMESPACE`] if none.
    pub capa_namespace: Option<String>,
    /// The certificate of its controller of sealed secrets, as PEM, where it has one.
    pub sealing_certificate: Option<String>,
    /// Whether the cluster is asked first.
    pub verify: Verify,
}

impl Commissary {
    /// Adds a management cluster: checks the form, looks at the cluster, saves, and tells what
    /// stands in the way of deliveries.
    ///
    /// # Errors
    /// The input is at fault, the cluster lets nobody in (and `verify` is now), the name is taken,
    /// the actor may not.
    pub async fn add_cluster(&self, actor: &Actor, new: NewCluster) -> Result<ClusterSaved, Error> {
        authorize(actor, Action::ManageClusters, None)?;
        let verify = new.verify;
        let (mut cluster, access) = self.prepared_cluster(new)?;
        if self.store.cluster(&cluster.name).await?.is_some() {
            return Err(name_taken(&cluster));
        }
        if verify == Verify::Now {
            let look = self.first_look(&access, &cluster.capa_namespace).await?;
            cluster.last_look = Some(look);
        }
        let target = cluster.name.to_string();
        let audit = self.audit(actor, "managementCluster.add", target);
        match self.store.insert_cluster(&cluster, &access, &audit).await {
            Err(StoreError::NameTaken) => Err(name_taken(&cluster)),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(ClusterSaved {
                notices: notices(cluster.last_look.as_ref()),
                cluster,
            }),
        }
    }

    /// Checks every field, so that all faults are told at once.
    fn prepared_cluster(
        &self,
        new: NewCluster,
    ) -> Result<(ManagementCluster, ClusterAccess), Error> {
        let mut faults = Vec::new();
        let name = kept(ClusterName::parse(&new.name), &mut faults);
        let namespace = given(new.capa_namespace.as_deref());
        let namespace = namespace.unwrap_or(ManagementCluster::CAPA_NAMESPACE);
        let namespace = kept(capa_namespace(namespace), &mut faults);
        let access = kept(self.taken_access(new.access), &mut faults);
        let certificate = new.sealing_certificate.unwrap_or_default();
        let certificate = kept(self.taken_certificate(&certificate), &mut faults);
        let (Some(name), Some(capa_namespace), Some(access), Some(sealing_certificate)) =
            (name, namespace, access, certificate)
        else {
            return Err(Error::Invalid(faults));
        };
        let now = self.clock.now();
        let cluster = ManagementCluster {
            id: ClusterId(self.new_id()),
            name,
            connection: access.connection(),
            capa_namespace,
            sealing_certificate,
            last_look: None,
            created_at: now,
            updated_at: now,
            revision: 0,
        };
        Ok((cluster, access))
    }
}
