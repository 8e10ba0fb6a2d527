//! Over TLS: what browsers are told then, and certificates that change.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use commissary_server::{
    Certificate, TlsError, TlsFiles, TlsListener, TrustedProxies, over_tls, serve,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::support::{PASSWORD, World, logged};

/// A certificate for this machine, with its key.
struct Made {
    certificate: String,
    key: String,
    der: CertificateDer<'static>,
}

fn made() -> Made {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    Made {
        certificate: made.cert.pem(),
        key: made.signing_key.serialize_pem(),
        der: made.cert.der().clone(),
    }
}

fn files(dir: &Path) -> TlsFiles {
    TlsFiles {
        certificate: dir.join("server.pem"),
        key: dir.join("server.key"),
    }
}

fn write(dir: &Path, made: &Made) {
    std::fs::write(files(dir).certificate, &made.certificate).unwrap();
    std::fs::write(files(dir).key, &made.key).unwrap();
}

async fn served(world: &World, dir: &Path) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let certificate = Certificate::load(files(dir)).unwrap();
    let listener = TlsListener::new(listener, &certificate).unwrap();
    tokio::spawn(certificate.keep_up());
    let router = over_tls(world.router.clone());
    tokio::spawn(serve(
        listener,
        router,
        world.runs.clone(),
        world.limits,
        std::future::pending(),
    ));
    address
}

async fn connected(address: SocketAddr, trusted: &[&Made]) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    for made in trusted {
        roots.add(made.der.clone()).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await.unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let name = "localhost".try_into().unwrap();
    connector.connect(name, stream).await.unwrap()
}

fn shown(stream: &TlsStream<TcpStream>) -> CertificateDer<'static> {
    let (_, connection) = stream.get_ref();
    connection.peer_certificates().unwrap()[0]
        .clone()
        .into_owned()
}

/// Sends a request on a connection that stays, and reads the head of the answer.
async fn asked(stream: &mut TlsStream<TcpStream>, head: &str, body: &str) -> String {
    let length = body.len();
    let request = format!("{head}\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    while !answer.contains("\r\n\r\n") {
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await.unwrap();
        assert!(read > 0, "the connection was dropped: {answer}");
        answer.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_tls_the_session_s_cookie_is_for_this_host_only() {
    let (world, dir, made) = (World::new().await, tempfile::tempdir().unwrap(), made());
    write(dir.path(), &made);
    let address = served(&world, dir.path()).await;
    let mut stream = connected(address, &[&made]).await;
    let password = PASSWORD.replace(' ', "+");
    let head = "POST /sign-in HTTP/1.1\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded";
    let answer = asked(
        &mut stream,
        head,
        &format!("name=admin&password={password}"),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(
        answer.contains("set-cookie: __Host-commissary-session="),
        "{answer}"
    );
    assert!(answer.contains("; Secure"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_changes_is_shown_and_one_that_is_not_whole_is_not() {
    let (world, dir) = (World::new().await, tempfile::tempdir().unwrap());
    let (first, second) = (made(), made());
    write(dir.path(), &first);
    let address = served(&world, dir.path()).await;
    let mut stays = connected(address, &[&first]).await;
    assert_eq!(shown(&stays), first.der);
    write(dir.path(), &second);
    let both = [&first, &second];
    for _ in 0..200 {
        if shown(&connected(address, &both).await) == second.der {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(shown(&connected(address, &both).await), second.der);
    // Who was connected before is not cut off.
    let answer = asked(&mut stays, "GET /healthz HTTP/1.1", "").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    std::fs::write(files(dir.path()).certificate, &first.certificate).unwrap();
    for _ in 0..200 {
        if logged().contains("the certificate stays the one before") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(logged().contains("cannot be used together"));
    assert_eq!(shown(&connected(address, &both).await), second.der);
}

#[tokio::test]
async fn what_is_no_certificate_or_not_its_key_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let refusal = || Certificate::load(files(dir.path())).unwrap_err();
    assert!(matches!(refusal(), TlsError::NotRead { .. }));
    let (one, other) = (made(), made());
    std::fs::write(files(dir.path()).certificate, "a diary").unwrap();
    assert!(matches!(refusal(), TlsError::NoCertificate(_)));
    write(dir.path(), &one);
    std::fs::write(files(dir.path()).key, &one.certificate).unwrap();
    assert!(matches!(refusal(), TlsError::NoKey(_)));
    std::fs::write(files(dir.path()).key, &other.key).unwrap();
    let refused = refusal();
    assert!(matches!(refused, TlsError::NoPair { .. }), "{refused}");
    assert!(!refused.to_string().contains("PRIVATE"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_proxy_that_is_trusted_says_where_a_request_comes_from() {
    let world = World::new().await;
    for (network, address, cookie) in [
        ("127.0.0.0/8", "203.0.113.7", "__Host-commissary-session="),
        ("10.0.0.0/8", "127.0.0.1", "set-cookie: commissary-session="),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let proxies = TrustedProxies::new(vec![network.parse().unwrap()]);
        let router = proxies.before(world.router.clone());
        tokio::spawn(serve(
            listener,
            router,
            world.runs.clone(),
            world.limits,
            std::future::pending(),
        ));
        let mut stream = TcpStream::connect(at).await.unwrap();
        let body = format!("name=admin&password={}", PASSWORD.replace(' ', "+"));
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nhost: inside\r\nconnection: close\r\norigin: https://commissary.example\r\n\
             x-forwarded-for: 8.8.8.8, 203.0.113.7\r\nx-forwarded-proto: https\r\nx-forwarded-host: commissary.example\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len(),
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains(cookie), "{answer}");
        let newest = world.get("/api/v1/audit-events?limit=1").await.json();
        assert_eq!(newest["items"][0]["from"], address);
    }
}
