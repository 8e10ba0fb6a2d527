//! Where a secret may be exposed.

use std::path::Path;

use anyhow::Result;

use super::{Faults, files};

/// The call that turns a secret into bytes that anybody can read.
const EXPOSURE: &str = concat!("expose_", "secret");

/// The only places that may, each with its reason.
const PLACES: &[(&str, &str)] = &[
    ("crates/seal/", "it seals secrets"),
    (
        "crates/aws/",
        "it signs with them and hands them to AWS's own files",
    ),
    ("crates/kubernetes/", "it delivers them"),
    (
        "crates/sandbox/src/account/keys.rs",
        "the account that the sandbox plays makes keys of its own, worth nothing elsewhere",
    ),
];

pub(super) fn check() -> Result<Faults> {
    let mut faults = Faults::new();
    for file in files(Path::new("crates"), "rs")? {
        let shown = file.to_string_lossy();
        let allowed = PLACES.iter().any(|(place, _)| shown.starts_with(place));
        if !allowed && std::fs::read_to_string(&file)?.contains(EXPOSURE) {
            let places: Vec<_> = PLACES
                .iter()
                .map(|(place, reason)| format!("{place} ({reason})"))
                .collect();
            faults.push(format!(
                "{shown} exposes a secret; only these may: {}",
                places.join(", ")
            ));
        }
    }
    Ok(faults)
}
