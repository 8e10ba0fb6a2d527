//! How long a file may get.

use std::path::Path;

use anyhow::Result;

use super::{Faults, files};

/// Most files have 100 to 200 lines; none has more than this.
const MOST_LINES: usize = 600;

pub(super) fn check() -> Result<Faults> {
    let mut faults = Faults::new();
    for folder in ["crates", "xtask"] {
        for file in files(Path::new(folder), "rs")? {
            let lines = std::fs::read_to_string(&file)?.lines().count();
            if lines > MOST_LINES {
                faults.push(format!(
                    "{}: {lines} lines, {MOST_LINES} at the most; split it",
                    file.display()
                ));
            }
        }
    }
    Ok(faults)
}
