//! The `Authorization` header and the signing date.

use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{ALGORITHM, Scope};
use crate::fault::{Code, Fault};
use crate::hex;

/// The three parameters of the header, taken apart.
#[derive(Debug)]
pub(super) struct Authorization {
    pub(super) key_id: String,
    pub(super) scope: Scope,
    /// Lower-case, in the order they were signed.
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: Vec<u8>,
}

impl Authorization {
    pub(super) fn read(headers: &HeaderMap) -> Result<Authorization, Fault> {
        let text = headers
            .get("authorization")
            .and_then(|value| value.to_str().ok())
            .ok_or_else(no_token)?;
        let parameters = text
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with(' '))
            .ok_or_else(no_token)?;
        let [credential, signed_headers, signature] = split_parameters(parameters)?;
        let (key_id, scope) = read_credential(credential)?;
        let signature = hex::decode(signature).ok_or_else(|| {
            incomplete("The 'Signature' parameter must be hexadecimal.".to_owned())
        })?;
        Ok(Authorization {
            key_id,
            scope,
            signed_headers: read_signed_headers(signed_headers)?,
            signature,
        })
    }
}

/// The values of `Credential`, `SignedHeaders` and `Signature`.
fn split_parameters(text: &str) -> Result<[&str; 3], Fault> {
    const NAMES: [&str; 3] = ["Credential", "SignedHeaders", "Signature"];
    let find = |wanted: &str| {
        text.split(',')
            .filter_map(|part| part.trim().split_once('='))
            .find_map(|(name, value)| (name == wanted && !value.is_empty()).then_some(value))
    };
    let missing: Vec<String> = NAMES
        .iter()
        .filter(|name| find(name).is_none())
        .map(|name| format!("Authorization header requires '{name}' parameter."))
        .collect();
    match NAMES.map(find) {
        [Some(credential), Some(headers), Some(signature)] => Ok([credential, headers, signature]),
        _ => Err(incomplete(missing.join(" "))),
    }
}

fn read_credential(text: &str) -> Result<(String, Scope), Fault> {
    let parts: Vec<&str> = text.split('/').collect();
    let [key_id, date, region, service, terminator] = parts.as_slice() else {
        return Err(incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. \
             keyid/date/region/service/term."
                .to_owned(),
        ));
    };
    let scope = Scope {
        date: (*date).to_owned(),
        region: (*region).to_owned(),
        service: (*service).to_owned(),
        terminator: (*terminator).to_owned(),
    };
    Ok(((*key_id).to_owned(), scope))
}

fn read_signed_headers(text: &str) -> Result<Vec<String>, Fault> {
    let names: Vec<String> = text.split(';').map(str::to_owned).collect();
    let ordered = names.is_sorted_by(|left, right| left < right);
    let plain = names
        .iter()
        .all(|name| !name.is_empty() && !name.bytes().any(|byte| byte.is_ascii_uppercase()));
    if ordered && plain {
        Ok(names)
    } else {
        Err(incomplete(
            "The 'SignedHeaders' parameter must be a sorted, lower-case, ';'-separated list \
             without repetitions."
                .to_owned(),
        ))
    }
}

/// The signing time in ISO 8601 basic form, from `X-Amz-Date` or else `Date`.
pub(super) fn signing_stamp(headers: &HeaderMap) -> Result<String, Fault> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(stamp) = header("x-amz-date") {
        return parse_stamp(stamp)
            .map(|_| stamp.to_owned())
            .ok_or_else(bad_date);
    }
    let date = header("date").ok_or_else(|| {
        incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                .to_owned(),
        )
    })?;
    if parse_stamp(date).is_some() {
        return Ok(date.to_owned());
    }
    jiff::fmt::rfc2822::parse(date)
        .map(|time| stamp_of(time.timestamp()))
        .map_err(|_| bad_date())
}

/// Reads `20261123T211534Z`.
pub(super) fn parse_stamp(stamp: &str) -> Option<Timestamp> {
    let shape = stamp.len() == 16 && stamp.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let time = DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
    let zoned = time.to_zoned(TimeZone::UTC).ok()?;
    shape.then(|| zoned.timestamp())
}

/// Writes `20261123T211534Z`.
pub(super) fn stamp_of(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn bad_date() -> Fault {
    incomplete("Date must be in ISO-8601 'basic format', e.g. 20150830T123600Z.".to_owned())
}

/// The refusal of a request that is not signed.
pub(crate) fn no_token() -> Fault {
    Fault::new(
        Code::MissingAuthenticationToken,
        "Request is missing Authentication Token. The sandbox reads Signature Version 4 from the \
         Authorization header.",
    )
}

fn incomplete(message: String) -> Fault {
    Fault::new(Code::IncompleteSignature, message)
}
