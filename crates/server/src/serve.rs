//! Listen, serve, stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::serve::{Listener, ListenerExt as _};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::checks::Runs;

/// How long answers may take to arrive after the checks that they tell of were
/// interrupted.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Serves until `shutdown` comes, then takes no new connections and ends when the
/// requests and the checks under way are done, at the latest 30 seconds later.
/// Checks that are not done by then are noted as interrupted.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: impl Listener<Addr = SocketAddr>,
    router: Router,
    runs: Runs,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let grace = runs.grace();
    let deadline = watch::Sender::new(None);
    let shutdown = {
        let deadline = deadline.clone();
        async move {
            shutdown.await;
            deadline.send_replace(Some(Instant::now() + grace));
        }
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener.tap_io(|_| ()), service).with_graceful_shutdown(shutdown);
    let mut stopping = deadline.subscribe();
    let out_of_patience = async {
        let at = stopping.wait_for(Option::is_some).await.map(|at| *at);
        let at = at.ok().flatten().unwrap_or_else(Instant::now);
        runs.end_by(at).await;
        tokio::time::sleep_until(at + LAST_WORDS).await;
    };
    tokio::select! {
        result = serving => result?,
        () = out_of_patience => {
            tracing::warn!(seconds = grace.as_secs(), "requests were still under way when the server stopped");
        }
    }
    let at = *deadline.borrow();
    runs.end_by(at.unwrap_or_else(Instant::now)).await;
    Ok(())
}
