//! Callers that are slow on purpose, or want too much, over a real socket.
//!
//! Whatever is cut off here would otherwise never end, so that no time is measured.

use std::time::Duration;

use commissary_server::Limits;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::serving::{Served, served};
use crate::support::{World, key, provider_body};

/// Long enough for a whole request to arrive on a busy machine.
const SOON: Duration = Duration::from_secs(2);
/// Longer than any test waits.
const NEVER: Duration = Duration::from_secs(3600);

fn limits(head: Duration, body: Duration) -> Limits {
    Limits {
        head,
        body,
        ..Limits::default()
    }
}

async fn connected(served: &Served) -> TcpStream {
    TcpStream::connect(served.address).await.unwrap()
}

async fn send(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
}

/// Everything until the server closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // Closed with something unread is an error to the one who wrote it.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// What has arrived by the time that `until` has.
async fn read_until(stream: &mut TcpStream, until: &str) -> String {
    let mut answer = String::new();
    let mut buffer = [0; 1024];
    while !answer.contains(until) {
        let count = stream.read(&mut buffer).await.unwrap();
        assert!(count > 0, "closed after {answer}");
        answer.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    answer
}

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_does_not_end_is_not_waited_for() {
    let world = World::within(limits(SOON, NEVER)).await;
    let served = served(&world).await;
    for begun in [
        "",
        "GET",
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ",
    ] {
        let mut stream = connected(&served).await;
        send(&mut stream, begun).await;
        let answer = rest(stream).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
            "{begun}: {answer}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_without_a_request_is_closed() {
    let world = World::within(limits(SOON, NEVER)).await;
    let served = served(&world).await;
    let mut stream = connected(&served).await;
    for _ in 0..2 {
        // The same connection serves again.
        send(&mut stream, HEALTH).await;
        read_until(&mut stream, "\"ok\"}").await;
    }
    assert_eq!(rest(stream).await, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_does_not_end_is_refused() {
    let world = World::within(limits(NEVER, Duration::from_millis(200))).await;
    let served = served(&world).await;
    let token = format!("authorization: Bearer {}\r\n", world.token);
    for (path, media_type, begun) in [
        ("/api/v1/workspaces", "application/json", "{\"name\": \"te"),
        ("/api/v1/login", "application/json", "{"),
        ("/sign-in", "application/x-www-form-urlencoded", "name=a"),
    ] {
        for length in ["content-length: 1000", "transfer-encoding: chunked"] {
            let mut stream = connected(&served).await;
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\n{token}content-type: {media_type}\r\n{length}\r\n\r\n"
            );
            let body = match length.starts_with("transfer") {
                true => format!("{:x}\r\n{begun}\r\n", begun.len()),
                false => begun.to_owned(),
            };
            send(&mut stream, &format!("{head}{body}")).await;
            let answer = rest(stream).await;
            assert!(
                answer.starts_with("HTTP/1.1 408"),
                "{path} {length}: {answer}"
            );
            let told = answer.contains("too-slow") || answer.contains("did not arrive in time");
            assert!(told, "{answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_is_too_large_is_refused() {
    let world = World::within(Limits {
        header_fields: 20,
        header_bytes: 4096,
        ..Limits::default()
    })
    .await;
    let served = served(&world).await;
    let fields = |count: usize, length: usize| {
        let value = "x".repeat(length);
        let lines = (0..count).map(|number| format!("x-{number}: {value}\r\n"));
        lines.collect::<String>()
    };
    for (fields, refused) in [
        (fields(10, 1), false),
        (fields(30, 1), true),
        (fields(10, 1000), true),
        (fields(1, 5000), true),
    ] {
        let mut stream = connected(&served).await;
        let head = format!(
            "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{fields}\r\n"
        );
        send(&mut stream, &head).await;
        let answer = rest(stream).await;
        let expected = if refused { "431" } else { "200" };
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {expected}")),
            "{} bytes: {answer}",
            head.len()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_finds_no_place_waits_for_one() {
    let world = World::within(Limits {
        connections: 2,
        ..limits(NEVER, NEVER)
    })
    .await;
    let served = served(&world).await;
    let mut first = connected(&served).await;
    let mut second = connected(&served).await;
    for stream in [&mut first, &mut second] {
        send(stream, HEALTH).await;
        read_until(stream, "\"ok\"}").await;
    }
    let mut third = connected(&served).await;
    send(&mut third, HEALTH).await;
    // Both places are held by connections that were answered; the third gets one
    // when they let go, and not before.
    let mut byte = [0];
    let early = tokio::time::timeout(Duration::from_millis(100), third.peek(&mut byte)).await;
    assert!(early.is_err(), "answered without a place");
    drop(first);
    read_until(&mut third, "\"ok\"}").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_not_cut_off() {
    let world = World::within(limits(Duration::from_millis(50), Duration::from_millis(50))).await;
    let made = world
        .post_json("/api/v1/workspaces", &json!({"name": "team-a"}))
        .await;
    assert_eq!(made.status, 201);
    let mut body = provider_body("slow", key::SLOW);
    body["verify"] = json!("later");
    world.add(body).await;
    let checks = "/api/v1/workspaces/team-a/infrastructure-providers/slow/checks";
    let started = world.post_json(checks, &json!({})).await;
    let events = format!("{}/events", started.header("location"));
    let served = served(&world).await;
    let mut stream = connected(&served).await;
    let request = format!(
        "GET {events} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\r\n",
        world.token
    );
    send(&mut stream, &request).await;
    read_until(&mut stream, "simulating").await;
    // Many times the limits.
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.cloud.go_on.notify_one();
    read_until(&mut stream, "event: end").await;
}
