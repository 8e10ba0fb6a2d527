//! The access keys that a user has.

use commissary_core::domain::{AccessKeyId, KeyStatus, KnownKey, LastUsed};
use commissary_core::ports::CloudError;
use jiff::Timestamp;

use crate::AwsSession;
use crate::pages::listed;

/// The most access keys of a user (IAM User Guide, "IAM and AWS STS quotas").
pub(super) const MAX_KEYS: usize = 2;

/// The keys of a user.
pub(super) async fn keys_of(session: &AwsSession, user: &str) -> Result<Vec<KnownKey>, CloudError> {
    let action = "iam:ListAccessKeys";
    let request = session.iam.list_access_keys().user_name(user);
    let listed = listed!(session, action, request, |page| page.access_key_metadata)?;
    let mut keys = Vec::new();
    for key in listed {
        let id = key
            .access_key_id()
            .and_then(|id| AccessKeyId::parse(id).ok());
        let id =
            id.ok_or_else(|| session.nonsense(action, "it lists an access key without an id"))?;
        let active = key.status() == Some(&aws_sdk_iam::types::StatusType::Active);
        keys.push(KnownKey {
            last_used: last_used(session, &id).await,
            status: if active {
                KeyStatus::Active
            } else {
                KeyStatus::Inactive
            },
            created_at: key.create_date().and_then(timestamp),
            id,
        });
    }
    Ok(keys)
}

/// Nice to know only: without the right to ask it is unknown.
async fn last_used(session: &AwsSession, id: &AccessKeyId) -> LastUsed {
    let request = session
        .iam
        .get_access_key_last_used()
        .access_key_id(id.as_str());
    match session
        .ask("iam:GetAccessKeyLastUsed", request.send())
        .await
    {
        Ok(answer) => match answer.access_key_last_used() {
            Some(used) => match used.last_used_date().and_then(timestamp) {
                Some(at) => LastUsed::At(at),
                None => LastUsed::Never,
            },
            None => LastUsed::Unknown,
        },
        Err(_) => LastUsed::Unknown,
    }
}

fn timestamp(date: &aws_sdk_iam::primitives::DateTime) -> Option<Timestamp> {
    Timestamp::new(date.secs(), 0).ok()
}
