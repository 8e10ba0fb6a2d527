//! Access keys. The one place of the sandbox that touches a secret's text: it is written into the
//! account file, into the AWS credentials file and, once, into the answer to `CreateAccessKey`
//! (or to the operation of STS that hands out temporary ones).

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::random::Random;
use crate::wire::xml::Xml;

const SECRET_LENGTH: usize = 40;
const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A secret access key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SecretKey(#[serde(serialize_with = "serialize_secret")] SecretString);

/// Serde's way into the account file, and nowhere else.
fn serialize_secret<S: Serializer>(
    secret: &SecretString,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

impl SecretKey {
    /// A new secret of 40 characters, as AWS makes them.
    pub(crate) fn generate(random: &Random) -> SecretKey {
        SecretKey(SecretString::from(
            random.text(SECRET_ALPHABET, SECRET_LENGTH),
        ))
    }

    /// The key that signs for one day, region and service (IAM User Guide, "Create a signed AWS
    /// API request", step 3).
    pub(crate) fn signing_key(&self, date: &str, region: &str, service: &str) -> SigningKey {
        let mut key = SecretBox::new(Box::new(
            format!("AWS4{}", self.0.expose_secret()).into_bytes(),
        ));
        for part in [date, region, service, "aws4_request"] {
            let next = mac(key.expose_secret(), part.as_bytes()).map(finish);
            key = SecretBox::new(Box::new(next.unwrap_or_default()));
        }
        SigningKey(key)
    }

    /// Writes the secret into the answer to `CreateAccessKey`, which shows it once.
    pub(crate) fn write_once(&self, xml: &mut Xml) {
        xml.text("SecretAccessKey", self.0.expose_secret());
    }
}

/// The token that goes with a temporary key.
pub(crate) struct SessionToken(SecretString);

const TOKEN_LENGTH: usize = 320;

impl SessionToken {
    /// A new token.
    pub(crate) fn generate(random: &Random) -> SessionToken {
        SessionToken(SecretString::from(
            random.text(SECRET_ALPHABET, TOKEN_LENGTH),
        ))
    }

    /// What the account keeps of it.
    pub(crate) fn digest(&self) -> TokenDigest {
        TokenDigest::of(self.0.expose_secret())
    }

    /// Writes the token into the answer that hands it out.
    pub(crate) fn write_once(&self, xml: &mut Xml) {
        xml.text("SessionToken", self.0.expose_secret());
    }
}

/// What is enough to know a session token by: nobody can sign with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct TokenDigest(String);

impl TokenDigest {
    /// The digest of a token that was presented.
    pub(crate) fn of(token: &str) -> TokenDigest {
        TokenDigest(crate::hex::encode(&Sha256::digest(token.as_bytes())))
    }
}

/// A derived signing key.
pub(crate) struct SigningKey(SecretBox<Vec<u8>>);

impl SigningKey {
    /// Whether `signature` is this key's over `message`, in constant time.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        mac(self.0.expose_secret(), message).is_some_and(|mac| mac.verify_slice(signature).is_ok())
    }
}

fn mac(key: &[u8], message: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(mac)
}

fn finish(mac: Hmac<Sha256>) -> Vec<u8> {
    mac.finalize().into_bytes().to_vec()
}

/// Whether a key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    Active,
    Inactive,
}

impl Status {
    /// The wire word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Status::Active => "Active",
            Status::Inactive => "Inactive",
        }
    }

    /// Reads the wire word.
    pub(crate) fn parse(text: &str) -> Option<Status> {
        [Status::Active, Status::Inactive]
            .into_iter()
            .find(|status| status.name() == text)
    }
}

/// When, where and for what a key signed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastUse {
    pub(crate) at: Timestamp,
    pub(crate) region: String,
    pub(crate) service: String,
}

/// An access key of a user or of the root user.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) secret: SecretKey,
    pub(crate) status: Status,
    pub(crate) created_at: Timestamp,
    pub(crate) last_use: Option<LastUse>,
    /// When the last use was last brought to disk, in this process.
    #[serde(skip)]
    pub(crate) use_saved_at: Option<Timestamp>,
}

impl AccessKey {
    /// A new active key.
    pub(crate) fn generate(random: &Random, now: Timestamp) -> AccessKey {
        AccessKey {
            id: random.id("AKIA", 16),
            secret: SecretKey::generate(random),
            status: Status::Active,
            created_at: now,
            last_use: None,
            use_saved_at: None,
        }
    }

    /// The lines of a profile in an AWS credentials file (AWS CLI User Guide, "Configuration and
    /// credential file settings"). They hold the secret: for that file only.
    pub(crate) fn credentials_lines(&self) -> String {
        format!(
            "aws_access_key_id = {}\naws_secret_access_key = {}\n",
            self.id,
            self.secret.0.expose_secret()
        )
    }
}
