//! Certificates that secrets are sealed with for a management cluster.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commissary_core::FieldError;
use commissary_core::domain::SealingCertificate;
use commissary_seal::{NoRecipient, Recipient};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::oid_registry::OID_PKCS1_RSAENCRYPTION;
use x509_parser::pem::Pem;
use x509_parser::prelude::FromDer as _;

/// The most characters of a subject that are kept.
const SUBJECT: usize = 256;

/// Reads the one certificate of a PEM text.
pub(crate) fn read(text: &str) -> Result<SealingCertificate, FieldError> {
    let pem = only_certificate(text).map_err(fault)?;
    let certificate = parsed(&pem.contents).ok_or_else(|| fault(NONE))?;
    if certificate.public_key().algorithm.algorithm != OID_PKCS1_RSAENCRYPTION {
        return Err(fault(
            "the key of this certificate is not an RSA key, which Sealed Secrets need",
        ));
    }
    if Recipient::parse(certificate.public_key().raw).is_err() {
        return Err(fault(format!(
            "the RSA key of this certificate has fewer than {} or more than {} bits; take another one",
            Recipient::LEAST_BITS,
            Recipient::MOST_BITS
        )));
    }
    let until = certificate.validity().not_after.timestamp();
    Ok(SealingCertificate {
        der: STANDARD.encode(&pem.contents),
        fingerprint: fingerprint(&pem.contents),
        subject: shown(&certificate.subject().to_string()),
        expires_at: Timestamp::from_second(until).map_err(|_| fault(NONE))?,
    })
}

/// Whom secrets are sealed for with a certificate that was taken.
pub(crate) fn recipient(certificate: &SealingCertificate) -> Result<Recipient, NoRecipient> {
    let der = STANDARD.decode(&certificate.der).map_err(|_| NoRecipient)?;
    let certificate = parsed(&der).ok_or(NoRecipient)?;
    Recipient::parse(certificate.public_key().raw)
}

const NONE: &str = "this is not a certificate in PEM, as `kubeseal --fetch-cert` prints it";

fn fault(message: impl Into<String>) -> FieldError {
    FieldError::new("sealingCertificate", message)
}

fn only_certificate(text: &str) -> Result<Pem, &'static str> {
    let blocks: Result<Vec<Pem>, _> = Pem::iter_from_buffer(text.as_bytes()).collect();
    let mut blocks = blocks.map_err(|_| NONE)?;
    if blocks
        .iter()
        .any(|block| block.label.ends_with("PRIVATE KEY"))
    {
        return Err(
            "there is a private key in this, which only the cluster may have; give the certificate alone",
        );
    }
    match (blocks.pop(), blocks.is_empty()) {
        (Some(block), true) if block.label == "CERTIFICATE" => Ok(block),
        (Some(_), false) => Err("there is more than one block in this; give one certificate alone"),
        _ => Err(NONE),
    }
}

/// Nothing may follow it.
fn parsed(der: &[u8]) -> Option<X509Certificate<'_>> {
    let (rest, certificate) = X509Certificate::from_der(der).ok()?;
    rest.is_empty().then_some(certificate)
}

fn fingerprint(der: &[u8]) -> String {
    let bytes = Sha256::digest(der);
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(":")
}

/// In one line, whatever stands in it.
fn shown(subject: &str) -> String {
    let one_line = subject
        .chars()
        .map(|c| if c.is_control() { '?' } else { c });
    one_line.take(SUBJECT).collect()
}

#[cfg(test)]
mod tests;
