//! The root key that seals the secrets, and those that it replaces.

use schemars::JsonSchema;
use serde::Serialize;

/// Which root keys there are. No key itself is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RootKeyState {
    /// The public fingerprint of the key that new secrets are sealed under.
    pub root_key: String,
    /// The keys before it, while a rotation is not finished; otherwise none.
    pub older: Vec<OlderRootKey>,
    /// Where the keys that a finished rotation replaced were moved to, just now.
    pub retired: Vec<String>,
}

impl RootKeyState {
    /// How many secrets are still wrapped by an older key.
    pub fn left(&self) -> u64 {
        self.older.iter().map(|key| key.secrets).sum()
    }
}

/// A root key that was replaced, and is still needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OlderRootKey {
    /// Its public fingerprint.
    pub id: String,
    /// How many secrets are wrapped by it.
    pub secrets: u64,
}
