//! `serve --print-config`: what counts, and where it came from.

use clap::{Arg, CommandFactory as _};
use serde_json::{Value, json};

use super::{SERVE, Sources, settings};
use crate::args::Args;
use crate::failure::Failure;
use crate::output::{Format, table, text};

impl Sources {
    /// Prints every setting of `serve`. No setting is a secret: those are in
    /// files, and here are the files' names.
    ///
    /// # Errors
    /// The output cannot be written.
    pub(crate) fn print(&self, output: Format) -> Result<(), Failure> {
        let mut command = Args::command();
        command.build();
        let rows: Vec<Value> = settings(&command)
            .into_iter()
            .map(|arg| self.row(arg))
            .collect();
        output.print(&json!({ "settings": rows }), |shown| {
            let rows = shown.get("settings").and_then(Value::as_array);
            let row = |row: &Value| {
                ["name", "value", "from"]
                    .map(|field| text(row, field).to_owned())
                    .to_vec()
            };
            let rows = rows.into_iter().flatten().map(row).collect();
            table(&["setting", "value", "from"], rows, "")
        })
    }

    fn row(&self, arg: &Arg) -> Value {
        let serve = self.matches.subcommand_matches(SERVE);
        let id = arg.get_id().as_str();
        let raw = serve.and_then(|matches| matches.try_get_raw(id).ok().flatten());
        let values: Vec<String> = raw
            .into_iter()
            .flatten()
            .map(|value| value.to_string_lossy().into_owned())
            .collect();
        json!({
            "name": arg.get_long(),
            "value": values.join(", "),
            "from": self.of(arg),
        })
    }
}
