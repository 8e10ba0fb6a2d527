//! Every operation asks whether its actor may.

use std::path::Path;

use anyhow::Result;

use super::{Faults, files};

/// What counts as asking: the question itself, or an operation that asks it.
const ASKING: [&str; 5] = [
    "authorize(",
    ".workspace_for(",
    "self.readable(",
    "self.show_provider(",
    "self.show_check(",
];

/// Operations without the question, each with its reason.
const EXEMPT: &[(&str, &str)] = &[(
    "sign_out",
    "anybody may end the session whose token they hold",
)];

pub(super) fn check() -> Result<Faults> {
    let mut faults = Faults::new();
    for file in files(Path::new("crates/core/src/operations"), "rs")? {
        let text = std::fs::read_to_string(&file)?;
        for operation in text.split("pub async fn ").skip(1) {
            let name: String = operation
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let takes_actor = operation
                .split('{')
                .next()
                .is_some_and(|head| head.contains("actor: &Actor"));
            let asks = ASKING.iter().any(|question| operation.contains(question));
            let exempt = EXEMPT.iter().any(|(exempt, _)| *exempt == name);
            if takes_actor && !asks && !exempt {
                faults.push(format!(
                    "{}: `{name}` does not ask authorize()",
                    file.display()
                ));
            }
        }
    }
    Ok(faults)
}
