//! Ctrl-C and termination: the first finishes what is under way, the second
//! ends at once.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::failure::Failure;

/// Tells every part of the process when to stop.
#[derive(Clone)]
pub(super) struct Shutdown(watch::Receiver<bool>);

impl Shutdown {
    /// Begins to listen for signals.
    pub(super) fn listen() -> Result<Self, Failure> {
        let cannot = |error| Failure::failed(format!("signals cannot be heard: {error}"));
        let mut interrupt = signal(SignalKind::interrupt()).map_err(cannot)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(cannot)?;
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            for first in [true, false] {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                if first {
                    crate::output::say(
                        "stopping: finishing what is under way (once more to stop at once)",
                    );
                    // Nobody listening any more means that everything has stopped.
                    let _ = sender.send(true);
                } else {
                    std::process::exit(130);
                }
            }
        });
        Ok(Self(receiver))
    }

    /// Ends when stopping was asked for.
    pub(super) async fn requested(self) {
        let mut receiver = self.0;
        // An error means that the sender is gone, which is stopping as well.
        let _ = receiver.wait_for(|stop| *stop).await;
    }
}
