//! Over a raw socket: what a client library would never send.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::serving::{Served, served};
use crate::support::World;

/// Sends bytes as they are and reads until the server closes the connection or has
/// nothing more to say.
async fn sent(served: &Served, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    // The server may hang up before it has read all of it.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(Ok(count @ 1..)) =
        tokio::time::timeout(Duration::from_secs(1), stream.read(&mut chunk)).await
    {
        answer.extend_from_slice(&chunk[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn workspaces(world: &World, headers: &str, body: &str) -> String {
    let token = &world.token;
    format!(
        "POST /api/v1/workspaces HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n{headers}\r\n\r\n{body}"
    )
}

async fn names(world: &World) -> Vec<String> {
    let list = world.get("/api/v1/workspaces").await.json();
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

/// RFC 9112, section 6.3: a request whose length two servers could take to be
/// different must not hide a second one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_hides_in_the_body_of_another() {
    let world = World::new().await;
    let served = served(&world).await;
    let hidden = workspaces(&world, "content-length: 20", r#"{"name": "smuggled"}"#);
    for headers in [
        "content-length: 5\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 5",
        "content-length: 5\r\ncontent-length: 6",
        "content-length: 5, 6",
        "content-length: +5",
        "content-length: -1",
        "transfer-encoding: identity, chunked\r\ncontent-length: 5",
        "transfer-encoding: xchunked",
        "transfer-encoding: chunked, identity",
        "transfer-encoding : chunked",
        "content-length : 5",
    ] {
        let bytes = workspaces(&world, headers, &format!("0\r\n\r\n{hidden}"));
        let answer = sent(&served, bytes.as_bytes()).await;
        let answers = answer.matches("HTTP/1.1 ").count();
        assert!(answers <= 1, "{headers:?} was answered twice: {answer}");
        assert!(!answer.contains("HTTP/1.1 2"), "{headers:?}: {answer}");
    }
    assert!(names(&world).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn oversized_heads_and_bodies_are_refused() {
    let world = World::new().await;
    let served = served(&world).await;
    let long = "x".repeat(1 << 20);
    let many = "a: b\r\n".repeat(500);
    for (request, statuses) in [
        (
            format!("GET /{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"),
            &["414", "431"][..],
        ),
        (
            format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {long}\r\n\r\n"),
            &["431"],
        ),
        (
            format!("GET / HTTP/1.1\r\nhost: localhost\r\n{many}\r\n"),
            &["431"],
        ),
        (
            workspaces(&world, "content-length: 1048576", &long),
            &["413"],
        ),
    ] {
        let answer = sent(&served, request.as_bytes()).await;
        // A server that hangs up on a flood has refused it as well.
        let refused = statuses
            .iter()
            .any(|status| answer.starts_with(&format!("HTTP/1.1 {status}")));
        assert!(answer.is_empty() || refused, "{answer}");
    }
    assert!(names(&world).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_input_becomes_a_header() {
    let world = World::new().await;
    let served = served(&world).await;
    let injected = "%0d%0aset-cookie:%20stolen=1%0d%0a";
    for path in [
        format!("/{injected}"),
        format!("/sign-in?next=/{injected}"),
        format!("/workspaces/{injected}/infrastructure-providers"),
        format!("/api/v1/workspaces/{injected}"),
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nx-request-id: a\tset-cookie: b\r\nconnection: close\r\n\r\n"
        );
        let answer = sent(&served, request.as_bytes()).await;
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(head.starts_with("http/1.1 "), "{path}: {answer}");
        assert!(!head.contains("\nset-cookie: stolen"), "{path}: {head}");
        assert!(!head.contains("a\tset-cookie"), "{path}: {head}");
    }
}
