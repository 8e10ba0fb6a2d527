//! A way to an API server on which the program that takes it can be stopped at a request of one's
//! choice, and its watches can be held up. What passes is not changed.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector, client, server};

use crate::kubernetes::{ADMINISTRATOR, Cluster};

/// When a request is held for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Before it has reached the API server; all before it is done.
    Before,
    /// When the API server has done it and the answer has not arrived.
    After,
}

/// A request about one of the objects that are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) method: String,
    pub(super) path: String,
}

impl Counted {
    /// Whether it changes something.
    pub(super) fn writes(&self) -> bool {
        self.method != "GET"
    }
}

#[derive(Default)]
struct Plan {
    at: Option<(usize, Moment)>,
    seen: Vec<Counted>,
}

/// Passes requests on to an API server, under its own certificate.
pub(super) struct Gate {
    pub(super) kubeconfig: String,
    inner: Arc<Inner>,
}

struct Inner {
    plan: Mutex<Plan>,
    /// The objects whose requests are counted have this name.
    name: String,
    reached: Notify,
    /// Whether watches pass.
    open: watch::Sender<bool>,
    /// How many watches there are.
    watching: watch::Sender<usize>,
    /// How many watches were answered that what they asked for is gone.
    expired: Mutex<usize>,
    upstream: u16,
    connector: TlsConnector,
}

impl Gate {
    /// A way to a cluster that counts the requests about objects of a name.
    pub(super) async fn before(cluster: &Cluster, name: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (acceptor, connector) = identity(cluster);
        let inner = Arc::new(Inner {
            plan: Mutex::default(),
            name: name.to_owned(),
            reached: Notify::new(),
            open: watch::channel(true).0,
            watching: watch::channel(0).0,
            expired: Mutex::default(),
            upstream: cluster.port(),
            connector,
        });
        let shared = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, inner) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        // Whoever was killed hears nothing.
                        let _ = inner.pass_on(stream).await;
                    }
                });
            }
        });
        Self {
            kubeconfig: cluster.kubeconfig_at(port, ADMINISTRATOR),
            inner,
        }
    }

    /// Counts anew; the `n`th request and all after it are held, if one is named.
    pub(super) fn arm(&self, at: Option<(usize, Moment)>) {
        *self.inner.plan.lock().unwrap() = Plan {
            at,
            ..Plan::default()
        };
    }

    /// What was counted.
    pub(super) fn seen(&self) -> Vec<Counted> {
        self.inner.plan.lock().unwrap().seen.clone()
    }

    /// Waits until the request is held at which the program is to be stopped.
    pub(super) async fn reached(&self) {
        self.inner.reached.notified().await;
    }

    /// Ends all watches as the API server does from time to time, and lets no other begin; or lets
    /// them.
    pub(super) fn let_watches(&self, pass: bool) {
        self.inner.open.send_replace(pass);
    }

    /// Waits until there are so many watches.
    pub(super) async fn until_watched_by(&self, number: usize) {
        let mut watching = self.inner.watching.subscribe();
        watching.wait_for(|there| *there == number).await.unwrap();
    }

    /// How many watches the API server refused because it has forgotten what was at that time.
    pub(super) fn expired(&self) -> usize {
        *self.inner.expired.lock().unwrap()
    }
}

impl Inner {
    async fn pass_on(&self, mut here: server::TlsStream<TcpStream>) -> std::io::Result<()> {
        let Some(request) = request(&mut here).await? else {
            return Ok(());
        };
        let head = String::from_utf8_lossy(&request).into_owned();
        let is_watch = head.lines().next().unwrap().contains("watch=true");
        let due = self.counted(&head);
        if due == Some(Moment::Before) {
            self.hold().await;
        }
        if is_watch {
            self.until_open(true).await;
        }
        let mut there = self.connected().await?;
        there.write_all(&closing(&request)).await?;
        if due == Some(Moment::After) {
            there.read_to_end(&mut Vec::new()).await?;
            self.hold().await;
        }
        if !is_watch {
            tokio::io::copy(&mut there, &mut here).await?;
            return here.shutdown().await;
        }
        self.watching.send_modify(|number| *number += 1);
        let told = self.tell(&mut there, &mut here).await;
        self.watching.send_modify(|number| *number -= 1);
        told
    }

    /// Passes a watch on until it ends or is ended.
    async fn tell(
        &self,
        there: &mut client::TlsStream<TcpStream>,
        here: &mut server::TlsStream<TcpStream>,
    ) -> std::io::Result<()> {
        let mut chunk = [0; 16 * 1024];
        loop {
            let read = tokio::select! {
                read = there.read(&mut chunk) => read?,
                // The chunk after which there is none.
                () = self.until_open(false) => {
                    here.write_all(b"0\r\n\r\n").await?;
                    return here.shutdown().await;
                }
            };
            if read == 0 {
                return here.shutdown().await;
            }
            if String::from_utf8_lossy(&chunk[..read]).contains("\"code\":410") {
                *self.expired.lock().unwrap() += 1;
            }
            here.write_all(&chunk[..read]).await?;
        }
    }

    /// Counts a request, and tells when it is to be held, if it is.
    fn counted(&self, head: &str) -> Option<Moment> {
        let mut words = head.split_whitespace();
        let (method, path) = (words.next()?, words.next()?);
        let path = path.split('?').next()?;
        if !path.ends_with(&format!("/{}", self.name)) {
            return None;
        }
        let mut plan = self.plan.lock().unwrap();
        plan.seen.push(Counted {
            method: method.to_owned(),
            path: path.to_owned(),
        });
        let (at, moment) = plan.at?;
        match plan.seen.len() {
            number if number < at => None,
            number if number == at => Some(moment),
            _ => Some(Moment::Before),
        }
    }

    /// Waits until watches pass, or do not.
    async fn until_open(&self, open: bool) {
        let mut told = self.open.subscribe();
        // The sender lives as long as this does.
        let _ = told.wait_for(|told| *told == open).await;
    }

    async fn hold(&self) {
        self.reached.notify_one();
        std::future::pending().await
    }

    async fn connected(&self) -> std::io::Result<client::TlsStream<TcpStream>> {
        let stream = TcpStream::connect(("127.0.0.1", self.upstream)).await?;
        let name = ServerName::try_from("127.0.0.1").unwrap();
        self.connector.connect(name, stream).await
    }
}

/// The API server's own certificate for those who come, and the trust in it for what goes on.
fn identity(cluster: &Cluster) -> (TlsAcceptor, TlsConnector) {
    let folder = cluster.certificates();
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_file_iter(folder.join("apiserver.crt"))
            .unwrap()
            .map(Result::unwrap)
            .collect();
    let key = PrivateKeyDer::from_pem_file(folder.join("apiserver.key")).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(chain.clone());
    let provider = Arc::new(aws_lc_rs::default_provider());
    let server = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (Arc::new(server).into(), Arc::new(client).into())
}

/// A request with its length told, whole.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = end_of_head(&bytes) {
            let head = String::from_utf8_lossy(&bytes[..end]);
            let mut fields = head.lines().filter_map(|line| line.split_once(':'));
            let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length: usize = length.map_or(0, |(_, value)| value.trim().parse().unwrap());
            if bytes.len() >= end + length {
                return Ok(Some(bytes));
            }
        }
        match stream.read(&mut chunk).await? {
            0 => return Ok(None),
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(at + 4)
}

/// The same request, with the wish that the connection ends with its answer.
fn closing(request: &[u8]) -> Vec<u8> {
    let end = end_of_head(request).unwrap();
    let first = request.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut whole = request[..first].to_vec();
    whole.extend_from_slice(b"connection: close\r\n");
    whole.extend_from_slice(&request[first..end]);
    whole.extend_from_slice(&request[end..]);
    whole
}
