//! Secrets that people give: typed unseen, or from a file. Never from the arguments.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::failure::Failure;

/// The largest file that can be a secret.
const MAX_SECRET_FILE: u64 = 64 * 1024;

/// Asks a person for a secret; `option` names the file for where nobody is.
pub(crate) fn typed(question: &str, option: &str) -> Result<Zeroizing<String>, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(format!(
            "there is no terminal to ask on; give it with {option} (`-` reads standard input)"
        )));
    }
    rpassword::prompt_password(question)
        .map(Zeroizing::new)
        .map_err(|error| Failure::failed(format!("it cannot be read: {error}")))
}

/// Reads a secret from a file, `-` being standard input.
pub(crate) fn from_file(file: &Path) -> Result<Zeroizing<String>, Failure> {
    text_of(file, MAX_SECRET_FILE)
}

/// Reads a file with secrets in it, `-` being standard input; refuses one of more than `most` bytes.
pub(crate) fn text_of(file: &Path, most: u64) -> Result<Zeroizing<String>, Failure> {
    let shown = file.display();
    let failed =
        |error: std::io::Error| Failure::failed(format!("`{shown}` cannot be read: {error}"));
    let mut text = Zeroizing::new(String::new());
    let read = if file == Path::new("-") {
        std::io::stdin().take(most + 1).read_to_string(&mut text)
    } else {
        let opened = std::fs::File::open(file).map_err(failed)?;
        opened.take(most + 1).read_to_string(&mut text)
    };
    match read.map_err(failed)? as u64 > most {
        true => Err(Failure::failed(format!(
            "`{shown}` is larger than {} KiB: is it the right file?",
            most / 1024
        ))),
        false => Ok(text),
    }
}
