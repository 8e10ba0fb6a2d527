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
    /// For tickets; reports of checks only.
    Markdown,
    /// For CI: SARIF 2.1.0; reports of checks only.
    Sarif,
}

impl Format {
    /// Refuses the forms that only reports of checks have.
    pub(crate) fn without_report(self) -> Result<(), Failure> {
        let name = match self {
            Self::Table | Self::Json | Self::Yaml => return Ok(()),
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
        };
        Err(Failure::usage(format!(
            "only the report of a check can be printed as {name}, by `aws check`, `provider check` and `provider show`"
        ))
        .with_hint("choose --output table, json or yaml"))
    }

    /// Prints `value`; for people, the text that `table` makes of it.
    pub(crate) fn print(
        self,
        value: &Value,
        table: impl FnOnce(&Value) -> String,
    ) -> Result<(), Failure> {
        let text = match self {
            Self::Markdown | Self::Sarif => return self.without_report(),
            Self::Table => table(value),
            Self::Json => serde_json::to_string_pretty(value)
                .map_err(|error| Failure::failed(format!("no JSON can be made of it: {error}")))?,
            Self::Yaml => serde_saphyr::to_string(value)
                .map_err(|error| Failure::failed(format!("no YAML can be made of it: {error}")))?,
        };
        print_text(&text)
    }
}
