//! The house rules, held by checks and not by memory.

mod arrows;
mod authorization;
mod fences;
mod sizes;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::run::say;

/// What breaks a rule: the place and what to do.
type Faults = Vec<String>;

/// Checks every rule and tells all that is broken.
pub(crate) fn run() -> Result<()> {
    say("tidy: the house rules");
    let mut faults = Faults::new();
    faults.extend(arrows::check()?);
    faults.extend(fences::check()?);
    faults.extend(authorization::check()?);
    faults.extend(sizes::check()?);
    if faults.is_empty() {
        return Ok(());
    }
    bail!("the house rules are broken:\n  {}", faults.join("\n  "));
}

/// All files below `folder` with the extension, in order; build output and
/// installed packages left out.
pub(crate) fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            if path.is_dir() && name != "target" && name != "node_modules" {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
