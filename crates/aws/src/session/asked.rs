//! The endpoint that a client really asks, whichever setting it came from.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_sts::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_sts::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_sts::error::BoxError;

/// Remembers where the last request went, for errors to name.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked(Arc<Mutex<Option<String>>>);

impl Asked {
    pub(super) fn get(&self) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Intercept for Asked {
    fn name(&self) -> &'static str {
        "Asked"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let endpoint = shown(context.request().uri());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(endpoint);
        Ok(())
    }
}

/// A URL as an error shows it: scheme, host and port; never user information, path or query,
/// which may hold secrets.
pub(super) fn shown(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match scheme {
        "" => host.to_owned(),
        scheme => format!("{scheme}://{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn user_information_and_paths_are_not_shown() {
        for (url, expected) in [
            (
                "https://user:secret@aws.example:8443/a?b=c",
                "https://aws.example:8443",
            ),
            ("http://[::1]:4566", "http://[::1]:4566"),
            ("user:secret@aws.example", "aws.example"),
            ("https://a@b@c/#x@y", "https://c"),
            ("", ""),
        ] {
            assert_eq!(shown(url), expected);
        }
    }
}
