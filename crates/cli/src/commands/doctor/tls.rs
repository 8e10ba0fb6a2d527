//! The certificate that is served.

use std::path::{Path, PathBuf};

use commissary_core::ports::Clock as _;
use commissary_server::{Certificate, TlsFiles};

use super::Finding;
use crate::commands::serve::SystemClock;

const CHECK: &str = "certificate";
/// How long before its end a certificate should be renewed, in seconds.
const SOON: i64 = 14 * 24 * 60 * 60;
const RENEW: &str = "renew it; the running server reads the new files by itself";

/// Looks at the certificate, if one is served.
pub(super) fn look(certificate: Option<PathBuf>, key: Option<PathBuf>) -> Option<Finding> {
    let (certificate, key) = match (certificate, key) {
        (None, None) => return None,
        (Some(certificate), Some(key)) => (certificate, key),
        _ => {
            let said = "only one of certificate and key is named";
            return Some(Finding::broken(
                CHECK,
                said,
                "give --tls-cert and --tls-key",
            ));
        }
    };
    let shown = certificate.display().to_string();
    let files = TlsFiles {
        certificate: certificate.clone(),
        key,
    };
    if let Err(error) = Certificate::load(files) {
        return Some(Finding::broken(
            CHECK,
            error.to_string(),
            "put the right files there",
        ));
    }
    let Some(end) = end_of(&certificate) else {
        let said = format!("the end of `{shown}` cannot be read");
        return Some(Finding::warning(CHECK, said, RENEW));
    };
    let left = end - SystemClock.now().as_second();
    let until =
        jiff::Timestamp::from_second(end).map_or_else(|_| String::new(), |at| at.to_string());
    let said = format!("`{shown}` is good until {until}");
    Some(match left {
        ..=0 => Finding::broken(CHECK, format!("`{shown}` ended at {until}"), RENEW),
        1..=SOON => Finding::warning(CHECK, said, RENEW),
        _ => Finding::ok(CHECK, said),
    })
}

/// When a certificate ends, in seconds of Unix time.
fn end_of(path: &Path) -> Option<i64> {
    let text = std::fs::read(path).ok()?;
    let (_, pem) = x509_parser::pem::parse_x509_pem(&text).ok()?;
    let certificate = pem.parse_x509().ok()?;
    Some(certificate.validity().not_after.timestamp())
}
