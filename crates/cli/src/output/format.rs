//! Output for people and for scripts.

use serde_json::Value;

use super::print_text;
use crate::failure::Failure;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Table,
    /// For scripts; field names are camelCase and stable.
    Json,
    /// The same as JSON, in YAML.
    Yaml,
}

impl Format {
    /// Prints `value`; for people, the text that `table` makes of it.
    pub(crate) fn print(
        self,
        value: &Value,
        table: impl FnOnce(&Value) -> String,
    ) -> Result<(), Failure> {
        let text = match self {
            Self::Table => table(value),
            Self::Json => serde_json::to_string_pretty(value)
                .map_err(|error| Failure::failed(format!("no JSON can be made of it: {error}")))?,
            Self::Yaml => serde_saphyr::to_string(value)
                .map_err(|error| Failure::failed(format!("no YAML can be made of it: {error}")))?,
        };
        print_text(&text)
    }
}
