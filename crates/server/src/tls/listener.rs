//! Taking connections over TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::{Certificate, TlsError};

/// How long a caller may take to shake hands.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many may shake hands at once; others wait in the system's queue.
const AT_ONCE: usize = 256;

type Taken = (TlsStream<TcpStream>, SocketAddr);

/// A listener whose connections are encrypted. Handshakes go on side by side, so
/// that a slow caller keeps nobody waiting.
#[derive(Debug)]
pub struct TlsListener {
    address: SocketAddr,
    taken: mpsc::Receiver<Taken>,
    taking: JoinHandle<()>,
}

impl TlsListener {
    /// Takes connections from `listener` and shows them `certificate`.
    ///
    /// # Errors
    /// The certificate cannot be used, or the listener has no address.
    pub fn new(listener: TcpListener, certificate: &Arc<Certificate>) -> Result<Self, TlsError> {
        let acceptor = TlsAcceptor::from(Arc::new(certificate.config()?));
        let address = listener.local_addr().map_err(|why| TlsError::NotRead {
            path: "the listening socket".into(),
            why,
        })?;
        let (give, taken) = mpsc::channel(AT_ONCE);
        let taking = tokio::spawn(take(listener, acceptor, give));
        Ok(Self {
            address,
            taken,
            taking,
        })
    }
}

async fn take(mut listener: TcpListener, acceptor: TlsAcceptor, give: mpsc::Sender<Taken>) {
    let free = Arc::new(Semaphore::new(AT_ONCE));
    while let Ok(place) = free.clone().acquire_owned().await {
        let (stream, address) = Listener::accept(&mut listener).await;
        let (acceptor, give) = (acceptor.clone(), give.clone());
        tokio::spawn(async move {
            let _place = place;
            match tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                // Nobody takes it any more when the server stops.
                Ok(Ok(stream)) => drop(give.send((stream, address)).await),
                Ok(Err(error)) => tracing::debug!(%address, %error, "no TLS connection came about"),
                Err(_) => tracing::debug!(%address, "a caller took too long to shake hands"),
            }
        });
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.taking.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Taken {
        match self.taken.recv().await {
            Some(taken) => taken,
            // The task that takes them ends with this value only.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
