//! Sessions from the AWS configuration files and the environment.

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_sdk_sts::config::{Credentials, ProvideCredentials as _, SharedCredentialsProvider};
use commissary_core::domain::{AccessKey, Region, SecretInput};

use super::{AwsSession, SessionOptions, loader, sdk_region};
use crate::error::deepest;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The named profile gives no credentials.
    #[error(
        "the AWS profile `{profile}` gives no credentials: {why}; see `aws configure list --profile {profile}`, or sign in again with `aws sso login --profile {profile}`"
    )]
    Profile {
        /// The profile's name.
        profile: String,
        /// What the AWS SDK said.
        why: String,
    },
    /// Nothing in the environment gives credentials.
    #[error(
        "no AWS credentials were found: {why}; name a profile, set `AWS_PROFILE`, or run `aws configure`"
    )]
    NoCredentials {
        /// What the AWS SDK said.
        why: String,
    },
    /// The region that is configured is none.
    #[error("the region of the AWS configuration cannot be used: {0}")]
    Region(String),
}

impl AwsSession {
    /// A session from the AWS configuration.
    ///
    /// A profile that is named wins over keys in the environment, as with the AWS CLI. Without a
    /// name the AWS SDK's default chain is asked: the environment, `AWS_PROFILE` or the profile
    /// `default` (keys, SSO, assumed roles), web identity, the metadata of a container or machine.
    /// The region is `region`, or else that of the configuration, or else [`Region::DEFAULT`].
    ///
    /// # Errors
    /// The profile is not there or has expired, or no credentials were found.
    pub async fn from_profile(
        profile: Option<&str>,
        region: Option<&Region>,
        options: &SessionOptions,
    ) -> Result<Self, SessionError> {
        let mut loader = loader(options);
        if let Some(region) = region {
            loader = loader.region(sdk_region(region));
        }
        if let Some(name) = profile {
            let provider = ProfileFileCredentialsProvider::builder()
                .profile_name(name)
                .build();
            loader = loader.profile_name(name).credentials_provider(provider);
        }
        let mut config = loader.load().await;
        let region = configured_region(region, config.region().map(AsRef::as_ref))?;
        if config.region().is_none() {
            config = config.into_builder().region(sdk_region(&region)).build();
        }
        let credentials = credentials(config.credentials_provider(), profile).await?;
        let temporary = credentials.session_token().is_some();
        Ok(Self::new(&config, region, temporary, options))
    }
}

/// The access key that a profile of the AWS configuration gives, for people who keep it there
/// and want it kept here.
///
/// # Errors
/// The profile is not there or has expired, or what it gives cannot be an access key.
pub async fn profile_key(profile: &str) -> Result<AccessKey, SessionError> {
    let provider = ProfileFileCredentialsProvider::builder()
        .profile_name(profile)
        .build();
    let provider = Some(SharedCredentialsProvider::new(provider));
    let found = credentials(provider, Some(profile)).await?;
    let token = found.session_token().map(str::to_owned);
    let secret = SecretInput::new(found.secret_access_key().to_owned());
    let key = AccessKey::parse(found.access_key_id(), secret, token.map(SecretInput::new));
    key.map(|(key, _)| key).map_err(|faults| {
        let why: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        SessionError::Profile {
            profile: profile.to_owned(),
            why: why.join("; "),
        }
    })
}

fn configured_region(asked: Option<&Region>, found: Option<&str>) -> Result<Region, SessionError> {
    if let Some(region) = asked {
        return Ok(region.clone());
    }
    Region::parse(found.unwrap_or(Region::DEFAULT))
        .map_err(|fault| SessionError::Region(fault.message))
}

/// Asks for the credentials once, so that what is wrong with them is said before any call.
async fn credentials(
    provider: Option<SharedCredentialsProvider>,
    profile: Option<&str>,
) -> Result<Credentials, SessionError> {
    let why = match provider {
        Some(provider) => match provider.provide_credentials().await {
            Ok(credentials) => return Ok(credentials),
            Err(error) => deepest(&error),
        },
        None => "nothing provides any".to_owned(),
    };
    Err(match profile {
        Some(profile) => SessionError::Profile {
            profile: profile.to_owned(),
            why,
        },
        None => SessionError::NoCredentials { why },
    })
}
