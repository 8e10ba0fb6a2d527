//! The certificate that secrets are sealed with for one management cluster.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The certificate of a management cluster's own controller of sealed secrets, which nobody else
/// has the private key of. Whoever chooses it could read what is sealed with it: it belongs to the
/// management cluster, never to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SealingCertificate {
    /// The whole of it: DER in base64.
    pub der: String,
    /// The SHA-256 of the whole in hexadecimal, as `openssl x509 -fingerprint -sha256` writes it.
    pub fingerprint: String,
    /// Whose it says it is; empty for most, as the controller names itself only if it is told to.
    pub subject: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl SealingCertificate {
    /// The most bytes of a file that is read for one.
    pub const MOST: usize = 16 * 1024;

    /// Whether it is no longer good.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }
}
