//! Waiting for AWS: what was made is not known everywhere at once (IAM User Guide,
//! "Troubleshoot IAM: Changes that I make are not always immediately visible").

use std::future::Future;
use std::time::Duration;

use commissary_core::domain::{AccessKey, Identity, Interrupted, KnownKey, Region};
use commissary_core::ports::CloudError;
use jiff::Timestamp;
use tokio::time::{Instant, sleep};

use super::key_plan::is_new;
use super::keys::keys_of;
use crate::{AwsSession, SessionOptions};

/// How long something is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Between two attempts.
    pub every: Duration,
    /// From the first attempt to the last.
    pub at_most: Duration,
}

impl Patience {
    /// For what was made a moment ago to be found by the next call.
    pub(super) const SETTLING: Self = Self {
        every: Duration::from_secs(1),
        at_most: Duration::from_secs(10),
    };
    /// Between two checks of what may not count everywhere yet.
    pub const BETWEEN_CHECKS: Duration = Duration::from_secs(5);
    /// For a new access key to work.
    pub const NEW_KEY: Self = Self {
        every: Duration::from_secs(2),
        at_most: Duration::from_secs(30),
    };
}

/// Waits until AWS knows a new access key, telling how long it has been waited for.
///
/// # Errors
/// AWS does not know the key in that time, or cannot be asked.
pub async fn wait_until_usable(
    key: &AccessKey,
    region: &Region,
    options: &SessionOptions,
    patience: Patience,
    mut tell: impl FnMut(Duration) + Send,
) -> Result<Identity, CloudError> {
    let session = AwsSession::from_key(key, region, options).await;
    let unknown = |error: &CloudError| matches!(error, CloudError::UnknownAccessKey { .. });
    retried(patience, unknown, &mut tell, || session.identify()).await
}

/// The keys of a user once a list must show what an interrupted run made a moment ago: `keys`, or
/// a later look.
pub(super) async fn settled(
    session: &AwsSession,
    user: &str,
    run: &Interrupted,
    now: Timestamp,
    mut keys: Vec<KnownKey>,
) -> Result<Vec<KnownKey>, CloudError> {
    let passed = now.duration_since(run.at).unsigned_abs();
    let rest = Patience::SETTLING.at_most.saturating_sub(passed);
    let began = Instant::now();
    while !keys.iter().any(|key| is_new(run, key)) && began.elapsed() < rest {
        sleep(Patience::SETTLING.every).await;
        keys = match keys_of(session, user).await {
            // A user that was never made has no keys either.
            Err(error) if is_missing(&error) => Vec::new(),
            answer => answer?,
        };
    }
    Ok(keys)
}

/// Whether AWS says that what a call is about does not exist.
pub(super) fn is_missing(error: &CloudError) -> bool {
    matches!(error, CloudError::Refused { code, .. } if code == "NoSuchEntity")
}

/// Repeats a call while AWS says that something hangs on what it removes.
pub(super) async fn while_in_use<T, F>(
    patience: Patience,
    call: impl FnMut() -> F + Send,
) -> Result<T, CloudError>
where
    F: Future<Output = Result<T, CloudError>> + Send,
{
    let in_use = |error: &CloudError| matches!(error, CloudError::Refused { code, .. } if code == "DeleteConflict");
    retried(patience, in_use, &mut |_| {}, call).await
}

/// Repeats a call while AWS says that what it is about does not exist, or asks to slow down.
pub(super) async fn while_missing<T, F>(
    patience: Patience,
    call: impl FnMut() -> F + Send,
) -> Result<T, CloudError>
where
    F: Future<Output = Result<T, CloudError>> + Send,
{
    let passing =
        |error: &CloudError| is_missing(error) || matches!(error, CloudError::Throttled { .. });
    retried(patience, passing, &mut |_| {}, call).await
}

async fn retried<T, F>(
    patience: Patience,
    passing: impl Fn(&CloudError) -> bool + Send,
    tell: &mut (impl FnMut(Duration) + Send),
    mut call: impl FnMut() -> F + Send,
) -> Result<T, CloudError>
where
    F: Future<Output = Result<T, CloudError>> + Send,
{
    let began = Instant::now();
    loop {
        match call().await {
            Err(error)
                if passing(&error) && began.elapsed() + patience.every <= patience.at_most =>
            {
                tell(began.elapsed());
                sleep(patience.every).await;
            }
            answer => return answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn missing() -> CloudError {
        CloudError::Refused {
            code: "NoSuchEntity".into(),
            message: String::new(),
        }
    }

    const SHORT: Patience = Patience {
        every: Duration::from_millis(2),
        at_most: Duration::from_millis(40),
    };

    #[tokio::test]
    async fn what_appears_in_time_is_found() {
        let calls = AtomicU32::new(0);
        let answer = while_missing(SHORT, || async {
            match calls.fetch_add(1, Ordering::Relaxed) {
                0..2 => Err(missing()),
                n => Ok(n),
            }
        });
        assert_eq!(answer.await, Ok(2));
    }

    #[tokio::test]
    async fn what_does_not_appear_is_given_up_and_other_errors_at_once() {
        let calls = AtomicU32::new(0);
        let count = || calls.fetch_add(1, Ordering::Relaxed);
        let answer = while_missing(SHORT, || async {
            count();
            Err::<(), _>(missing())
        });
        assert_eq!(answer.await, Err(missing()));
        assert!((2..=21).contains(&calls.swap(0, Ordering::Relaxed)));
        let answer = while_missing(SHORT, || async {
            count();
            Err::<(), _>(CloudError::WrongSecret)
        });
        assert_eq!(answer.await, Err(CloudError::WrongSecret));
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    }
}
