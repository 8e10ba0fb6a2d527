//! The client of a server's REST API.

mod events;
mod problem;
mod saved;
mod target;

use std::io::Write;

use commissary_core::domain::CheckEvent;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::failure::Failure;
use events::Told;
pub(crate) use target::ServerArgs;
use target::Target;

/// How often a connection that broke is made again, each time a second later.
const TRIES: u64 = 5;

/// A signed-in connection to a server.
pub(crate) struct Client {
    http: reqwest::Client,
    target: Target,
}

impl Client {
    /// Finds the server and the token to use with it; asks nothing yet.
    pub(crate) fn connect(args: &ServerArgs) -> Result<Self, Failure> {
        Self::to(Target::find(args)?)
    }

    /// The same without a token, to get one.
    pub(crate) fn without_token(args: &ServerArgs) -> Result<Self, Failure> {
        Self::to(Target::without_token(args)?)
    }

    /// The same with the token that `commissary login` kept, if it did.
    pub(crate) fn with_kept_token(args: &ServerArgs) -> Result<Option<Self>, Failure> {
        Target::with_kept_token(args)?.map(Self::to).transpose()
    }

    /// The same with another token.
    pub(crate) fn presenting(self, token: Zeroizing<String>) -> Self {
        let target = self.target.presenting(token);
        Self { target, ..self }
    }

    fn to(target: Target) -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("commissary/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(std::time::Duration::from_secs(5))
            // Longer than the server lets a check take, so that its answer is heard.
            .timeout(std::time::Duration::from_secs(180))
            .redirect(reqwest::redirect::Policy::none());
        // A proxy of the environment must not see what goes to this machine.
        let http = if target.is_loopback() {
            http.no_proxy()
        } else {
            http
        };
        let http = http
            .build()
            .map_err(|error| Failure::failed(format!("no HTTP client can be made: {error}")))?;
        Ok(Self { http, target })
    }

    /// The server's address.
    pub(crate) fn base(&self) -> &str {
        self.target.base()
    }

    /// Whether somebody on the way can read what is sent.
    pub(crate) fn is_open_to_others(&self) -> bool {
        self.target.is_clear_text() && !self.target.is_loopback()
    }

    /// Keeps a token for this server; later commands use it.
    pub(crate) fn keep_token(&self, token: &str) -> Result<(), Failure> {
        saved::keep(self.target.address(), token).map(|_| ())
    }

    /// Forgets the token that is kept for this server.
    pub(crate) fn forget_token(&self) -> Result<(), Failure> {
        saved::forget(self.target.address())
    }

    /// Reads a resource below `/api/v1`; the segments are escaped.
    pub(crate) async fn get(&self, path: &[&str]) -> Result<Value, Failure> {
        self.json(self.request(Method::GET, path, &[])?).await
    }

    /// Reads a resource with parameters.
    pub(crate) async fn get_with(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Value, Failure> {
        self.json(self.request(Method::GET, path, query)?).await
    }

    /// Reads a file and writes it as it comes.
    pub(crate) async fn download(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        self.written(self.request(Method::GET, path, query)?, out)
            .await
    }

    /// Has a file made from a JSON body, and writes it as it comes.
    pub(crate) async fn download_made(
        &self,
        path: &[&str],
        body: &Value,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let request = self.request(Method::POST, path, &[])?;
        self.written(request.json(body), out).await
    }

    async fn written(&self, request: RequestBuilder, out: &mut impl Write) -> Result<(), Failure> {
        let mut response = self.refused(self.send(request).await?).await?;
        let cut_off = |_| {
            Failure::failed("the connection broke off; what was written is not all")
                .with_hint("run it again")
        };
        while let Some(piece) = response.chunk().await.map_err(cut_off)? {
            match out.write_all(&piece) {
                Ok(()) => {}
                // A reader that went away (`| head`) is no failure.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                Err(error) => {
                    let message = format!("the output cannot be written: {error}");
                    return Err(Failure::failed(message));
                }
            }
        }
        let flushed = out.flush();
        flushed.map_err(|error| Failure::failed(format!("the output cannot be written: {error}")))
    }

    /// Reads all pages of a list.
    pub(crate) async fn list(&self, path: &[&str]) -> Result<Value, Failure> {
        self.list_some(path, &[], usize::MAX).await
    }

    /// Reads pages of a list, with parameters, until there are `most` items.
    pub(crate) async fn list_some(
        &self,
        path: &[&str],
        parameters: &[(&str, &str)],
        most: usize,
    ) -> Result<Value, Failure> {
        let mut items = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let at = cursor.iter().map(|c| ("cursor", c.as_str()));
            let query: Vec<(&str, &str)> = parameters.iter().copied().chain(at).collect();
            let mut page = self.json(self.request(Method::GET, path, &query)?).await?;
            match page.get_mut("items").map(Value::take) {
                Some(Value::Array(more)) => items.extend(more),
                _ => return Err(self.not_a_server("a list without items")),
            }
            if items.len() >= most {
                items.truncate(most);
                return Ok(serde_json::json!({ "items": items }));
            }
            match page.get("next").and_then(Value::as_str) {
                Some(next) => cursor = Some(next.to_owned()),
                None => return Ok(serde_json::json!({ "items": items })),
            }
        }
    }

    /// Creates something from a JSON body.
    pub(crate) async fn post(&self, path: &[&str], body: &Value) -> Result<Value, Failure> {
        self.json(self.request(Method::POST, path, &[])?.json(body))
            .await
    }

    /// Puts something in place of what is there.
    pub(crate) async fn put(&self, path: &[&str], body: &Value) -> Result<Value, Failure> {
        self.json(self.request(Method::PUT, path, &[])?.json(body))
            .await
    }

    /// Changes what the body names.
    pub(crate) async fn patch(&self, path: &[&str], body: &Value) -> Result<Value, Failure> {
        self.json(self.request(Method::PATCH, path, &[])?.json(body))
            .await
    }

    /// The same of what has the entity tag `etag`. The body may hold a secret.
    pub(crate) async fn patch_seen(
        &self,
        path: &[&str],
        etag: &str,
        body: Zeroizing<String>,
    ) -> Result<Value, Failure> {
        let request = self
            .request(Method::PATCH, path, &[])?
            .header("if-match", etag)
            .header("content-type", "application/json");
        self.json(request.body(body.to_string())).await
    }

    /// Removes a resource.
    pub(crate) async fn delete(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let response = self
            .send(self.request(Method::DELETE, path, query)?)
            .await?;
        self.refused(response).await.map(|_| ())
    }

    /// Starts something that takes a while, tells each step to `hear`, and
    /// returns its result. The body may hold a secret.
    pub(crate) async fn follow(
        &self,
        path: &[&str],
        body: Option<Zeroizing<String>>,
        hear: &(dyn Fn(&CheckEvent) + Sync),
    ) -> Result<Value, Failure> {
        self.told(self.request(Method::POST, path, &[])?, body, hear)
            .await
    }

    /// Changes what has the entity tag `etag`, otherwise like [`Self::follow`].
    pub(crate) async fn change(
        &self,
        path: &[&str],
        etag: &str,
        body: Zeroizing<String>,
        hear: &(dyn Fn(&CheckEvent) + Sync),
    ) -> Result<Value, Failure> {
        let request = self.request(Method::PATCH, path, &[])?;
        self.told(request.header("if-match", etag), Some(body), hear)
            .await
    }

    /// Sends a request whose answer tells each step.
    async fn told(
        &self,
        request: RequestBuilder,
        body: Option<Zeroizing<String>>,
        hear: &(dyn Fn(&CheckEvent) + Sync),
    ) -> Result<Value, Failure> {
        let mut request = request.header("accept", "text/event-stream");
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = self.refused(self.send(request).await?).await?;
        match events::follow(response, hear, &mut None).await {
            Ok(Told::Last(result)) => Ok(result),
            Ok(Told::Problem(failure)) => Err(failure),
            Ok(Told::Cut) => Err(Failure::failed("the connection ended before the result came")
                .with_hint("what was begun goes on in the server; look again with `commissary provider show`")),
            Err(why) => Err(self.not_a_server(&why)),
        }
    }

    /// Starts something that goes on by itself, and returns how it stands. The
    /// body may hold a secret.
    pub(crate) async fn start(
        &self,
        path: &[&str],
        body: Zeroizing<String>,
    ) -> Result<Value, Failure> {
        let request = self
            .request(Method::POST, path, &[])?
            .header("content-type", "application/json");
        self.json(request.body(body.to_string())).await
    }

    /// Hears what something that goes on by itself does, until it has ended, and
    /// returns how it did. A connection that breaks is made again.
    pub(crate) async fn hear(
        &self,
        path: &[&str],
        hear: &(dyn Fn(&CheckEvent) + Sync),
    ) -> Result<Value, Failure> {
        let mut seen = None;
        let mut tries = 0;
        loop {
            let mut request = self
                .request(Method::GET, path, &[])?
                .header("accept", "text/event-stream");
            if let Some(last) = &seen {
                request = request.header("last-event-id", last);
            }
            let answered = match self.send(request).await {
                Ok(response) => {
                    let response = self.refused(response).await?;
                    events::follow(response, hear, &mut seen).await
                }
                Err(failure) if tries >= TRIES => return Err(failure),
                Err(_) => Ok(Told::Cut),
            };
            match answered {
                Ok(Told::Last(last)) => return Ok(last),
                Ok(Told::Problem(failure)) => return Err(failure),
                Ok(Told::Cut) if tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(std::time::Duration::from_secs(tries)).await;
                }
                Ok(Told::Cut) => {
                    return Err(Failure::failed(
                        "the connection to the server breaks again and again",
                    ));
                }
                Err(why) => return Err(self.not_a_server(&why)),
            }
        }
    }

    fn request(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<RequestBuilder, Failure> {
        let url = self.target.url(path, query)?;
        let request = self.http.request(method, url);
        Ok(match self.target.token() {
            "" => request,
            token => request.bearer_auth(token),
        })
    }

    async fn json(&self, request: RequestBuilder) -> Result<Value, Failure> {
        let response = self.refused(self.send(request).await?).await?;
        if response.status() == StatusCode::NO_CONTENT {
            return Ok(Value::Null);
        }
        response
            .json()
            .await
            .map_err(|_| self.not_a_server("an answer that is not JSON"))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, Failure> {
        request.send().await.map_err(|error| {
            let why = if error.is_timeout() {
                "does not answer"
            } else {
                "cannot be reached"
            };
            Failure::failed(format!("the server at {} {why}", self.target.base()))
                .with_hint("start one with `commissary serve`, or name another with --server")
        })
    }

    /// Turns a refusal of the server into a failure.
    async fn refused(&self, response: Response) -> Result<Response, Failure> {
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        match response.json::<problem::Problem>().await {
            Ok(problem) => Err(problem.into_failure()),
            Err(_) => Err(self.not_a_server(&format!("status {status} without a reason"))),
        }
    }

    fn not_a_server(&self, why: &str) -> Failure {
        let base = self.target.base();
        Failure::failed(format!(
            "what answers at {base} is not a commissary server: {why}"
        ))
        .with_hint("name the server with --server")
    }
}
