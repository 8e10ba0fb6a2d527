//! A running sandbox with a clock and random bytes that stay under the tests' control.

mod answer;
mod http;
mod signer;

use std::future::pending;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use commissary_sandbox::{Behaviour, Clock, Controls, RandomSource, Sandbox, SandboxOptions};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use answer::Answer;
pub(crate) use http::send;
pub(crate) use signer::{Credentials, Signing};

/// 23 November 2026, 12:00 UTC.
pub(crate) const NOON: i64 = 1_795_435_200;
/// The policy of the page that the product grew from: what Kommander's user needs.
pub(crate) const KOMMANDER_POLICY: &str = include_str!("../../data/kommander-policy.json");

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) address: String,
    pub(crate) account: String,
    pub(crate) admin: Credentials,
    pub(crate) root: Credentials,
    pub(crate) controls: Controls,
    region: &'static str,
    seconds: Arc<AtomicI64>,
    server: JoinHandle<()>,
}

/// A clock that shows what `seconds` says.
pub(crate) fn clock(seconds: &Arc<AtomicI64>) -> Clock {
    let seconds = Arc::clone(seconds);
    Arc::new(move || Timestamp::from_second(seconds.load(Ordering::SeqCst)).unwrap())
}

/// Bytes that differ from call to call (SplitMix64).
pub(crate) fn random() -> RandomSource {
    static STATE: AtomicU64 = AtomicU64::new(7);
    Arc::new(|buffer| {
        for byte in buffer {
            let mut z = STATE.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = u8::try_from(z >> 56).unwrap();
        }
    })
}

/// A clock that stands at noon.
pub(crate) fn clock_at_noon() -> Clock {
    clock(&Arc::new(AtomicI64::new(NOON)))
}

/// Opens the account in `folder` at noon.
pub(crate) fn open(folder: &Path) -> Sandbox {
    Sandbox::open(folder, clock_at_noon(), random()).unwrap()
}

impl World {
    /// A new account.
    pub(crate) async fn start() -> World {
        World::start_in(tempfile::tempdir().unwrap()).await
    }

    /// The account in `folder`, or a new one.
    pub(crate) async fn start_in(folder: TempDir) -> World {
        World::start_with(folder, SandboxOptions::default()).await
    }

    /// A new account that behaves so.
    pub(crate) async fn start_as(behaviour: Behaviour) -> World {
        let options = SandboxOptions {
            behaviour,
            ..SandboxOptions::default()
        };
        World::start_with(tempfile::tempdir().unwrap(), options).await
    }

    pub(crate) async fn start_with(folder: TempDir, options: SandboxOptions) -> World {
        let seconds = Arc::new(AtomicI64::new(NOON));
        let (clock, random) = (clock(&seconds), random());
        let sandbox = Sandbox::open_with(folder.path(), clock, random, options).unwrap();
        let controls = sandbox.controls();
        let region = sandbox.partition().region();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let paths = sandbox.write_profile(&format!("http://{address}")).unwrap();
        let profiles = std::fs::read_to_string(paths.credentials).unwrap();
        let account = sandbox.account_id().to_owned();
        let server = tokio::spawn(async move { sandbox.serve(listener, pending()).await.unwrap() });
        World {
            admin: Credentials::of_profile(&profiles, "sandbox-admin"),
            root: Credentials::of_profile(&profiles, "sandbox-root"),
            folder,
            address,
            account,
            controls,
            region,
            seconds,
            server,
        }
    }

    /// Kills the server and starts another one over the same folder.
    pub(crate) async fn restart(self) -> World {
        World::start_in(self.stop().await).await
    }

    /// Kills the server and waits until it has let go of the folder.
    pub(crate) async fn stop(self) -> TempDir {
        drop(self.controls);
        self.server.abort();
        assert!(self.server.await.unwrap_err().is_cancelled());
        let lock = std::fs::File::open(self.folder.path().join("lock")).unwrap();
        // Connections end on their own once their answers are out.
        while lock.try_lock().is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.folder
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.seconds.load(Ordering::SeqCst)).unwrap()
    }

    /// A signing that differs from a plain one only where a test changes it.
    pub(crate) fn signing<'a>(
        &self,
        credentials: &'a Credentials,
        service: &'a str,
    ) -> Signing<'a> {
        Signing {
            credentials,
            service,
            region: self.region,
            host: self.address.clone(),
            at: self.now(),
        }
    }

    /// Calls an IAM operation.
    pub(crate) async fn iam(
        &self,
        credentials: &Credentials,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        let body = form(action, "2010-05-08", parameters);
        let signed = self.signing(credentials, "iam").post(&body);
        Answer::read(&send(&self.address, &signed, &body).await)
    }

    /// Calls an operation of a service of the query protocols.
    pub(crate) async fn query(
        &self,
        credentials: &Credentials,
        (service, version): (&str, &str),
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        let body = form(action, version, parameters);
        let signed = self.signing(credentials, service).post(&body);
        Answer::read(&send(&self.address, &signed, &body).await)
    }

    /// Calls an operation of EC2.
    pub(crate) async fn ec2(
        &self,
        credentials: &Credentials,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        let ec2 = ("ec2", "2016-11-15");
        self.query(credentials, ec2, action, parameters).await
    }

    /// Calls an operation of STS.
    pub(crate) async fn sts(
        &self,
        credentials: &Credentials,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        let sts = ("sts", "2011-06-15");
        self.query(credentials, sts, action, parameters).await
    }

    /// Calls an operation of a service of the JSON protocols.
    pub(crate) async fn json(
        &self,
        credentials: &Credentials,
        service: &str,
        target: &str,
        body: &str,
    ) -> Answer {
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", target),
        ];
        let signing = self.signing(credentials, service);
        let head = signing.head("POST", "/", "", &headers, body);
        Answer::read(&send(&self.address, &head, body).await)
    }

    /// Calls an operation at a path.
    pub(crate) async fn rest(
        &self,
        credentials: &Credentials,
        service: &str,
        (method, path, query): (&str, &str, &str),
        body: &str,
    ) -> Answer {
        let signing = self.signing(credentials, service);
        let head = signing.head(method, path, query, &[], body);
        Answer::read(&send(&self.address, &head, body).await)
    }

    /// Calls an IAM operation as the administrator, who is obeyed.
    pub(crate) async fn admin(&self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        let answer = self.iam(&self.admin, action, parameters).await;
        assert_eq!(answer.status, 200, "{action}: {}", answer.body);
        answer
    }

    /// Who the sandbox says the caller is.
    pub(crate) async fn identity(&self, credentials: &Credentials) -> Answer {
        let body = form("GetCallerIdentity", "2011-06-15", &[]);
        let signed = self.signing(credentials, "sts").post(&body);
        Answer::read(&send(&self.address, &signed, &body).await)
    }

    /// Makes a user with a key.
    pub(crate) async fn user(&self, name: &str) -> Credentials {
        self.admin("CreateUser", &[("UserName", name)]).await;
        self.key(name).await
    }

    /// Makes a key for a user.
    pub(crate) async fn key(&self, name: &str) -> Credentials {
        let answer = self.admin("CreateAccessKey", &[("UserName", name)]).await;
        Credentials {
            id: answer.text("AccessKeyId"),
            secret: answer.text("SecretAccessKey"),
            token: None,
        }
    }

    /// Makes a managed policy of one statement and returns its ARN.
    pub(crate) async fn policy(&self, name: &str, statement: &str) -> String {
        let document = document(statement);
        let answer = self
            .admin(
                "CreatePolicy",
                &[("PolicyName", name), ("PolicyDocument", &document)],
            )
            .await;
        answer.text("Arn")
    }

    /// Gives a user an inline policy of one statement.
    pub(crate) async fn grant(&self, user: &str, statement: &str) {
        let document = document(statement);
        self.admin(
            "PutUserPolicy",
            &[
                ("UserName", user),
                ("PolicyName", "grant"),
                ("PolicyDocument", &document),
            ],
        )
        .await;
    }
}

/// A policy document of one statement (or a list of them).
pub(crate) fn document(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#)
}

/// The form body of a query request.
pub(crate) fn form(action: &str, version: &str, parameters: &[(&str, &str)]) -> String {
    let fixed = [("Action", action), ("Version", version)];
    let pairs: Vec<String> = fixed
        .iter()
        .chain(parameters)
        .map(|(name, value)| format!("{}={}", signer::encode(name), signer::encode(value)))
        .collect();
    pairs.join("&")
}
