//! An infrastructure provider: a named cloud account with a credential.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AccessKey, AccessKeyId, Identity, ProviderName, Region, WorkspaceId};

/// The identity of a provider, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProviderId(pub Uuid);

/// How the provider signs in to the cloud; the secret half is kept apart, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication {
    /// A static access key.
    Static {
        /// The public half of the key.
        access_key_id: AccessKeyId,
        /// Whether a session token belongs to it, so that it will expire.
        temporary: bool,
    },
}

impl Authentication {
    /// What is shown of a static key.
    pub fn of(key: &AccessKey) -> Self {
        Self::Static {
            access_key_id: key.id.clone(),
            temporary: key.session_token.is_some(),
        }
    }
}

/// The counts of the last check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckSummary {
    /// When the check ended.
    pub at: Timestamp,
    /// Requirements that AWS would allow.
    pub allowed: usize,
    /// Requirements that AWS would deny.
    pub denied: usize,
    /// Requirements that hang on context keys.
    pub conditional: usize,
    /// Requirements that could not be decided.
    pub unverifiable: usize,
}

/// How a provider stands, derived from what is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ProviderStatus {
    /// Every requirement is allowed.
    Ready,
    /// Nothing is denied, and some requirements could not be decided.
    PartlyVerified,
    /// At least one requirement is denied.
    Missing,
    /// AWS refused the credential.
    Invalid,
    /// AWS was not asked, or nothing could be decided.
    NotVerified,
}

impl ProviderStatus {
    /// Every status, the most urgent first.
    pub const ALL: [Self; 5] = [
        Self::Invalid,
        Self::Missing,
        Self::NotVerified,
        Self::PartlyVerified,
        Self::Ready,
    ];

    /// The word for it, as programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Missing => "missing",
            Self::NotVerified => "notVerified",
            Self::PartlyVerified => "partlyVerified",
            Self::Ready => "ready",
        }
    }

    /// The status of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// How a provider stands by the counts of a check.
    pub fn of(check: Option<&CheckSummary>) -> Self {
        match check {
            Some(check) if check.denied > 0 => Self::Missing,
            Some(check) if check.allowed == 0 => Self::NotVerified,
            Some(check) if check.conditional + check.unverifiable > 0 => Self::PartlyVerified,
            Some(_) => Self::Ready,
            None => Self::NotVerified,
        }
    }
}

/// An infrastructure provider of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The identity behind the name.
    pub id: ProviderId,
    /// The workspace that it belongs to.
    pub workspace_id: WorkspaceId,
    /// The name, unique in the workspace.
    pub name: ProviderName,
    /// How it signs in.
    pub authentication: Authentication,
    /// Where AWS is asked, and which partition that is.
    pub region: Region,
    /// The release whose permissions it should have.
    pub release: String,
    /// The features that its clusters need.
    pub features: Vec<String>,
    /// Who the credential is, once AWS has told.
    pub identity: Option<Identity>,
    /// Why AWS last refused the credential, if it did.
    pub refusal: Option<String>,
    /// The counts of the last check.
    pub last_check: Option<CheckSummary>,
    /// Since when it has its present key.
    pub key_since: Timestamp,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last changed, checks included.
    pub updated_at: Timestamp,
    /// How often its settings and keys were changed. What is found out about
    /// other settings is not noted on it.
    pub revision: u32,
}

impl Provider {
    /// How the provider stands.
    pub fn status(&self) -> ProviderStatus {
        if self.refusal.is_some() {
            return ProviderStatus::Invalid;
        }
        ProviderStatus::of(self.last_check.as_ref())
    }
}
