//! What the command line prints: results to standard output, everything else
//! to standard error.

mod format;
mod report;
pub(crate) mod secret;
mod table;

use std::io::{IsTerminal as _, Write as _};

use serde_json::Value;

use crate::failure::Failure;

pub(crate) use format::Format;
pub(crate) use report::{Shown, print_report};
pub(crate) use table::table;

/// Prints a result as it is. A reader that went away (`| head`) is no failure.
pub(crate) fn print_text(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    match write!(out, "{text}{newline}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::failed(
            format!("the output cannot be written: {error}"),
        )),
        _ => Ok(()),
    }
}

/// Prints something for people who watch.
pub(crate) fn say(text: &str) {
    anstream::eprintln!("{text}");
}

/// Prints a failure with its fields and its advice.
pub(crate) fn report_failure(failure: &Failure) {
    anstream::eprintln!("\u{1b}[1;31merror:\u{1b}[0m {}", failure.message());
    for field in failure.fields() {
        anstream::eprintln!("  {}: {}", field.field, field.message);
    }
    if let Some(hint) = failure.hint() {
        anstream::eprintln!("\u{1b}[2mhint: {hint}\u{1b}[0m");
    }
}

/// Asks a person to type something; refuses where nobody can.
pub(crate) fn ask(question: &str, otherwise: &str) -> Result<String, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(format!(
            "there is no terminal to ask on; {otherwise}"
        )));
    }
    anstream::eprint!("{question} ");
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|error| Failure::failed(format!("the answer cannot be read: {error}")))?;
    Ok(answer.trim().to_owned())
}

/// A cell of a table; a dash where there is nothing.
pub(crate) fn or_dash(text: &str) -> String {
    match text {
        "" => "–".to_owned(),
        text => text.to_owned(),
    }
}

/// A moment as people read it: to the second, in UTC.
pub(crate) fn moment(text: &str) -> String {
    match text.parse::<jiff::Timestamp>() {
        Ok(at) => at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        Err(_) => text.to_owned(),
    }
}

/// A text field of an answer; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}
