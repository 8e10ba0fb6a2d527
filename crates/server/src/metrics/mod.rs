//! What this process counted, for Prometheus.
//!
//! The labels of a series are words of the code: routes by their templates, states,
//! services. Nobody's name and no path that was typed becomes one, so that how many
//! series there are is known beforehand.

mod labels;
mod scrape;

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use commissary_core::domain::CheckState;
use commissary_core::ports::{Happening, Meter, SignInRefusal};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use labels::{Answered, Asked, Called, Found, InState, Refused, method_of, route_of};
pub(crate) use scrape::{about, metrics};

/// The media type of the text format.
const TEXT: &str = prometheus_client::encoding::prometheus_text::CONTENT_TYPE;
/// What every name begins with.
const PREFIX: &str = "commissary";

/// The bounds of how long an answer took, in seconds: from a page to the limit of time.
const SECONDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0,
];

/// The verdicts, as reports call them.
const VERDICTS: [&str; 4] = ["allowed", "denied", "conditional", "unverifiable"];

/// What this process counts. Clones count together.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    checks: Family<InState, Counter>,
    permissions: Family<Found, Counter>,
    calls: Family<Called, Counter>,
    refusals: Family<Refused, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        let metrics = Self {
            registry: Arc::default(),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            checks: Family::default(),
            permissions: Family::default(),
            calls: Family::default(),
            refusals: Family::default(),
        };
        registry.register(
            "http_requests",
            "Requests that were answered",
            metrics.requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "How long an answer took to begin",
            Unit::Seconds,
            metrics.durations.clone(),
        );
        registry.register(
            "checks_ended",
            "Checks of infrastructure providers that ended",
            metrics.checks.clone(),
        );
        registry.register(
            "check_permissions",
            "Permissions that checks decided about",
            metrics.permissions.clone(),
        );
        registry.register(
            "aws_calls",
            "Calls to AWS, each attempt counted",
            metrics.calls.clone(),
        );
        registry.register(
            "sign_ins_refused",
            "Attempts to sign in that were refused",
            metrics.refusals.clone(),
        );
        metrics.begin();
        Self {
            registry: Arc::new(registry),
            ..metrics
        }
    }
}

impl Metrics {
    /// A request was answered; `route` is the template that it matched, if any.
    pub(crate) fn answered(
        &self,
        method: &Method,
        route: Option<&str>,
        status: StatusCode,
        took: Duration,
    ) {
        let (method, route) = (method_of(method), route_of(route));
        let asked = Asked { method, route };
        self.durations
            .get_or_create(&asked)
            .observe(took.as_secs_f64());
        let answered = Answered {
            method,
            route,
            status: status.as_u16(),
        };
        self.requests.get_or_create(&answered).inc();
    }

    /// Adds to the verdicts, in the order of [`VERDICTS`].
    fn found(&self, counts: [usize; 4]) {
        for (verdict, count) in VERDICTS.into_iter().zip(counts) {
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            let found = Found { verdict };
            self.permissions.get_or_create(&found).inc_by(count);
        }
    }

    /// Begins the series whose labels are known beforehand at nothing, so that the
    /// first of each is seen as a change.
    fn begin(&self) {
        for state in CheckState::ALL {
            if state != CheckState::Running {
                let state = state.name();
                self.checks.get_or_create(&InState { state }).inc_by(0);
            }
        }
        for reason in SignInRefusal::ALL {
            let reason = reason.name();
            self.refusals.get_or_create(&Refused { reason }).inc_by(0);
        }
        self.found([0; 4]);
    }
}

impl Meter for Metrics {
    fn count(&self, happening: Happening) {
        match happening {
            Happening::CloudCall { service, outcome } => {
                let outcome = outcome.name();
                let called = Called { service, outcome };
                self.calls.get_or_create(&called).inc();
            }
            Happening::CheckEnded { state, summary } => {
                let state = state.name();
                self.checks.get_or_create(&InState { state }).inc();
                if let Some(found) = summary {
                    self.found([
                        found.allowed,
                        found.denied,
                        found.conditional,
                        found.unverifiable,
                    ]);
                }
            }
            Happening::SignInRefused(why) => {
                let reason = why.name();
                self.refusals.get_or_create(&Refused { reason }).inc();
            }
        }
    }
}
