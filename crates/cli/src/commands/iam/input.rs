//! What several commands read.

use std::io::Read as _;
use std::path::Path;

use crate::failure::Failure;

/// The text of a file, or of standard input for `-`.
pub(super) fn text(file: &Path) -> Result<String, Failure> {
    let read = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|error| Failure::failed(format!("`{}` cannot be read: {error}", file.display())))
}
