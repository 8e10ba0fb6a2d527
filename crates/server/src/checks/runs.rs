//! The checks that this process runs just now, so that it does not stop in the
//! middle of them without saying so.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// How long requests and checks under way may take to end once the server is
/// told to stop.
const GRACE: Duration = Duration::from_secs(30);

/// How long noting that they were interrupted may take.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What this process runs beside its requests.
#[derive(Debug, Clone)]
pub struct Runs {
    grace: Duration,
    count: Arc<watch::Sender<usize>>,
    stop: Arc<watch::Sender<bool>>,
}

impl Default for Runs {
    fn default() -> Self {
        Self::with_grace(GRACE)
    }
}

impl Runs {
    /// With another time to end than the usual 30 seconds.
    pub fn with_grace(grace: Duration) -> Self {
        Self {
            grace,
            count: Arc::new(watch::Sender::new(0)),
            stop: Arc::new(watch::Sender::new(false)),
        }
    }

    /// How long what is under way may take to end.
    pub(crate) fn grace(&self) -> Duration {
        self.grace
    }

    /// How many checks run.
    pub(crate) fn count(&self) -> usize {
        *self.count.borrow()
    }

    /// Counts a check until the answer is dropped.
    pub(crate) fn enter(&self) -> Running {
        self.count.send_modify(|count| *count += 1);
        Running {
            count: self.count.clone(),
            stop: self.stop.subscribe(),
        }
    }

    /// Waits until nothing runs any more. What still does at `deadline` is
    /// interrupted, which its check notes.
    pub async fn end_by(&self, deadline: Instant) {
        if tokio::time::timeout_at(deadline, self.empty())
            .await
            .is_ok()
        {
            return;
        }
        tracing::warn!(
            checks = self.count(),
            "checks are interrupted: the server stops"
        );
        self.stop.send_replace(true);
        if tokio::time::timeout(LAST_WORDS, self.empty())
            .await
            .is_err()
        {
            tracing::error!("checks could not be noted as interrupted; the next start does so");
        }
    }

    async fn empty(&self) {
        // The sender is held by `self`, so that waiting cannot fail.
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// A check that runs.
pub(crate) struct Running {
    count: Arc<watch::Sender<usize>>,
    stop: watch::Receiver<bool>,
}

impl Running {
    /// Ends when the check is to be interrupted.
    pub(crate) async fn interrupted(&mut self) {
        if self.stop.wait_for(|stop| *stop).await.is_err() {
            std::future::pending().await
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.count
            .send_modify(|count| *count = count.saturating_sub(1));
    }
}
