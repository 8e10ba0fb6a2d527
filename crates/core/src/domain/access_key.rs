//! Access keys: what they are and how they are taken in.

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::FieldError;

/// The public half of an access key (`AKIA…` long-term, `ASIA…` temporary).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct AccessKeyId(String);

impl AccessKeyId {
    /// What an id looks like (ECMA-262).
    pub const PATTERN: &str = "^[A-Za-z0-9_]+$";
    /// The fewest characters of an id.
    pub const LEAST: usize = 16;
    /// The most characters of an id.
    pub const MOST: usize = 128;

    /// Takes an access key id as pasted; surrounding white space does not count.
    ///
    /// The form is that of the IAM API Reference, "AccessKey": 16 to 128 word
    /// characters.
    ///
    /// # Errors
    /// A fault of the field `accessKeyId`. The input is not repeated: what was
    /// pasted into the wrong field may be the secret.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let id = text.trim();
        let fault = |message: &str| Err(FieldError::new("accessKeyId", message));
        if id.is_empty() {
            return fault("enter the access key, for example `AKIA` and 16 more characters");
        }
        if id.len() == SECRET_LENGTH && !["AKIA", "ASIA"].iter().any(|kind| id.starts_with(kind)) {
            return fault(
                "this looks like a secret key: enter it as the secret key, and here the access key that it belongs to",
            );
        }
        let word = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !word || !(Self::LEAST..=Self::MOST).contains(&id.len()) {
            return fault(
                "this is not an access key: it is 16 to 128 letters and digits and begins with `AKIA` or `ASIA`",
            );
        }
        Ok(Self(id.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the key came from STS and works only with its session token
    /// (IAM User Guide, "IAM identifiers": prefix `ASIA`).
    pub fn is_temporary(&self) -> bool {
        self.0.starts_with("ASIA")
    }
}

impl std::fmt::Display for AccessKeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A secret as it was typed or received, not looked at yet.
///
/// It has no `Debug`, no `Serialize` and no way to read it back; it only turns
/// into a [`SecretString`].
pub struct SecretInput(Zeroizing<String>);

impl SecretInput {
    /// Takes what was typed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Whether nothing but white space was typed.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// All of it, for a secret that is a text of many lines.
    pub fn into_text(self) -> SecretString {
        SecretString::from(self.0.as_str())
    }

    /// Trims what was pasted along and checks the form: no white space inside,
    /// at least `min` bytes. Says whether anything was trimmed.
    fn into_secret(self, min: usize) -> Option<(SecretString, bool)> {
        let trimmed = self.0.trim();
        if trimmed.len() < min || trimmed.contains(char::is_whitespace) {
            return None;
        }
        let changed = trimmed.len() != self.0.len();
        Some((SecretString::from(trimmed), changed))
    }
}

impl<'de> serde::Deserialize<'de> for SecretInput {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// A static credential: an access key with its secret.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// The public half.
    pub id: AccessKeyId,
    /// The secret half; its `Debug` shows nothing.
    pub secret: SecretString,
    /// The session token of a temporary key.
    pub session_token: Option<SecretString>,
}

/// Secrets have 40 characters today; a copy that lost its end has fewer. A
/// quarter of them have only letters and digits, so that nothing but the length
/// tells one that was pasted as the access key, which would be shown.
const SECRET_LENGTH: usize = 40;
/// Session tokens have hundreds; AWS promises no length.
const MIN_SESSION_TOKEN: usize = 16;

impl AccessKey {
    /// What a secret and a session token look like (ECMA-262): no white space.
    pub const SECRET_PATTERN: &str = r"^\S+$";
    /// The fewest bytes of a secret.
    pub const SECRET_LEAST: usize = SECRET_LENGTH;
    /// The fewest bytes of a session token.
    pub const TOKEN_LEAST: usize = MIN_SESSION_TOKEN;

    /// Takes an access key as pasted into a form, a file or a request.
    ///
    /// White space around each part is trimmed; the second result names the
    /// fields where that happened, so that it can be said.
    ///
    /// # Errors
    /// Every field that is at fault, in the form's order. No secret is repeated.
    pub fn parse(
        id: &str,
        secret: SecretInput,
        session_token: Option<SecretInput>,
    ) -> Result<(Self, Vec<&'static str>), Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut trimmed = Vec::new();
        if id.trim().len() != id.len() {
            trimmed.push("accessKeyId");
        }
        let id = AccessKeyId::parse(id)
            .map_err(|fault| faults.push(fault))
            .ok();
        let secret = taken("secretAccessKey", secret, &mut trimmed, &mut faults);
        let token = match session_token.filter(|token| !token.is_blank()) {
            Some(token) => taken("sessionToken", token, &mut trimmed, &mut faults).map(Some),
            None => Some(None),
        };
        if let (Some(id), Some(token)) = (&id, &token)
            && let Some(message) = token_fault(id, token.is_some())
        {
            faults.push(FieldError::new("sessionToken", message));
        }
        match (id, secret, token, faults.is_empty()) {
            (Some(id), Some(secret), Some(session_token), true) => Ok((
                Self {
                    id,
                    secret,
                    session_token,
                },
                trimmed,
            )),
            _ => Err(faults),
        }
    }
}

fn taken(
    field: &'static str,
    input: SecretInput,
    trimmed: &mut Vec<&'static str>,
    faults: &mut Vec<FieldError>,
) -> Option<SecretString> {
    let (min, blank, broken) = if field == "sessionToken" {
        (
            MIN_SESSION_TOKEN,
            "enter the session token",
            "this is not a session token: it is one long word without spaces; copy it again, whole",
        )
    } else {
        (
            SECRET_LENGTH,
            "enter the secret key that AWS showed with the access key",
            "this is not a secret key: it has 40 characters and no spaces; copy it again, whole",
        )
    };
    if input.is_blank() {
        faults.push(FieldError::new(field, blank));
        return None;
    }
    match input.into_secret(min) {
        Some((secret, changed)) => {
            if changed {
                trimmed.push(field);
            }
            Some(secret)
        }
        None => {
            faults.push(FieldError::new(field, broken));
            None
        }
    }
}

fn token_fault(id: &AccessKeyId, has_token: bool) -> Option<&'static str> {
    match (id.is_temporary(), has_token) {
        (true, false) => Some(
            "an access key that begins with `ASIA` is temporary and works only with its session token; enter the token, or use a long-term key (`AKIA…`)",
        ),
        (false, true) => Some(
            "a long-term access key (`AKIA…`) has no session token; leave the field empty, or enter the temporary key (`ASIA…`) that the token belongs to",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdefghij0123456789abcdefghij";

    fn parse(
        id: &str,
        secret: &str,
        token: Option<&str>,
    ) -> Result<Vec<&'static str>, Vec<String>> {
        let token = token.map(|token| SecretInput::new(token.to_owned()));
        AccessKey::parse(id, SecretInput::new(secret.to_owned()), token)
            .map(|(_, trimmed)| trimmed)
            .map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn spaces_and_line_ends_pasted_along_are_trimmed_and_said() {
        let secret = format!("{SECRET}\r\n");
        let trimmed = parse(" AKIAIOSFODNN7EXAMPLE", &secret, None).unwrap();
        assert_eq!(trimmed, ["accessKeyId", "secretAccessKey"]);
        assert!(
            parse("AKIAIOSFODNN7EXAMPLE", SECRET, Some(" "))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn every_fault_is_named_at_its_field() {
        assert_eq!(
            parse("", "", None).unwrap_err(),
            ["accessKeyId", "secretAccessKey"]
        );
        assert_eq!(
            parse("ASIAIOSFODNN7EXAMPLE", SECRET, None).unwrap_err(),
            ["sessionToken"]
        );
        let token = "t".repeat(100);
        assert_eq!(
            parse("AKIAIOSFODNN7EXAMPLE", SECRET, Some(&token)).unwrap_err(),
            ["sessionToken"]
        );
        assert_eq!(
            parse(SECRET, "AKIAIOSFODNN7EXAMPLE", None).unwrap_err(),
            ["accessKeyId", "secretAccessKey"]
        );
    }

    #[test]
    fn nothing_shows_the_secret() {
        let (key, _) = AccessKey::parse(
            "AKIAIOSFODNN7EXAMPLE",
            SecretInput::new(SECRET.to_owned()),
            None,
        )
        .unwrap();
        assert!(!format!("{key:?}").contains(SECRET));
    }
}
