//! `GET /metrics`: what was counted, in Prometheus's text format.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::Action;
use commissary_core::domain::Vitals;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::labels::InState;
use super::{PREFIX, TEXT};
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("metrics", Tag::Server, "What was counted, for Prometheus")
        .takes(Action::ReadVitals)
        .answers_text(&[TEXT], "The numbers, which name nobody.")
}

pub(crate) async fn metrics(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<Response, Problem> {
    let vitals = app.commissary.read_vitals(&actor).await?;
    let mut text = String::new();
    let counted = &app.options.metrics.registry;
    encode(&mut text, counted)
        .and_then(|()| encode(&mut text, &asked(vitals, app.options.version)))
        .map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, TEXT)], text).into_response())
}

/// What is asked at each scrape and counted nowhere: it is the same from whichever
/// process.
fn asked(vitals: Vitals, version: &'static str) -> Registry {
    let mut registry = Registry::with_prefix(PREFIX);
    registry.register(
        "build",
        "The version that runs",
        Info::new([("version", version)]),
    );
    registry.register(
        "sessions",
        "Browsers that are signed in",
        ConstGauge::new(vitals.sessions),
    );
    let checks = Family::<InState, Gauge>::default();
    for (state, count) in [
        ("running", vitals.checks_running),
        ("lapsed", vitals.checks_lapsed),
    ] {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        checks.get_or_create(&InState { state }).set(count);
    }
    registry.register(
        "checks",
        "Checks that are not ended: running, or lapsed, which no process runs any more",
        checks,
    );
    registry.register(
        "audit_entries",
        "Entries of the audit log",
        ConstCounter::new(vitals.audit_entries),
    );
    registry
}
