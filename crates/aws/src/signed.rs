//! Requests to any AWS service, signed here: what the SDK's clients are too large for.
//!
//! A request is data (`SignedCall`); the credentials, the region and the clock are those of the
//! session. Nothing of a request is logged: its headers hold the session token.

mod answer;
mod endpoint;

use std::sync::Arc;

use aws_config::SdkConfig;
use aws_sdk_sts::config::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use commissary_core::domain::Region;
use commissary_core::ports::{CallOutcome, Happening, Meter};

pub(crate) use self::answer::{Answer, Form, is_throttling_in_xml};
pub(crate) use self::endpoint::{Service, is_aws};
use crate::session::{SessionOptions, is_plain_loopback};

/// The largest answer that is read. Lists are asked for in small pages.
const MOST_BYTES: usize = 8 << 20;

/// A request to a service, before it has an address and a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedCall {
    pub(crate) service: &'static Service,
    /// The operation's name, by which XML answers begin.
    pub(crate) operation: &'static str,
    pub(crate) method: &'static str,
    /// The path with its query, both encoded.
    pub(crate) path: String,
    /// Headers beside those that the signature makes.
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    pub(crate) form: Form,
}

/// Why there was no answer to a call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallFault {
    /// Nothing came, or not in time, or not whole.
    #[error("{0}")]
    Silence(String),
    /// AWS asks to slow down.
    #[error("AWS is limiting the rate of requests")]
    Throttled,
    /// The credentials of the session cannot be had, or no request can be made of the call.
    #[error("{0}")]
    Unsigned(String),
}

/// Sends signed requests for a session.
#[derive(Clone)]
pub(crate) struct SignedClient {
    http: reqwest::Client,
    config: SdkConfig,
    credentials: SharedCredentialsProvider,
    region: Region,
    /// The URL that stands for every AWS service, if there is one.
    everywhere: Option<String>,
    meter: Arc<dyn Meter>,
}

impl SignedClient {
    /// A client with the settings of a session; none where the settings name no credentials.
    pub(crate) fn new(
        config: &SdkConfig,
        region: &Region,
        options: &SessionOptions,
    ) -> Option<Self> {
        let everywhere = options.endpoint.as_deref().or(config.endpoint_url());
        let timeouts = options.timeouts;
        let builder = reqwest::Client::builder()
            .user_agent(concat!("commissary/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.attempt)
            .redirect(reqwest::redirect::Policy::none());
        // A proxy of the environment would look for it on its own machine.
        let builder = match everywhere.is_some_and(is_plain_loopback) {
            true => builder.no_proxy(),
            false => builder,
        };
        Some(Self {
            http: builder.build().ok()?,
            config: config.clone(),
            credentials: config.credentials_provider()?,
            region: region.clone(),
            everywhere: everywhere.map(str::to_owned),
            meter: options.meter.clone(),
        })
    }

    /// Whether a service is asked at AWS's own address.
    pub(crate) fn asks_aws(&self, service: &Service) -> bool {
        is_aws(&self.base(service))
    }

    fn base(&self, service: &Service) -> String {
        service
            .configured(&self.config)
            .or_else(|| self.everywhere.clone())
            .unwrap_or_else(|| service.own(&self.region))
    }

    /// Signs and sends once.
    ///
    /// # Errors
    /// No answer of AWS came, or AWS asks to slow down.
    pub(crate) async fn send(&self, call: &SignedCall) -> Result<Answer, CallFault> {
        let request = self.signed(call).await?;
        let answer = self.answer(call, request).await;
        let outcome = match &answer {
            Ok(Answer::Done(_)) => CallOutcome::Done,
            Ok(Answer::Refused { .. }) => CallOutcome::Refused,
            Err(CallFault::Throttled) => CallOutcome::Throttled,
            Err(CallFault::Silence(_) | CallFault::Unsigned(_)) => CallOutcome::Unanswered,
        };
        self.meter.count(Happening::CloudCall {
            service: call.service.id,
            outcome,
        });
        answer
    }

    async fn answer(
        &self,
        call: &SignedCall,
        request: reqwest::Request,
    ) -> Result<Answer, CallFault> {
        let answer = self.http.execute(request).await.map_err(silence)?;
        let status = answer.status().as_u16();
        let code = answer.headers().get("x-amzn-errortype");
        let code = code
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let body = whole(answer).await?;
        Answer::read(call, status, code.as_deref(), &body)
    }

    async fn signed(&self, call: &SignedCall) -> Result<reqwest::Request, CallFault> {
        let unsigned = |error: &dyn std::fmt::Display| CallFault::Unsigned(error.to_string());
        let credentials = self.credentials.provide_credentials().await;
        let credentials = credentials.map_err(|error| unsigned(&error))?;
        let identity = credentials.into();
        let region = call.service.signing_region(&self.region);
        let time = self
            .config
            .time_source()
            .ok_or_else(|| unsigned(&"the session has no clock"))?;
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&region)
            .name(call.service.signing)
            .time(time.now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| unsigned(&error))?
            .into();
        let url = format!(
            "{}{}",
            self.base(call.service).trim_end_matches('/'),
            call.path
        );
        let headers = call
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let body = SignableBody::Bytes(call.body.as_bytes());
        let signable = SignableRequest::new(call.method, &url, headers, body)
            .map_err(|error| unsigned(&error))?;
        let (signature, _) = sign(signable, &parameters)
            .map_err(|error| unsigned(&error))?
            .into_parts();
        let method = reqwest::Method::from_bytes(call.method.as_bytes());
        let mut request = self
            .http
            .request(method.map_err(|error| unsigned(&error))?, &url)
            .body(call.body.clone());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        for (name, value) in signature.headers() {
            request = request.header(name, value);
        }
        request
            .build()
            .map_err(|error| unsigned(&error.without_url()))
    }
}

impl std::fmt::Debug for SignedClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedClient")
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

/// The whole body as text, if it is not without end.
async fn whole(mut answer: reqwest::Response) -> Result<String, CallFault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(silence)? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(CallFault::Silence("the answer does not end".to_owned()));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| CallFault::Silence("the answer is not text".to_owned()))
}

/// What went wrong on the way, without the address, which may hold names of people's choosing.
fn silence(error: reqwest::Error) -> CallFault {
    let why = if error.is_timeout() {
        "AWS did not answer in time".to_owned()
    } else {
        let error = error.without_url();
        format!("the connection failed: {}", crate::error::deepest(&error))
    };
    CallFault::Silence(why)
}
