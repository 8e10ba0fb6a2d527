//! Starting the two programs, on ports that nobody else has.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::assets::program;
use super::process::Process;

/// How long anything may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often another port is tried when somebody was quicker.
const TRIES: u32 = 10;

/// A program and what it writes once it has its port. That something answers there would not
/// tell who it is.
struct Starts {
    name: &'static str,
    ready: &'static str,
}

const ETCD: Starts = Starts {
    name: "etcd",
    ready: "ready to serve client requests",
};
const API_SERVER: Starts = Starts {
    name: "kube-apiserver",
    ready: "Serving securely on",
};

/// What a cluster is started with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// Whether the API server notes every request.
    pub(crate) audited: bool,
}

/// etcd, and the port that it answers at.
pub(super) async fn etcd(folder: &Path) -> (Process, u16) {
    started(ETCD, |port| {
        let client = format!("http://127.0.0.1:{port}");
        let data = folder.join(format!("etcd-{port}"));
        let mut command = Command::new(program(ETCD.name));
        command
            .args(["--listen-client-urls", &client])
            .args(["--advertise-client-urls", &client])
            .args(["--listen-peer-urls", "http://127.0.0.1:0"])
            .arg("--data-dir")
            .arg(data);
        Process::start(&mut command, &folder.join("etcd.log"))
    })
    .await
}

/// The API server at a port of its own, with its certificate in `folder/certificates`.
pub(super) async fn api_server(folder: &Path, etcd: u16, options: Options) -> (Process, u16) {
    started(API_SERVER, |port| {
        api_server_at(folder, etcd, port, options)
    })
    .await
}

/// The API server again, at the port that it had; the port may be free a moment later only.
pub(super) async fn api_server_again(
    folder: &Path,
    etcd: u16,
    port: u16,
    options: Options,
) -> Process {
    let mut process = None;
    until("the API server starts again", async || {
        let mut tried = api_server_at(folder, etcd, port, options);
        let ready = comes(&mut tried, API_SERVER.ready).await;
        process = ready.then_some(tried);
        ready
    })
    .await;
    process.unwrap()
}

fn api_server_at(folder: &Path, etcd: u16, port: u16, options: Options) -> Process {
    let certificates = folder.join("certificates");
    let key = folder.join("sa.key");
    let mut command = Command::new(program(API_SERVER.name));
    command
        .arg(format!("--etcd-servers=http://127.0.0.1:{etcd}"))
        .arg(format!("--secure-port={port}"))
        .arg(format!("--cert-dir={}", certificates.display()))
        .arg(format!(
            "--token-auth-file={}",
            folder.join("tokens.csv").display()
        ))
        .arg(format!("--service-account-key-file={}", key.display()))
        .arg(format!(
            "--service-account-signing-key-file={}",
            key.display()
        ))
        .args([
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--authorization-mode=RBAC",
            "--api-audiences=https://kubernetes.default.svc",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--endpoint-reconciler-type=none",
            // No controller makes the service accounts that it would wait for.
            "--disable-admission-plugins=ServiceAccount",
        ]);
    if options.audited {
        let policy = folder.join("audit-policy.yaml");
        fs::write(
            &policy,
            "apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{ level: Metadata }]\n",
        )
        .unwrap();
        command
            .arg(format!("--audit-policy-file={}", policy.display()))
            .arg(format!(
                "--audit-log-path={}",
                folder.join("audit.log").display()
            ));
    }
    Process::start(&mut command, &folder.join("kube-apiserver.log"))
}

/// Starts a program at a port that is free; another one may take it first, and then the next is
/// tried.
async fn started(program: Starts, start: impl Fn(u16) -> Process) -> (Process, u16) {
    let Starts { name, ready } = program;
    let mut log = String::new();
    for _ in 0..TRIES {
        let port = free_port();
        let mut process = start(port);
        if comes(&mut process, ready).await {
            return (process, port);
        }
        log = process.log();
        assert!(
            log.contains("address already in use"),
            "{name} ended:\n{log}"
        );
    }
    panic!("{name} found no port:\n{log}");
}

/// Waits until a program is ready; false if it ended instead.
async fn comes(process: &mut Process, ready: &str) -> bool {
    let mut alive = true;
    until("the program is ready", async || {
        alive = !process.has_ended();
        !alive || process.log().contains(ready)
    })
    .await;
    alive
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().port()
}

/// Waits until something holds.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < end, "in vain it was waited until {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
