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
    let Some((begin, end)) = validity_of(&certificate) else {
        let said = format!("how long `{shown}` is good cannot be read");
        return Some(Finding::warning(CHECK, said, RENEW));
    };
    let now = SystemClock.now().as_second();
    let moment = |second| {
        jiff::Timestamp::from_second(second).map_or_else(|_| String::new(), |at| at.to_string())
    };
    if begin > now {
        let said = format!("`{shown}` is not good before {}", moment(begin));
        let mend = "wait until then, set this machine's clock, or put one there that is good now";
        return Some(Finding::broken(CHECK, said, mend));
    }
    let until = moment(end);
    let said = format!("`{shown}` is good until {until}");
    Some(match end - now {
        ..=0 => Finding::broken(CHECK, format!("`{shown}` ended at {until}"), RENEW),
        1..=SOON => Finding::warning(CHECK, said, RENEW),
        _ => Finding::ok(CHECK, said),
    })
}

/// When a certificate begins and ends to be good, in seconds of Unix time.
fn validity_of(path: &Path) -> Option<(i64, i64)> {
    let text = std::fs::read(path).ok()?;
    let (_, pem) = x509_parser::pem::parse_x509_pem(&text).ok()?;
    let certificate = pem.parse_x509().ok()?;
    let validity = certificate.validity();
    Some((
        validity.not_before.timestamp(),
        validity.not_after.timestamp(),
    ))
}
