//! The canonical request: the text that both sides hash.

use sha2::{Digest, Sha256};

use super::{Request, mismatch};
use crate::fault::Fault;
use crate::hex;
use crate::wire::percent;

/// The canonical request over `signed_headers`. The path, which is encoded already, is encoded once
/// more, as every service but S3 does.
pub(super) fn request(request: &Request<'_>, signed_headers: &[String]) -> Result<String, Fault> {
    let headers = signed_headers
        .iter()
        .map(|name| header_line(request, name))
        .collect::<Result<String, Fault>>()?;
    Ok(format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        path(request.path),
        query(request.query)?,
        signed_headers.join(";"),
        hex::encode(&Sha256::digest(request.body))
    ))
}

fn path(text: &str) -> String {
    let parts: Vec<String> = text.split('/').map(percent::encode).collect();
    parts.join("/")
}

/// The parameters, each part encoded afresh, in the order of their encoded names and values.
fn query(text: &str) -> Result<String, Fault> {
    let mut pairs = text
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((reencode(name)?, reencode(value)?))
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| mismatch("The query string has a broken percent-escape."))?;
    pairs.sort();
    let joined: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Ok(joined.join("&"))
}

fn reencode(text: &str) -> Option<String> {
    percent::decode(text).map(|plain| percent::encode(&plain))
}

/// `name:value` with the values of a repeated header joined, trimmed, and runs of spaces made one.
fn header_line(request: &Request<'_>, name: &str) -> Result<String, Fault> {
    let values = request
        .headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().map(squeeze))
        .collect::<Result<Vec<String>, _>>()
        .map_err(|_| mismatch(format!("The signed header '{name}' is not ASCII text.")))?;
    if values.is_empty() {
        return Err(mismatch(format!(
            "The header '{name}' was signed but is not in the request."
        )));
    }
    Ok(format!("{name}:{}\n", values.join(",")))
}

fn squeeze(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
