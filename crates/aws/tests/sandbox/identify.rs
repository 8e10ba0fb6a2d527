//! Who a key is, and what is wrong with it.

use aws_sdk_iam::types::StatusType;
use commissary_aws::{AwsCloud, Patience, wait_until_usable};
use commissary_core::domain::{AccessKey, SecretInput};
use commissary_core::ports::{Cloud as _, CloudError};

use crate::account::{Account, USER, region, with_wrong_secret};

#[tokio::test]
async fn a_new_user_is_who_it_is() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let cloud = AwsCloud::new(Some(account.endpoint.clone()));
    let identity = cloud.identify(&key, &region()).await.unwrap();
    assert_eq!(identity.account_id, account.id);
    assert_eq!(
        identity.principal_arn,
        format!("arn:aws:iam::{}:user/{USER}", account.id)
    );
    assert_eq!(identity.partition.as_str(), "aws");
    assert_eq!(identity.user_name(), Some(USER));
    let root = cloud.identify(&account.root, &region()).await.unwrap();
    assert!(root.is_root());
}

#[tokio::test]
async fn wrong_keys_are_told_apart() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let cloud = AwsCloud::new(Some(account.endpoint.clone()));
    let wrong = cloud
        .identify(&with_wrong_secret(&key), &region())
        .await
        .unwrap_err();
    assert_eq!(wrong, CloudError::WrongSecret);

    let secret = || SecretInput::new("0123456789012345678901234567890123456789".to_owned());
    let (unknown, _) = AccessKey::parse("AKIANOSUCHKEY0000000", secret(), None).unwrap();
    let unknown = cloud.identify(&unknown, &region()).await.unwrap_err();
    assert_eq!(unknown.credential_field(), Some("accessKeyId"));

    let token = SecretInput::new("no-token-of-this-account-at-all".to_owned());
    let (temporary, _) = AccessKey::parse("ASIANOSUCHKEY0000000", secret(), Some(token)).unwrap();
    let temporary = cloud.identify(&temporary, &region()).await.unwrap_err();
    assert_eq!(temporary, CloudError::BadSessionToken);

    let call = account.iam().update_access_key().user_name(USER);
    let call = call
        .access_key_id(key.id.as_str())
        .status(StatusType::Inactive);
    call.send().await.unwrap();
    let inactive = cloud.identify(&key, &region()).await.unwrap_err();
    assert_eq!(inactive.credential_field(), Some("accessKeyId"));
}

#[tokio::test]
async fn a_new_key_is_waited_for_and_an_unknown_one_given_up() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let patience = Patience {
        every: std::time::Duration::from_millis(20),
        at_most: std::time::Duration::from_millis(200),
    };
    let mut waits = 0;
    let count = |_| waits += 1;
    let identity = wait_until_usable(&key, &region(), &account.options(), patience, count).await;
    assert_eq!(identity.unwrap().user_name(), Some(USER));
    assert_eq!(waits, 0);

    let call = account.iam().delete_access_key().user_name(USER);
    call.access_key_id(key.id.as_str()).send().await.unwrap();
    let count = |_| waits += 1;
    let gone = wait_until_usable(&key, &region(), &account.options(), patience, count).await;
    assert!(
        matches!(gone, Err(CloudError::UnknownAccessKey { .. })),
        "{gone:?}"
    );
    assert!(waits >= 1);
}
