//! Stands between the product and the sandbox, and spoils some of the answers.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It comes as it is, later.
    Late(Duration),
    /// It never comes, and the connection stays.
    Never,
    /// The connection is closed before it.
    Closed,
    /// The connection is closed in the middle of it.
    Broken,
    /// Half of it comes, said to be all.
    Half,
    /// This comes in its place.
    Instead(u16, &'static str, &'static str),
    /// AWS asks to slow down, in the form of the service.
    Throttled,
}

/// Which answers are spoiled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoils {
    pub(crate) fault: Fault,
    /// Every so many; 1 for all.
    pub(crate) every: usize,
}

/// What went through a proxy.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// Requests since the proxy was opened.
    requests: usize,
    /// How long each that was answered took, since this was last asked for.
    took: Vec<Duration>,
}

/// A proxy that was opened.
pub(crate) struct FaultProxy {
    pub(crate) url: String,
    traffic: Arc<Mutex<Traffic>>,
}

impl FaultProxy {
    /// A proxy to `upstream`, which is an address of plain HTTP.
    pub(crate) async fn open(upstream: &str, spoils: Spoils) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let upstream: Arc<str> = upstream.trim_start_matches("http://").into();
        let traffic = Arc::<Mutex<Traffic>>::default();
        let shared = Arc::clone(&traffic);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (upstream, traffic) = (Arc::clone(&upstream), Arc::clone(&shared));
                tokio::spawn(async move {
                    // Who asks may have given up meanwhile.
                    let _ = pass(client, &upstream, spoils, &traffic).await;
                });
            }
        });
        Self { url, traffic }
    }

    /// How long each call took that was answered since this was last asked.
    pub(crate) fn calls(&self) -> Vec<Duration> {
        std::mem::take(&mut locked(&self.traffic).took)
    }
}

fn locked(traffic: &Mutex<Traffic>) -> std::sync::MutexGuard<'_, Traffic> {
    traffic.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request and its answer; then the connection is closed.
async fn pass(
    mut client: TcpStream,
    upstream: &str,
    spoils: Spoils,
    traffic: &Mutex<Traffic>,
) -> io::Result<()> {
    let request = message(&mut client).await?;
    let began = Instant::now();
    let spoiled = {
        let mut traffic = locked(traffic);
        traffic.requests += 1;
        traffic.requests.is_multiple_of(spoils.every)
    };
    answer(
        &mut client,
        &request,
        upstream,
        spoiled.then_some(spoils.fault),
    )
    .await?;
    locked(traffic).took.push(began.elapsed());
    Ok(())
}

async fn answer(
    client: &mut TcpStream,
    request: &[u8],
    upstream: &str,
    fault: Option<Fault>,
) -> io::Result<()> {
    let Some(fault) = fault else {
        let answer = asked(upstream, request).await?;
        return client.write_all(&answer).await;
    };
    match fault {
        Fault::Late(pause) => {
            tokio::time::sleep(pause).await;
            let answer = asked(upstream, request).await?;
            client.write_all(&answer).await
        }
        Fault::Never => {
            std::future::pending::<()>().await;
            Ok(())
        }
        Fault::Closed => Ok(()),
        Fault::Broken => {
            let answer = asked(upstream, request).await?;
            client
                .write_all(answer.split_at(answer.len() * 7 / 8).0)
                .await
        }
        Fault::Half => {
            let answer = asked(upstream, request).await?;
            let (head, body) = answer.split_at(head_length(&answer).unwrap_or(0));
            let half = body.split_at(body.len() / 2).0;
            client
                .write_all(&written(status_of(head), "text/xml", half))
                .await
        }
        Fault::Instead(status, kind, body) => {
            client
                .write_all(&written(status, kind, body.as_bytes()))
                .await
        }
        Fault::Throttled => client.write_all(&throttled(request)).await,
    }
}

/// What each protocol says when it asks to slow down.
fn throttled(request: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(request);
    let xml = |open: &str, code: &str, close: &str| {
        format!("{open}<Error><Code>{code}</Code><Message>Rate exceeded</Message></Error>{close}")
    };
    let (status, kind, body) = if text.contains("/ec2/aws4_request") {
        let body = xml(
            "<Response><Errors>",
            "RequestLimitExceeded",
            "</Errors></Response>",
        );
        (503, "text/xml", body)
    } else if text.contains("x-www-form-urlencoded") {
        (
            400,
            "text/xml",
            xml("<ErrorResponse>", "Throttling", "</ErrorResponse>"),
        )
    } else {
        let body = r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#;
        (429, "application/x-amz-json-1.1", body.to_owned())
    };
    written(status, kind, body.as_bytes())
}

fn written(status: u16, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// What the sandbox answers, with the connection said to end after it.
async fn asked(upstream: &str, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(upstream).await?;
    server.write_all(request).await?;
    let answer = message(&mut server).await?;
    let line = answer.iter().position(|byte| *byte == b'\n').unwrap_or(0) + 1;
    let (first, rest) = answer.split_at(line);
    Ok([first, b"connection: close\r\n", rest].concat())
}

/// A whole message: its head, and as much body as that says.
async fn message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0_u8; 4_096];
    loop {
        if let Some(head) = head_length(&bytes)
            && bytes.len() >= head + body_length(bytes.split_at(head).0)
        {
            return Ok(bytes);
        }
        match stream.read(&mut buffer).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend_from_slice(buffer.split_at(read).0),
        }
    }
}

fn status_of(head: &[u8]) -> u16 {
    let head = String::from_utf8_lossy(head);
    let status = head.split_whitespace().nth(1);
    status.and_then(|text| text.parse().ok()).expect("a status")
}

fn head_length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(end + 4)
}

fn body_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    length.map_or(0, |text| text.trim().parse().expect("a length"))
}
