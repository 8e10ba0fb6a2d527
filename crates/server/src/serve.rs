//! Listen, serve, stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests under way may take to end once the server is told to stop.
const GRACE: Duration = Duration::from_secs(30);

/// Serves until `shutdown` comes, then takes no new connections and ends when
/// the requests under way are answered, at the latest 30 seconds later.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (told, stopping) = oneshot::channel();
    let shutdown = async move {
        shutdown.await;
        // The receiver is gone only when serving ended already.
        let _ = told.send(());
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(shutdown);
    let out_of_patience = async {
        match stopping.await {
            Ok(()) => tokio::time::sleep(GRACE).await,
            // Serving ended by itself: its own result counts.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        result = serving => result,
        () = out_of_patience => {
            tracing::warn!(seconds = GRACE.as_secs(), "requests were still under way when the server stopped");
            Ok(())
        }
    }
}
