//! What a user has beside keys, policies and groups, and IAM deletes no user with (IAM API
//! Reference, "DeleteUser"). A bootstrap makes none of it and never removes it.

use commissary_core::ports::CloudError;

use super::apply::once;
use super::inspect::found;
use crate::AwsSession;
use crate::pages::listed;

/// What there is, each in a few words for people. What may not be asked is left out: AWS tells of
/// it when the user is to go.
pub(super) async fn obstacles(session: &AwsSession, user: &str) -> Result<Vec<String>, CloudError> {
    let (password, devices, ssh_keys, certificates, service_keys) = tokio::try_join!(
        password(session, user),
        mfa_devices(session, user),
        ssh_keys(session, user),
        certificates(session, user),
        service_keys(session, user),
    )?;
    let kinds = [password, devices, ssh_keys, certificates, service_keys];
    Ok(kinds.into_iter().flatten().collect())
}

type Found = Result<Vec<String>, CloudError>;

async fn password(session: &AwsSession, user: &str) -> Found {
    let request = session.iam.get_login_profile().user_name(user);
    let answer = found(session.ask("iam:GetLoginProfile", request.send()).await);
    let there = answer.map(|answer| {
        let there = answer.map(|_| "a password for the AWS console".to_owned());
        there.into_iter().collect()
    });
    or_unknown(there)
}

async fn mfa_devices(session: &AwsSession, user: &str) -> Found {
    let request = session.iam.list_mfa_devices().user_name(user);
    let devices = listed!(session, "iam:ListMFADevices", request, |page| page
        .mfa_devices);
    or_unknown(devices.map(|devices| {
        let named = devices.iter();
        named
            .map(|device| format!("the MFA device `{}`", device.serial_number()))
            .collect()
    }))
}

async fn ssh_keys(session: &AwsSession, user: &str) -> Found {
    let request = session.iam.list_ssh_public_keys().user_name(user);
    let keys = listed!(session, "iam:ListSSHPublicKeys", request, |page| page
        .ssh_public_keys
        .unwrap_or_default());
    or_unknown(keys.map(|keys| {
        let named = keys.iter();
        named
            .map(|key| format!("the SSH key `{}`", key.ssh_public_key_id()))
            .collect()
    }))
}

async fn certificates(session: &AwsSession, user: &str) -> Found {
    let request = session.iam.list_signing_certificates().user_name(user);
    let certificates = listed!(session, "iam:ListSigningCertificates", request, |page| page
        .certificates);
    or_unknown(certificates.map(|certificates| {
        let named = certificates.iter();
        named
            .map(|its| format!("the signing certificate `{}`", its.certificate_id()))
            .collect()
    }))
}

/// Passwords and keys for CodeCommit and the like. Asked once: some that stand for AWS fail at it,
/// and that is not worth waiting for.
async fn service_keys(session: &AwsSession, user: &str) -> Found {
    let request = session.iam.list_service_specific_credentials();
    let request = request.user_name(user).customize();
    let answer = request.config_override(once()).send();
    let action = "iam:ListServiceSpecificCredentials";
    or_unknown(session.ask(action, answer).await.map(|answer| {
        let named = answer.service_specific_credentials().iter();
        named
            .map(|its| {
                let (id, service) = (its.service_specific_credential_id(), its.service_name());
                format!("the credential `{id}` for `{service}`")
            })
            .collect()
    }))
}

/// Whoever may not ask has nothing to tell, nor has what stands for AWS and does not know the
/// question: the rest of the way back does not hang on it.
fn or_unknown(found: Found) -> Found {
    match found {
        Err(
            CloudError::Denied { .. } | CloudError::Refused { .. } | CloudError::Nonsense { .. },
        ) => Ok(Vec::new()),
        other => other,
    }
}
