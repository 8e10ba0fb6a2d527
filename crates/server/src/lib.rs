//! The REST API v1 and the console of Commissary, over axum.
//!
//! A request passes the layers (`layers/`: request id, log, headers,
//! time limit, same-origin rule, error pages), then the table of routes
//! (`routes.rs`) that says for every endpoint whether it asks for sign-in. What
//! asks is guarded by `session::guard` before its handler runs. Handlers live
//! one per file in `api/` and `console/`; they call operations of
//! [`commissary_core::Commissary`] and hold no state of their own, so that
//! several processes can serve side by side.
//!
//! Everything that goes wrong is a `Problem`. The API answers it as
//! `application/problem+json`; for the console the layer `layers::pages` turns
//! it into a page.

mod api;
mod assets;
mod checks;
mod console;
mod deliveries;
mod describe;
mod forms;
mod forwarded;
mod health;
mod layers;
mod limits;
mod metrics;
mod options;
mod problem;
mod query;
mod repeat;
mod router;
mod routes;
mod running;
mod serve;
mod session;
mod tls;
mod urls;

pub use checks::Runs;
pub use deliveries::Deliveries;
pub use describe::{openapi, openapi_text};
pub use forwarded::TrustedProxies;
pub use limits::Limits;
pub use metrics::Metrics;
pub use options::Options;
pub use router::router;
pub use routes::{Access, Area, RouteInfo, routes};
pub use serve::serve;
pub use session::Transport;
pub use tls::{Certificate, TlsError, TlsFiles, TlsListener, over_tls};
