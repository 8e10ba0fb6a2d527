//! Management clusters, and the namespaces of workspaces in them.

mod add;
mod check;
mod delete;
mod export;
mod export_sealed;
mod given;
mod namespaces;
mod read;
mod update;

pub use add::NewCluster;
pub use export::ExportWish;
pub use export_sealed::SealedExportWish;
pub use given::NewAccess;
pub use update::ClusterChange;

use super::{Commissary, Notice};
use crate::Error;
use crate::domain::{ClusterName, ManagementCluster};

/// A management cluster that was saved.
#[derive(Debug, Clone)]
pub struct ClusterSaved {
    /// The cluster, with what was found there if it was asked.
    pub cluster: ManagementCluster,
    /// What people should know.
    pub notices: Vec<Notice>,
}

impl Commissary {
    /// The cluster that a request names; a name that cannot be one is simply not there.
    pub(super) async fn find_cluster(&self, name: &str) -> Result<ManagementCluster, Error> {
        let parsed = ClusterName::parse(name).map_err(|_| no_cluster(name))?;
        let found = self.store.cluster(&parsed).await?;
        found.ok_or_else(|| no_cluster(name))
    }
}

fn no_cluster(name: &str) -> Error {
    Error::NotFound {
        what: KIND,
        name: name.to_owned(),
    }
}

fn name_taken(cluster: &ManagementCluster) -> Error {
    Error::NameTaken {
        what: KIND,
        name: cluster.name.to_string(),
    }
}

fn changed(cluster: &ManagementCluster) -> Error {
    Error::Changed {
        what: KIND,
        name: cluster.name.to_string(),
    }
}

const KIND: &str = "management cluster";
