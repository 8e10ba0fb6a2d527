//! What the binary tells the server about itself, and the state that handlers share.

use std::sync::Arc;

use commissary_core::Commissary;

use crate::checks::Runs;
use crate::limits::Limits;
use crate::metrics::Metrics;

/// What the server is told about the product that it serves.
#[derive(Debug, Clone)]
pub struct Options {
    /// The version of the binary, for the foot of each page.
    pub version: &'static str,
    /// A banner over every page, for example `sandbox: nothing here reaches AWS`.
    pub notice: Option<String>,
    /// What this process runs beside its requests.
    pub runs: Runs,
    /// What a caller may take.
    pub limits: Limits,
    /// What this process counts.
    pub metrics: Metrics,
}

/// What every handler gets: the product and the options. Nothing that another
/// process would miss.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) commissary: Commissary,
    pub(crate) options: Arc<Options>,
}

impl App {
    pub(crate) fn new(commissary: Commissary, options: Options) -> Self {
        Self {
            commissary,
            options: Arc::new(options),
        }
    }
}
