//! The `Cloud` port over AWS.

use async_trait::async_trait;
use commissary_core::domain::{AccessKey, CheckRequest, CheckResult, Identity, Region};
use commissary_core::ports::{Cloud, CloudError, Progress};

use crate::{AwsSession, CheckError, SessionOptions, check};

/// AWS as the domain's cloud: each call signs with the key that it is given.
#[derive(Debug, Clone, Default)]
pub struct AwsCloud {
    options: SessionOptions,
}

impl AwsCloud {
    /// AWS at `endpoint`, or where the AWS SDK's own settings say (`AWS_ENDPOINT_URL`, the
    /// profile), or else AWS itself.
    pub fn new(endpoint: Option<String>) -> Self {
        Self::with_options(SessionOptions {
            endpoint,
            ..SessionOptions::default()
        })
    }

    /// The same with other time limits.
    pub fn with_options(options: SessionOptions) -> Self {
        Self { options }
    }

    /// Where AWS is asked and how long it is waited for.
    pub(crate) fn options(&self) -> &SessionOptions {
        &self.options
    }
}

#[async_trait]
impl Cloud for AwsCloud {
    async fn identify(&self, key: &AccessKey, region: &Region) -> Result<Identity, CloudError> {
        AwsSession::from_key(key, region, &self.options)
            .await
            .identify()
            .await
    }

    async fn check(
        &self,
        key: &AccessKey,
        administrator: Option<&AccessKey>,
        request: &CheckRequest,
        progress: &dyn Progress,
    ) -> Result<CheckResult, CloudError> {
        let subject = AwsSession::from_key(key, &request.region, &self.options).await;
        let reader = match administrator {
            Some(key) => Some(AwsSession::from_key(key, &request.region, &self.options).await),
            None => None,
        };
        check(&subject, reader.as_ref(), request, progress)
            .await
            .map_err(told)
    }
}

/// An administrator's credential is told apart from the one that is checked.
fn told(error: CheckError) -> CloudError {
    match error {
        CheckError::Subject(error) => error,
        CheckError::Reader(error) => CloudError::Administrator {
            field: match error.credential_field() {
                Some("secretAccessKey") => Some("administrator.secretAccessKey"),
                Some("sessionToken") => Some("administrator.sessionToken"),
                Some(_) => Some("administrator.accessKeyId"),
                None => None,
            },
            why: error.to_string(),
        },
        other @ CheckError::OtherAccount { .. } => CloudError::Administrator {
            field: Some("administrator.accessKeyId"),
            why: other.to_string(),
        },
    }
}
