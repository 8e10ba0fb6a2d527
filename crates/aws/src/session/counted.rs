//! Counts the calls of the SDK's clients, each attempt.

use std::sync::Arc;

use aws_sdk_sts::config::interceptors::FinalizerInterceptorContextRef;
use aws_sdk_sts::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_sts::error::BoxError;
use commissary_core::ports::{CallOutcome, Happening, Meter};

use crate::signed::is_throttling_in_xml;

/// Tells a meter of every attempt of a client.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// The service as AWS calls it.
    pub(super) service: &'static str,
    pub(super) meter: Arc<dyn Meter>,
}

impl Intercept for Counted {
    fn name(&self) -> &'static str {
        "Counted"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let answer = context.response().map(|answer| {
            let body = answer.body().bytes().unwrap_or_default();
            (answer.status().as_u16(), body)
        });
        let understood = matches!(context.output_or_error(), Some(Ok(_)));
        self.meter.count(Happening::CloudCall {
            service: self.service,
            outcome: outcome(answer, understood),
        });
        Ok(())
    }
}

/// What came of an attempt: a status with a body, or nothing.
fn outcome(answer: Option<(u16, &[u8])>, understood: bool) -> CallOutcome {
    match answer {
        _ if understood => CallOutcome::Done,
        Some((status, body)) if is_throttling_in_xml(status, body) => CallOutcome::Throttled,
        Some((400..500, _)) => CallOutcome::Refused,
        _ => CallOutcome::Unanswered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_an_attempt_is_told_apart() {
        let error = |code: &str| {
            format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>")
        };
        for (status, body, understood, expected) in [
            (200, String::new(), true, CallOutcome::Done),
            (200, "<html>".to_owned(), false, CallOutcome::Unanswered),
            (403, error("AccessDenied"), false, CallOutcome::Refused),
            (400, error("Throttling"), false, CallOutcome::Throttled),
            (503, String::new(), false, CallOutcome::Throttled),
            (
                500,
                error("InternalFailure"),
                false,
                CallOutcome::Unanswered,
            ),
        ] {
            let found = outcome(Some((status, body.as_bytes())), understood);
            assert_eq!(found, expected, "{status} {body}");
        }
        assert_eq!(outcome(None, false), CallOutcome::Unanswered);
    }
}
