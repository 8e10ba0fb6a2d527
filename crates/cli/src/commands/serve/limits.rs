//! What callers may take.

use std::num::NonZeroU16;

use commissary_server::Limits;

/// What callers may take.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArgs {
    /// How many connections are served at once; others wait until one ends.
    #[arg(
        long,
        env = "COMMISSARY_MAX_CONNECTIONS",
        default_value = "1024",
        value_name = "NUMBER"
    )]
    max_connections: NonZeroU16,
}

impl LimitArgs {
    /// The limits; of time and headers there is one choice for everybody.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            connections: self.max_connections.get().into(),
            ..Limits::default()
        }
    }
}
