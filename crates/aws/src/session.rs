//! Who calls AWS, where, and how long an answer is waited for.

mod asked;
mod counted;
mod profile;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_config::{BehaviorVersion, ConfigLoader};
use aws_sdk_iam::Client as IamClient;
use aws_sdk_sts::Client as StsClient;
use aws_sdk_sts::config::http::HttpResponse;
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::config::timeout::TimeoutConfig;
use aws_sdk_sts::config::{AppName, Credentials};
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use commissary_core::domain::{AccessKey, Region};
use commissary_core::ports::{CloudError, Meter, Silent};
use secrecy::ExposeSecret;

use self::asked::{Asked, shown};
use self::counted::Counted;
pub use self::profile::{SessionError, configured_region, profile_key};
use crate::error::{Call, cloud_error};
use crate::signed::SignedClient;

/// How often a call is sent before its error counts.
const ATTEMPTS: u32 = 3;

/// How long AWS is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection to be made.
    pub connect: Duration,
    /// For one attempt to be answered.
    pub attempt: Duration,
    /// For a call with all its attempts.
    pub operation: Duration,
    /// For a check with all its calls.
    pub check: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(10),
            operation: Duration::from_secs(25),
            check: Duration::from_secs(90),
        }
    }
}

/// Where AWS is asked and how long it is waited for.
#[derive(Debug, Clone)]
pub struct SessionOptions {
    /// The URL that stands for every AWS service. Without one the AWS SDK's own settings hold:
    /// `AWS_ENDPOINT_URL` and its kin, `endpoint_url` in the profile, or else AWS itself.
    pub endpoint: Option<String>,
    /// How long AWS is waited for.
    pub timeouts: Timeouts,
    /// Whether the endpoint is known to honour dry runs, as the sandbox's does.
    pub honours_dry_runs: bool,
    /// Who counts the calls.
    pub meter: Arc<dyn Meter>,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            endpoint: None,
            timeouts: Timeouts::default(),
            honours_dry_runs: false,
            meter: Arc::new(Silent),
        }
    }
}

/// A principal of AWS, ready to call STS and IAM. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct AwsSession {
    pub(crate) sts: StsClient,
    pub(crate) iam: IamClient,
    region: Region,
    temporary: bool,
    endpoint: Option<String>,
    asked_sts: Asked,
    asked_iam: Asked,
    signed: Option<SignedClient>,
    timeouts: Timeouts,
    honours_dry_runs: bool,
}

impl AwsSession {
    /// A session with an access key. Nothing is asked yet. No other credential is looked for: not
    /// in the environment, not in a profile, not in the metadata of a machine.
    pub async fn from_key(key: &AccessKey, region: &Region, options: &SessionOptions) -> Self {
        let credentials = Credentials::new(
            key.id.as_str(),
            key.secret.expose_secret(),
            key.session_token
                .as_ref()
                .map(|token| token.expose_secret().to_owned()),
            None,
            "commissary",
        );
        let loader = loader(options)
            .credentials_provider(credentials)
            .region(sdk_region(region));
        let config = loader.load().await;
        Self::new(
            &config,
            region.clone(),
            key.session_token.is_some(),
            options,
        )
    }

    fn new(
        config: &aws_config::SdkConfig,
        region: Region,
        temporary: bool,
        options: &SessionOptions,
    ) -> Self {
        let (asked_sts, asked_iam) = (Asked::default(), Asked::default());
        let counted = |service| Counted {
            service,
            meter: options.meter.clone(),
        };
        let sts = aws_sdk_sts::config::Builder::from(config)
            .interceptor(asked_sts.clone())
            .interceptor(counted("STS"));
        let iam = aws_sdk_iam::config::Builder::from(config)
            .interceptor(asked_iam.clone())
            .interceptor(counted("IAM"));
        Self {
            sts: StsClient::from_conf(sts.build()),
            iam: IamClient::from_conf(iam.build()),
            signed: SignedClient::new(config, &region, options),
            timeouts: options.timeouts,
            honours_dry_runs: options.honours_dry_runs,
            region,
            temporary,
            endpoint: options
                .endpoint
                .as_deref()
                .or(config.endpoint_url())
                .map(shown),
            asked_sts,
            asked_iam,
        }
    }

    /// Where STS and IAM are asked, and which partition that is.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// The URL that stands for AWS; none where AWS itself is asked.
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// Whether the credential carries a session token, so that it ends and may have a session
    /// policy.
    pub fn is_temporary(&self) -> bool {
        self.temporary
    }

    /// Sends what no client of the SDK is there for.
    pub(crate) fn signed(&self) -> Option<&SignedClient> {
        self.signed.as_ref()
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// Whether the endpoint is known to honour dry runs, whoever it is.
    pub(crate) fn honours_dry_runs(&self) -> bool {
        self.honours_dry_runs
    }

    /// Waits for the answer to `action` (as IAM writes it, `iam:GetUser`) and turns what goes
    /// wrong into the domain's words.
    pub(crate) async fn ask<T, E>(
        &self,
        action: &'static str,
        answer: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<T, CloudError>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let started = Instant::now();
        answer.await.map_err(|error| {
            let call = Call {
                action,
                endpoint: self.endpoint_of(action),
                partition: self.region.partition(),
                temporary: self.temporary,
                waited: started.elapsed(),
            };
            let error = cloud_error(&error, call);
            tracing::debug!(action, %error, "AWS did not do as asked");
            error
        })
    }

    /// The error of an answer that has the right form and not what it should hold.
    pub(crate) fn nonsense(&self, action: &str, why: impl Into<String>) -> CloudError {
        CloudError::Nonsense {
            endpoint: self.endpoint_of(action),
            why: why.into(),
        }
    }

    /// The address that was really asked, or the one that was to be asked.
    fn endpoint_of(&self, action: &str) -> String {
        let asked = if action.starts_with("sts:") {
            &self.asked_sts
        } else {
            &self.asked_iam
        };
        asked
            .get()
            .or_else(|| self.endpoint.clone())
            .unwrap_or_else(|| format!("the AWS endpoints of `{}`", self.region))
    }
}

impl std::fmt::Debug for AwsSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AwsSession")
            .field("region", &self.region)
            .field("temporary", &self.temporary)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// What every session has in common.
fn loader(options: &SessionOptions) -> ConfigLoader {
    let timeouts = options.timeouts;
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(timeouts.connect)
                .operation_attempt_timeout(timeouts.attempt)
                .operation_timeout(timeouts.operation)
                .build(),
        );
    // The name under which AWS's own logs (CloudTrail) show the calls.
    let loader = match AppName::new("commissary") {
        Ok(name) => loader.app_name(name),
        Err(_) => loader,
    };
    match &options.endpoint {
        Some(endpoint) if is_plain_loopback(endpoint) => {
            // A proxy of the environment would look for it on its own machine.
            let direct = aws_smithy_http_client::Builder::new().build_http();
            loader.endpoint_url(endpoint).http_client(direct)
        }
        Some(endpoint) => loader.endpoint_url(endpoint),
        None => loader,
    }
}

/// Whether a URL leads to this machine without TLS, as the sandbox's does.
pub(crate) fn is_plain_loopback(endpoint: &str) -> bool {
    let host = endpoint
        .strip_prefix("http://")
        .map(|rest| rest.split('/').next().unwrap_or(rest));
    host.and_then(|host| host.parse::<std::net::SocketAddr>().ok())
        .is_some_and(|address| address.ip().is_loopback())
}

fn sdk_region(region: &Region) -> aws_sdk_sts::config::Region {
    aws_sdk_sts::config::Region::new(region.as_str().to_owned())
}
