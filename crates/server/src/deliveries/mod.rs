//! Deliveries as this process does them: a task for each management cluster that it has the lease
//! of. What is to be done, and how it went, is in the store; a process that dies leaves nothing
//! that the next one does not find there.

mod serving;
mod session;

use std::collections::HashMap;
use std::time::Duration;

use commissary_core::Commissary;
use commissary_core::domain::ClusterId;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::Instrument as _;

/// How often it is looked which management clusters there are.
const LOOK: Duration = Duration::from_secs(2);

/// How long letting go may take.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// The deliveries of this process, until they are stopped.
#[derive(Debug)]
pub struct Deliveries {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Deliveries {
    /// Begins to deliver.
    pub fn start(product: Commissary) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(run(product, stopped).in_current_span());
        Self { stop, task }
    }

    /// Ends what is under way, wherever it is, and lets go of the clusters, so that another process
    /// takes them over at once.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(LAST_WORDS, self.task).await.is_err() {
            tracing::warn!(
                "management clusters were not let go of; their leases end by themselves"
            );
        }
    }
}

async fn run(product: Commissary, mut stopped: watch::Receiver<bool>) {
    let holder = product.new_holder();
    let mut tasks: HashMap<ClusterId, JoinHandle<()>> = HashMap::new();
    let mut looks = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            _ = stopped.wait_for(|stopped| *stopped) => break,
        }
        tasks.retain(|_, task| !task.is_finished());
        match product.clusters_to_serve().await {
            Err(error) => tracing::warn!(%error, "management clusters could not be read"),
            Ok(clusters) => {
                for cluster in clusters {
                    tasks.entry(cluster.id).or_insert_with(|| {
                        let span = tracing::info_span!("deliveries", cluster = %cluster.name);
                        let serving = serving::serve(product.clone(), cluster.id, holder.clone());
                        tokio::spawn(serving.instrument(span))
                    });
                }
            }
        }
    }
    for task in tasks.into_values() {
        task.abort();
        // It ended, one way or the other.
        let _ = task.await;
    }
    if let Err(error) = product.release_clusters(&holder).await {
        tracing::warn!(%error, "management clusters could not be let go of");
    }
}
