//! One management cluster, for as long as it is there.

use std::time::Duration;

use commissary_core::domain::{ClusterId, ManagementCluster};
use commissary_core::{Commissary, Error};

use super::session;

/// How often it is asked whether something is to be done.
pub(super) const TICK: Duration = Duration::from_secs(1);

/// Serves a cluster until it is deleted: takes its lease, then one session after the other.
pub(super) async fn serve(product: Commissary, id: ClusterId, holder: String) {
    loop {
        match step(&product, id, &holder).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "deliveries are held up by the store"),
        }
        tokio::time::sleep(TICK).await;
    }
}

/// False once the cluster is gone.
async fn step(product: &Commissary, id: ClusterId, holder: &str) -> Result<bool, Error> {
    let Some(cluster) = product.cluster_to_serve(id).await? else {
        return Ok(false);
    };
    if !product.hold_cluster(id, holder).await? {
        return Ok(true);
    }
    match session::run(product, &cluster, holder).await? {
        session::End::Over => tracing::debug!("a session is over"),
        session::End::Failed(error) => {
            tracing::warn!(%error, "a management cluster does not do what it should");
            product.note_cluster_trouble(&cluster, &error).await?;
            rest(product, &cluster).await?;
        }
    }
    Ok(true)
}

/// Leaves a cluster alone until it is time to try again, or it was changed.
async fn rest(product: &Commissary, cluster: &ManagementCluster) -> Result<(), Error> {
    while product.is_cluster_resting(cluster).await? {
        tokio::time::sleep(TICK).await;
        let now = product.cluster_to_serve(cluster.id).await?;
        if now.is_none_or(|now| now.revision != cluster.revision) {
            break;
        }
    }
    Ok(())
}
