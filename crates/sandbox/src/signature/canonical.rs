//! The canonical request: the text that both sides hash.

use sha2::{Digest, Sha256};

use super::{Request, mismatch};
use crate::fault::{Code, Fault};
use crate::hex;
use crate::wire::percent;

/// The canonical request over `signed_headers`.
pub(super) fn request(
    request: &Request<'_>,
    service: &str,
    signed_headers: &[String],
) -> Result<String, Fault> {
    let headers = signed_headers
        .iter()
        .map(|name| header_line(request, name))
        .collect::<Result<String, Fault>>()?;
    Ok(format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        path(request.path, service)?,
        query(request.query)?,
        signed_headers.join(";"),
        payload(request, service)?
    ))
}

/// Paths are encoded once more than they were sent, but for those of S3.
fn path(text: &str, service: &str) -> Result<String, Fault> {
    let once_more = |part: &str| match service {
        "s3" => reencode(part),
        _ => Some(percent::encode(part)),
    };
    let parts: Option<Vec<String>> = text.split('/').map(once_more).collect();
    let parts = parts.ok_or_else(|| mismatch("The path has a broken percent-escape."))?;
    Ok(parts.join("/"))
}

/// The hash of the body. Clients of S3 may leave the body out of what they sign, or sign it piece
/// by piece as it goes: they say so in a header.
fn payload(request: &Request<'_>, service: &str) -> Result<String, Fault> {
    let hash = hex::encode(&Sha256::digest(request.body));
    let header = request.headers.get("x-amz-content-sha256");
    let said = header.and_then(|value| value.to_str().ok());
    match said.filter(|_| service == "s3") {
        Some(said) if said == "UNSIGNED-PAYLOAD" || said.starts_with("STREAMING-") => {
            Ok(said.to_owned())
        }
        Some(said) if said != hash => Err(Fault::new(
            Code::Own("XAmzContentSHA256Mismatch", 400),
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        )),
        _ => Ok(hash),
    }
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
