//! What is logged.

use std::io::IsTerminal as _;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, fmt};

/// How much is logged.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Level {
    /// What went wrong.
    Error,
    /// And what may.
    Warn,
    /// And each request.
    #[default]
    Info,
    /// And how it was answered.
    Debug,
}

/// The only crates that are heard below warnings. Libraries are not: at their
/// finest they print whole requests, and ours carry secrets.
const OURS: [&str; 8] = [
    "commissary",
    "commissary_aws",
    "commissary_core",
    "commissary_oidc",
    "commissary_sandbox",
    "commissary_seal",
    "commissary_server",
    "commissary_store",
];

/// Begins to log to standard error.
pub(super) fn start(level: Level, json: bool) {
    let level = match level {
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    let filter = Targets::new()
        .with_targets(OURS.map(|name| (name, level)))
        .with_default(level.min(LevelFilter::WARN));
    let registry = tracing_subscriber::registry();
    if json {
        let layer = fmt::layer().json().with_writer(std::io::stderr);
        registry.with(layer.with_filter(filter)).init();
    } else {
        let layer = fmt::layer()
            .compact()
            .with_ansi(std::io::stderr().is_terminal())
            .with_writer(std::io::stderr);
        registry.with(layer.with_filter(filter)).init();
    }
}
