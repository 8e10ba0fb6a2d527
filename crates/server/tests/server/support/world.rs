//! The server, its data and the people who use it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header, request};
use commissary_core::people::{PasswordInput, SignInFrom};
use commissary_core::{Commissary, Origin};
use commissary_kubernetes::KubernetesDelivery;
use commissary_server::{Limits, Metrics, Options, Runs, router};
use commissary_store::{OpenOptions, SqlStore};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::clock::{CountingRandom, SteppingClock};
use super::cloud::TableCloud;
use super::{Answer, Document, SECRET, TOKEN, TableAccounts, logs};

/// The administrator's password; it must never come out again.
pub(crate) const PASSWORD: &str = "canary password of the administrator";

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    Nobody,
    /// A program with the API token.
    Program,
    /// A browser with the administrator's session, on a page of this server.
    Browser,
}

pub(crate) struct World {
    pub(crate) product: Commissary,
    pub(crate) cloud: Arc<TableCloud>,
    pub(crate) accounts: Arc<TableAccounts>,
    pub(crate) clock: Arc<SteppingClock>,
    pub(crate) router: Router,
    pub(crate) runs: Runs,
    pub(crate) metrics: Metrics,
    pub(crate) limits: Limits,
    /// The API token.
    pub(crate) token: String,
    /// The administrator's session.
    pub(crate) session: String,
    _dir: TempDir,
}

impl World {
    /// A server with an administrator who is signed in.
    pub(crate) async fn new() -> Self {
        Self::within(Limits::default()).await
    }

    /// The same with other limits.
    pub(crate) async fn within(limits: Limits) -> Self {
        let mut world = Self::before_setup_within(limits).await;
        let setup = world
            .product
            .open_setup()
            .await
            .unwrap()
            .unwrap()
            .hand_over();
        let password = || PasswordInput::new(PASSWORD.to_owned());
        let from = SignInFrom::new(Origin::at("test"));
        let begun = world
            .product
            .complete_setup(&setup, from, "admin", password())
            .await
            .unwrap();
        world.session = begun.session.hand_over().to_string();
        let token = world
            .product
            .renew_local_token("admin.token")
            .await
            .unwrap();
        world.token = token.hand_over().to_string();
        world
    }

    /// A server that nobody can sign in to yet.
    pub(crate) async fn before_setup() -> Self {
        Self::before_setup_within(Limits::default()).await
    }

    async fn before_setup_within(limits: Limits) -> Self {
        logs::collect();
        let dir = tempfile::tempdir().unwrap();
        let store = SqlStore::open(OpenOptions {
            dir: dir.path().join("data"),
            root_key: dir.path().join("root.key"),
        })
        .await
        .unwrap();
        let cloud = Arc::new(TableCloud::default());
        let accounts = Arc::new(TableAccounts::default());
        let clock = Arc::new(SteppingClock::new());
        let metrics = Metrics::default();
        let product = Commissary::new(
            Arc::new(store),
            cloud.clone(),
            accounts.clone(),
            Arc::new(KubernetesDelivery::default()),
            clock.clone(),
            Arc::new(CountingRandom::new()),
        )
        .counted_by(Arc::new(metrics.clone()));
        let runs = Runs::default();
        let options = Options {
            version: "0.0.0-test",
            notice: Some("Sandbox: nothing here reaches AWS".to_owned()),
            runs: runs.clone(),
            limits,
            metrics: metrics.clone(),
        };

        Self {
            router: router(product.clone(), options),
            runs,
            metrics,
            limits,
            product,
            cloud,
            accounts,
            clock,
            token: String::new(),
            session: String::new(),
            _dir: dir,
        }
    }

    /// A server with the workspace `team-a`.
    pub(crate) async fn with_workspace() -> Self {
        let world = Self::new().await;
        let made = world
            .post_json("/api/v1/workspaces", &json!({"name": "team-a"}))
            .await;
        assert_eq!(made.status, 201, "{}", made.body);
        world
    }

    /// A server with a provider in the workspace `team-a`.
    pub(crate) async fn with_provider(name: &str, key: &str) -> Self {
        let world = Self::with_workspace().await;
        let added = world.add(provider_body(name, key)).await;
        assert_eq!(added.status, 201, "{}", added.body);
        world
    }

    /// Sends a provider to the workspace `team-a`.
    pub(crate) async fn add(&self, body: Value) -> Answer {
        self.post_json("/api/v1/workspaces/team-a/infrastructure-providers", &body)
            .await
    }

    /// Sends a request. Every answer has its headers, and what the API takes and answers is as its
    /// document says.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = request.into_parts();
        let (method, path) = (parts.method.to_string(), parts.uri.path().to_owned());
        let sent = to_bytes(body, usize::MAX).await.unwrap();
        let request = Request::from_parts(parts, Body::from(sent.clone()));
        let answer = Answer::of(self.router.clone().oneshot(request).await.unwrap()).await;
        answer.assert_headers(&path);
        let fault = answer.fault(&method, &path);
        assert_eq!(
            fault, None,
            "{method} {path}: {} {}",
            answer.status, answer.body
        );
        if answer.status.is_success() && !sent.is_empty() {
            let sent = String::from_utf8_lossy(&sent);
            let fault = Document::get().fault_of_body(&method, &path, &sent);
            assert_eq!(fault, None, "{method} {path} takes what is not described");
        }
        answer
    }

    /// A request as `caller` sends it.
    pub(crate) fn request(&self, caller: Caller, method: &str, path: &str) -> request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8080");
        match caller {
            Caller::Nobody => request,
            Caller::Program => {
                request.header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            }
            Caller::Browser => request
                .header(
                    header::COOKIE,
                    format!("commissary-session={}", self.session),
                )
                .header("sec-fetch-site", "same-origin"),
        }
    }

    pub(crate) async fn as_caller(&self, caller: Caller, method: &str, path: &str) -> Answer {
        self.send(
            self.request(caller, method, path)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    /// Reads from the API.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.as_caller(Caller::Program, "GET", path).await
    }

    /// Writes to the API.
    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.post_raw(path, "application/json", body.to_string())
            .await
    }

    /// Puts something in place of what the API has there.
    pub(crate) async fn put_json(&self, path: &str, body: &Value) -> Answer {
        let request = self
            .request(Caller::Program, "PUT", path)
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap())
            .await
    }

    pub(crate) async fn post_raw(
        &self,
        path: &str,
        media_type: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let request = self.request(Caller::Program, "POST", path);
        self.send(
            request
                .header(header::CONTENT_TYPE, media_type)
                .body(body.into())
                .unwrap(),
        )
        .await
    }

    /// Opens a page of the console.
    pub(crate) async fn open(&self, path: &str) -> Answer {
        self.as_caller(Caller::Browser, "GET", path).await
    }

    /// Sends a form of the console.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.submit_as(Caller::Browser, path, fields).await
    }

    /// The same as `caller`, and what came of it as a browser shows it: a form that was not done
    /// leads on to its page.
    pub(crate) async fn submit_as(
        &self,
        caller: Caller,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let answer = self.post_form(caller, path, fields).await;
        self.shown(caller, answer).await
    }

    /// Sends a form, and does not follow where it leads on.
    pub(crate) async fn post_form(
        &self,
        caller: Caller,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let request = self
            .request(caller, "POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(fields))).unwrap())
            .await
    }

    /// The page that was kept for an answer, if it leads on to one; otherwise the answer.
    pub(crate) async fn shown(&self, caller: Caller, answer: Answer) -> Answer {
        let to = answer.header("location");
        match to.contains("?kept=") {
            true => self.as_caller(caller, "GET", to).await,
            false => answer,
        }
    }

    /// Waits until no check of a provider runs any more.
    pub(crate) async fn checked(&self, name: &str) {
        let provider = "/api/v1/workspaces/team-a/infrastructure-providers";
        let path = format!("{provider}/{name}/checks?limit=1");
        for _ in 0..400 {
            if self.get(&path).await.json()["items"][0]["state"] != "running" {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("the check of `{name}` does not end");
    }

    /// Opens the page that an answer redirects to, with the cookies that it set.
    pub(crate) async fn follow(&self, answer: &Answer) -> Answer {
        self.follow_to(answer, answer.header("location")).await
    }

    /// Opens a page that an answer leads to by a way that others go as well.
    pub(crate) async fn follow_to(&self, answer: &Answer, to: &str) -> Answer {
        assert_eq!(answer.status, 303, "{}", answer.body);
        let flash = answer.cookie("commissary-flash").unwrap_or_default();
        let request = self
            .request(Caller::Browser, "GET", to)
            .header(header::COOKIE, format!("commissary-flash={flash}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let logged = logs::logged();
        for secret in [SECRET, TOKEN, PASSWORD, &self.token, &self.session] {
            assert!(
                secret.is_empty() || !logged.contains(secret),
                "a secret was logged"
            );
        }
    }
}

/// A provider as it is written.
pub(crate) fn provider_body(name: &str, key: &str) -> Value {
    json!({
        "name": name,
        "type": "aws",
        "authentication": {
            "method": "static",
            "accessKeyId": key,
            "secretAccessKey": SECRET,
            "sessionToken": null,
        },
        "region": "us-east-1",
        "release": "kommander-2.2",
        "features": [],
    })
}

/// The form of a provider as a browser sends it.
pub(crate) fn provider_form(key: &str) -> Vec<(&str, &str)> {
    vec![
        ("type", "aws"),
        ("method", "static"),
        ("name", "prod"),
        ("accessKeyId", key),
        ("secretAccessKey", SECRET),
        ("region", "eu-west-1"),
        ("release", "kommander-2.2"),
        ("features.kommander-2.2", "ec2"),
    ]
}

/// A text as it stands in a form or an address.
pub(crate) fn percent(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// Takes back one layer of percent-encoding.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}
