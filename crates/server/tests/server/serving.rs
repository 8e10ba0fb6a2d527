//! Over a real socket: addresses, hanging up, stopping.

use std::time::Duration;

use commissary_server::serve;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::{World, key, provider_body};

pub(crate) struct Served {
    pub(crate) address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

pub(crate) async fn served(world: &World) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let shutdown = async move {
        let _ = stopped.await;
    };
    let running = tokio::spawn(serve(
        listener,
        world.router.clone(),
        world.runs.clone(),
        world.limits,
        shutdown,
    ));
    Served {
        address,
        stop,
        running,
    }
}

async fn post(world: &World, served: &Served, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        world.token,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    stream
}

async fn answer(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_are_known_by_their_address() {
    let world = World::new().await;
    let served = served(&world).await;
    let stream = post(
        &world,
        &served,
        "/api/v1/workspaces",
        "{\"name\": \"team-a\"}",
    )
    .await;
    let text = answer(stream).await;
    assert!(text.starts_with("HTTP/1.1 201 "), "{text}");
    let events = world.get("/api/v1/audit-events?limit=1").await.json();
    assert_eq!(events["items"][0]["from"], "127.0.0.1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_lets_requests_under_way_end() {
    let world = World::with_workspace().await;
    let served = served(&world).await;
    let path = "/api/v1/workspaces/team-a/infrastructure-providers";
    let body = provider_body("prod", key::SLOW).to_string();
    let stream = post(&world, &served, path, &body).await;
    world.cloud.began.notified().await;
    served.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!served.running.is_finished());
    assert!(
        TcpStream::connect(served.address).await.is_err(),
        "it still takes connections"
    );
    world.cloud.go_on.notify_one();
    let text = answer(stream).await;
    assert!(text.starts_with("HTTP/1.1 201 "), "{text}");
    served.running.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_does_not_stop_what_was_begun() {
    let world = World::with_workspace().await;
    let served = served(&world).await;
    let path = "/api/v1/workspaces/team-a/infrastructure-providers";
    let body = provider_body("prod", key::SLOW).to_string();
    let stream = post(&world, &served, path, &body).await;
    world.cloud.began.notified().await;
    drop(stream);
    tokio::time::sleep(Duration::from_millis(50)).await;
    world.cloud.go_on.notify_one();
    for _ in 0..200 {
        let read = world.get(&format!("{path}/prod")).await.json();
        if read["status"] == "ready" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the check did not end");
}
