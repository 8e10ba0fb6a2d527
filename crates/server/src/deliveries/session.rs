//! One session with a management cluster: it is reached, watched, and given what is due, until
//! something about it changes. Each begins with a look at everything, so that what a watch missed
//! is found at the latest by the next one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use commissary_core::domain::{ClusterEvent, ManagementCluster};
use commissary_core::ports::{DeliveryError, Heard, Reached};
use commissary_core::{CLUSTER_LEASE, Commissary, Error};
use futures::{TryStreamExt as _, stream};
use tokio::sync::mpsc;

use super::serving::TICK;

/// How long a session lasts at most: after that everything is looked at anew.
const SESSION: Duration = Duration::from_secs(10 * 60);

/// How often it is said that the cluster is served.
const BEAT: Duration = Duration::from_secs(5);
const _: () = assert!(BEAT.as_secs() * 3 < CLUSTER_LEASE.as_secs().unsigned_abs());

/// How many deliveries are done at a time.
const AT_A_TIME: usize = 8;

/// How a session ended.
pub(super) enum End {
    /// It is time for the next one: the cluster was changed or is another process's, or it took
    /// as long as sessions take.
    Over,
    /// The cluster does not do what it should.
    Failed(DeliveryError),
}

pub(super) async fn run(
    product: &Commissary,
    cluster: &ManagementCluster,
    holder: &str,
) -> Result<End, Error> {
    let reached = match product.reach_cluster(cluster).await? {
        Ok(reached) => reached,
        Err(error) => return Ok(End::Failed(error)),
    };
    let session = Session {
        product,
        cluster,
        holder,
        reached: reached.as_ref(),
    };
    tokio::select! {
        end = session.watch() => end,
        end = session.beat() => end,
        end = session.work() => end,
        () = tokio::time::sleep(SESSION) => Ok(End::Over),
    }
}

struct Session<'a> {
    product: &'a Commissary,
    cluster: &'a ManagementCluster,
    holder: &'a str,
    reached: &'a dyn Reached,
}

impl Session<'_> {
    /// Hears what happens there. What can be delivered is delivered also while it may not watch.
    async fn watch(&self) -> Result<End, Error> {
        loop {
            let (tell, mut broken) = mpsc::channel(1);
            let listener = Listener {
                product: self.product,
                cluster: self.cluster,
                tell,
                listed: AtomicUsize::new(0),
            };
            let error = tokio::select! {
                error = self.reached.watch(&listener) => error,
                Some(error) = broken.recv() => return Err(error),
            };
            if error.is_of_the_cluster() {
                return Ok(End::Failed(error));
            }
            tracing::warn!(%error, "a management cluster cannot be watched");
            let noted = self.product.note_cluster_trouble(self.cluster, &error);
            let wait = noted.await?;
            tokio::time::sleep(wait.unsigned_abs()).await;
        }
    }

    /// Says that the cluster is served, and sees whether it is still the same.
    async fn beat(&self) -> Result<End, Error> {
        loop {
            tokio::time::sleep(BEAT).await;
            let held = self.product.hold_cluster(self.cluster.id, self.holder);
            if !held.await? || !self.is_as_it_was().await? {
                return Ok(End::Over);
            }
        }
    }

    /// Whether the cluster is still set as this session knows it.
    async fn is_as_it_was(&self) -> Result<bool, Error> {
        let now = self.product.cluster_to_serve(self.cluster.id).await?;
        Ok(now.is_some_and(|now| now.revision == self.cluster.revision))
    }

    /// Does what is due.
    async fn work(&self) -> Result<End, Error> {
        loop {
            let due = self.product.due_deliveries(self.cluster).await?;
            // Asked after what is due was read: what a change of the cluster made due is for the
            // session that knows of the change.
            if !due.is_empty() && !self.is_as_it_was().await? {
                return Ok(End::Over);
            }
            let done = stream::iter(due.iter().map(Ok))
                .try_for_each_concurrent(AT_A_TIME, |delivery| async move {
                    let done = self.product.deliver(self.reached, self.cluster, delivery);
                    match done.await {
                        Ok(Ok(())) => Ok(()),
                        Ok(Err(error)) => Err(Ok(End::Failed(error))),
                        Err(error) => Err(Err(error)),
                    }
                })
                .await;
            if let Err(end) = done {
                return end;
            }
            if due.is_empty() {
                tokio::time::sleep(TICK).await;
            }
        }
    }
}

/// Keeps what a watch tells.
struct Listener<'a> {
    product: &'a Commissary,
    cluster: &'a ManagementCluster,
    tell: mpsc::Sender<Error>,
    /// How many kinds were told of as a whole.
    listed: AtomicUsize,
}

impl Listener<'_> {
    async fn keep(&self, event: &ClusterEvent) -> Result<(), Error> {
        self.product.note_cluster_event(self.cluster, event).await?;
        let is_whole = matches!(event, ClusterEvent::Objects(..) | ClusterEvent::Users(..));
        if is_whole && self.listed.fetch_add(1, Ordering::Relaxed) + 1 == ClusterEvent::KINDS {
            self.product.note_cluster_well(self.cluster).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Heard for Listener<'_> {
    async fn hear(&self, event: ClusterEvent) {
        if let Err(error) = self.keep(&event).await {
            // What was not kept is seen by the next session, which begins with everything.
            let _ = self.tell.send(error).await;
        }
    }
}
