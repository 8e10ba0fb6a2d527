//! Listen, serve, stop.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;
use tower::ServiceExt as _;

use crate::checks::Runs;
use crate::limits::Limits;

/// How long answers may take to arrive after the checks that they tell of were
/// interrupted.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Serves until `shutdown` comes, then takes no new connections and ends when the
/// requests and the checks under way are done, at the latest 30 seconds later.
/// Checks that are not done by then are noted as interrupted.
///
/// # Errors
/// The system gives no more connections.
pub async fn serve(
    listener: impl Listener<Addr = SocketAddr>,
    router: Router,
    runs: Runs,
    limits: Limits,
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
    let serving = connections(listener, router, limits, shutdown);
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

/// Takes connections, as many at a time as may be, until `shutdown` comes; ends
/// when the last of them does.
async fn connections(
    mut listener: impl Listener<Addr = SocketAddr>,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(limits.connections));
    let stopping = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            let place = place.map_err(io::Error::other)?;
            let (io, address) = listener.accept().await;
            Ok::<_, io::Error>((place, io, address))
        };
        let (place, io, address) = tokio::select! {
            next = next => next?,
            () = &mut shutdown => break,
        };
        let connection = Connection {
            router: router.clone(),
            address,
            limits,
            _place: place,
        };
        tokio::spawn(connection.serve(io, stopping.watcher()));
    }
    // Who comes now is to find nobody, rather than to wait for nothing.
    drop(listener);
    stopping.shutdown().await;
    Ok(())
}

/// A connection, which holds its place until it ends.
struct Connection {
    router: Router,
    address: SocketAddr,
    limits: Limits,
    _place: OwnedSemaphorePermit,
}

impl Connection {
    async fn serve<I>(self, io: I, stopping: Watcher)
    where
        I: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + 'static,
    {
        let answer = service_fn(|request| self.answer(request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_headers(self.limits.header_fields)
            .max_header_size(self.limits.header_bytes)
            .serve_connection(TokioIo::new(io), answer);
        if let Err(error) = stopping.watch(connection).await {
            tracing::debug!(address = %self.address, %error, "a connection broke off");
        }
    }

    async fn answer(&self, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(self.address));
        self.router.clone().oneshot(request).await
    }
}
