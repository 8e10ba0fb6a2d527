//! Sessions from the AWS configuration files and the environment.

use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_sdk_sts::config::{
    Credentials, ProvideCredentials as _, Region as SdkRegion, SharedCredentialsProvider,
};
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
        match profile {
            Some(name) => {
                let region = match region {
                    Some(region) => region.clone(),
                    None => region_of(name).await?,
                };
                loader = loader
                    .profile_name(name)
                    .region(sdk_region(&region))
                    .credentials_provider(provider(name, &region));
            }
            None => {
                if let Some(region) = region {
                    loader = loader.region(sdk_region(region));
                }
            }
        }
        let mut config = loader.load().await;
        let region = parsed(config.region())?;
        config = config.into_builder().region(sdk_region(&region)).build();
        let credentials = credentials(config.credentials_provider(), profile, options).await?;
        let temporary = credentials.session_token().is_some();
        Ok(Self::new(&config, region, temporary, options))
    }
}

/// The region that a profile, or else the one of the environment, is used in. Only settings are
/// read: nobody is asked, and no credentials are needed.
///
/// # Errors
/// The region that is configured is none.
pub async fn configured_region(profile: Option<&str>) -> Result<Region, SessionError> {
    let of_environment = std::env::var("AWS_PROFILE").ok();
    region_of(profile.or(of_environment.as_deref()).unwrap_or("default")).await
}

/// The access key that a profile of the AWS configuration gives, for people who keep it there
/// and want it kept here, with the region that it is used in.
///
/// # Errors
/// The profile is not there or has expired, or what it gives cannot be an access key.
pub async fn profile_key(profile: &str) -> Result<(AccessKey, Region), SessionError> {
    let region = region_of(profile).await?;
    let provider = SharedCredentialsProvider::new(provider(profile, &region));
    let found = credentials(Some(provider), Some(profile), &SessionOptions::default()).await?;
    let token = found.session_token().map(str::to_owned);
    let secret = SecretInput::new(found.secret_access_key().to_owned());
    let key = AccessKey::parse(found.access_key_id(), secret, token.map(SecretInput::new));
    key.map(|(key, _)| (key, region)).map_err(|faults| {
        let why: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        SessionError::Profile {
            profile: profile.to_owned(),
            why: why.join("; "),
        }
    })
}

/// The credentials of a named profile. Assuming a role asks STS in `region`.
fn provider(profile: &str, region: &Region) -> ProfileFileCredentialsProvider {
    let config = ProviderConfig::default().with_region(Some(sdk_region(region)));
    ProfileFileCredentialsProvider::builder()
        .configure(&config)
        .profile_name(profile)
        .build()
}

/// The region of the environment or of the profile, in the AWS CLI's order.
async fn region_of(profile: &str) -> Result<Region, SessionError> {
    let of_profile = ProfileFileRegionProvider::builder()
        .profile_name(profile)
        .build();
    let found = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
        .or_else(of_profile)
        .region()
        .await;
    parsed(found.as_ref())
}

fn parsed(found: Option<&SdkRegion>) -> Result<Region, SessionError> {
    Region::parse(found.map_or(Region::DEFAULT, AsRef::as_ref))
        .map_err(|fault| SessionError::Region(fault.message))
}

/// Asks for the credentials once, so that what is wrong with them is said before any call.
async fn credentials(
    provider: Option<SharedCredentialsProvider>,
    profile: Option<&str>,
    options: &SessionOptions,
) -> Result<Credentials, SessionError> {
    let why = match provider {
        Some(provider) => {
            let most = options.timeouts.operation;
            match tokio::time::timeout(most, provider.provide_credentials()).await {
                Ok(Ok(credentials)) => return Ok(credentials),
                Ok(Err(error)) => plain(deepest(&error)),
                Err(_) => format!("nothing answered within {} seconds", most.as_secs()),
            }
        }
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

/// The SDK's words for people who do not compile it.
fn plain(why: String) -> String {
    if why.contains("cargo feature") {
        return "it takes them from a program (`credential_process`) or a console sign-in (`login_session`), which are not supported; use keys, SSO or a role, for example `aws configure export-credentials --profile NAME --format env`".to_owned();
    }
    why
}
