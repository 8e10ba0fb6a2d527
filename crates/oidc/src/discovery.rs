//! What the provider says about itself, and its keys.

use std::sync::Arc;

use commissary_core::ports::{Clock, IdentityError};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::CoreProviderMetadata;
use tokio::sync::Mutex;

use crate::failures;
use crate::http::Http;
use crate::options::Issuer;

/// How long it is believed without asking again.
const BELIEVED: SignedDuration = SignedDuration::from_mins(10);
/// How long a provider that cannot be asked is left alone.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(3);
/// How often an identity that is signed with an unknown key may have the keys fetched.
const RENEWED_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// Asks the provider for its description and its keys.
pub(crate) async fn ask(
    issuer: &Issuer,
    http: &Http,
) -> Result<CoreProviderMetadata, IdentityError> {
    CoreProviderMetadata::discover_async(issuer.url().clone(), http)
        .await
        .map_err(|error| failures::of_discovery(issuer, error))
}

/// What was asked, kept for a while. Another process that lacks it asks for itself.
pub(crate) struct Discovery {
    clock: Arc<dyn Clock>,
    /// Held while the provider is asked, so that many sign-ins ask once.
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    known: Option<(Arc<CoreProviderMetadata>, Timestamp)>,
    failed: Option<(IdentityError, Timestamp)>,
    renewed_at: Option<Timestamp>,
}

impl Discovery {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            kept: Mutex::default(),
        }
    }

    /// The description, asked for if it is not known or too old.
    pub(crate) async fn description(
        &self,
        issuer: &Issuer,
        http: &Http,
    ) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let mut kept = self.kept.lock().await;
        let now = self.clock.now();
        if let Some((known, at)) = &kept.known
            && *at + BELIEVED > now
        {
            return Ok(known.clone());
        }
        if let Some((error, at)) = &kept.failed
            && *at + LEFT_ALONE > now
        {
            return Err(error.clone());
        }
        self.fetch(&mut kept, issuer, http).await
    }

    /// The description with fresh keys, because those that are known did not do; none if
    /// that was tried a moment ago.
    pub(crate) async fn renewed(
        &self,
        issuer: &Issuer,
        http: &Http,
    ) -> Result<Option<Arc<CoreProviderMetadata>>, IdentityError> {
        let mut kept = self.kept.lock().await;
        let now = self.clock.now();
        if kept.renewed_at.is_some_and(|at| at + RENEWED_EVERY > now) {
            return Ok(None);
        }
        kept.renewed_at = Some(now);
        self.fetch(&mut kept, issuer, http).await.map(Some)
    }

    async fn fetch(
        &self,
        kept: &mut Kept,
        issuer: &Issuer,
        http: &Http,
    ) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let asked = ask(issuer, http).await;
        let now = self.clock.now();
        match asked {
            Ok(description) => {
                let description = Arc::new(description);
                kept.known = Some((description.clone(), now));
                kept.failed = None;
                Ok(description)
            }
            Err(error) => {
                kept.failed = Some((error.clone(), now));
                Err(error)
            }
        }
    }
}
