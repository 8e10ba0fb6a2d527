//! Signature Version 4, header form, as a server checks it.
//!
//! Rules: IAM User Guide, "Create a signed AWS API request" and "Elements of an AWS API request
//! signature". The sentences are those AWS answers with.

mod authorization;
mod canonical;

use axum::http::HeaderMap;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::account::keys::SecretKey;
use crate::fault::{Code, Fault};
use crate::hex;
use authorization::Authorization;

pub(crate) use authorization::no_token;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
/// How far the signer's clock may be off, either way, in seconds.
const MOST_SKEW: i64 = 15 * 60;

/// What was signed, as it arrived.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Where and when a signing key is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) date: String,
    pub(crate) region: String,
    pub(crate) service: String,
    terminator: String,
}

impl Scope {
    fn text(&self) -> String {
        let Scope {
            date,
            region,
            service,
            terminator,
        } = self;
        format!("{date}/{region}/{service}/{terminator}")
    }
}

/// A signature whose form is right and whose time is near; whether it is genuine is not known yet.
#[derive(Debug)]
pub(crate) struct Presented {
    authorization: Authorization,
    /// The signing time in ISO 8601 basic form, as it was signed.
    stamp: String,
}

impl Presented {
    /// Reads and checks everything about a signature that needs no key.
    ///
    /// `service` is the one the request is for.
    pub(crate) fn read(
        request: &Request<'_>,
        service: &str,
        now: Timestamp,
    ) -> Result<Presented, Fault> {
        let authorization = Authorization::read(request.headers)?;
        let stamp = authorization::signing_stamp(request.headers)?;
        check_scope(&authorization.scope, service, &stamp)?;
        check_clock(&stamp, now)?;
        if !authorization
            .signed_headers
            .iter()
            .any(|name| name == "host")
        {
            return Err(mismatch(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            ));
        }
        Ok(Presented {
            authorization,
            stamp,
        })
    }

    /// The access key id that the signer claims.
    pub(crate) fn key_id(&self) -> &str {
        &self.authorization.key_id
    }

    /// The region that the signer named.
    pub(crate) fn region(&self) -> &str {
        &self.authorization.scope.region
    }

    /// Checks the signature against the key, in constant time.
    pub(crate) fn verify(&self, request: &Request<'_>, secret: &SecretKey) -> Result<(), Fault> {
        let canonical = canonical::request(
            request,
            &self.authorization.scope.service,
            &self.authorization.signed_headers,
        )?;
        let scope = &self.authorization.scope;
        let to_sign = format!(
            "{ALGORITHM}\n{}\n{}\n{}",
            self.stamp,
            scope.text(),
            hex::encode(&Sha256::digest(canonical.as_bytes()))
        );
        let key = secret.signing_key(&scope.date, &scope.region, &scope.service);
        if key.verifies(to_sign.as_bytes(), &self.authorization.signature) {
            Ok(())
        } else {
            Err(mismatch(
                "The request signature we calculated does not match the signature you provided. \
                 Check your AWS Secret Access Key and signing method. Consult the service \
                 documentation for details.",
            ))
        }
    }
}

fn check_scope(scope: &Scope, service: &str, stamp: &str) -> Result<(), Fault> {
    if scope.terminator != TERMINATOR {
        return Err(mismatch(format!(
            "Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{}'.",
            scope.terminator
        )));
    }
    if !is_region(&scope.region) {
        return Err(mismatch(format!(
            "Credential should be scoped to a valid region, not '{}'.",
            scope.region
        )));
    }
    if scope.service != service {
        return Err(mismatch(format!(
            "Credential should be scoped to correct service: '{service}'."
        )));
    }
    if !stamp.starts_with(&scope.date) || scope.date.len() != 8 {
        return Err(mismatch(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from \
             HTTP: '{}' is not the day of '{stamp}'.",
            scope.date
        )));
    }
    Ok(())
}

/// `us-east-1`, `us-gov-west-1`, `ap-southeast-5`: words and a last number.
fn is_region(text: &str) -> bool {
    let mut parts = text.rsplit('-');
    let number = parts.next().unwrap_or("");
    let words: Vec<&str> = parts.collect();
    (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && words.len() >= 2
        && words
            .iter()
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// A request that is too old or too early is refused (IAM API Reference, "Common Error Types").
fn check_clock(stamp: &str, now: Timestamp) -> Result<(), Fault> {
    let signed = authorization::parse_stamp(stamp)
        .ok_or_else(|| Fault::new(Code::IncompleteSignature, "The signing date is no date."))?;
    let now_stamp = authorization::stamp_of(now);
    let age = now.as_second().saturating_sub(signed.as_second());
    if age > MOST_SKEW {
        return Err(Fault::new(
            Code::RequestExpired,
            format!(
                "Signature expired: {stamp} is earlier than 15 minutes before the server's time, {now_stamp}."
            ),
        ));
    }
    if age < -MOST_SKEW {
        return Err(Fault::new(
            Code::RequestExpired,
            format!(
                "Signature not yet current: {stamp} is later than 15 minutes after the server's time, {now_stamp}."
            ),
        ));
    }
    Ok(())
}

fn mismatch(message: impl Into<String>) -> Fault {
    Fault::new(Code::SignatureDoesNotMatch, message)
}

#[cfg(test)]
mod tests;
