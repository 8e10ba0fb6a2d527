//! Checks with nothing but the credential itself.

use commissary_core::domain::Rung;

use crate::account::{Account, counts};

#[tokio::test]
async fn a_user_that_may_simulate_itself_proves_what_the_administrator_sees() {
    let account = Account::open().await;
    let key = account.user(true).await;
    let own = account.check(&key, false).await;
    assert_eq!(counts(&own), [111, 0, 0, 3]);
    let seen = account.check(&key, true).await;
    for (one, other) in own.findings.iter().zip(&seen.findings) {
        assert_eq!(one, other);
    }
}

#[tokio::test]
async fn the_administrator_of_the_sandbox_is_allowed_all() {
    let account = Account::open().await;
    let result = account.check(&account.admin, false).await;
    let [allowed, denied, conditional, unverifiable] = counts(&result);
    assert_eq!((allowed, denied, conditional, unverifiable), (112, 0, 0, 2));
}

#[tokio::test]
async fn the_root_user_is_allowed_all_by_what_it_is() {
    let account = Account::open().await;
    let result = account.check(&account.root, false).await;
    assert_eq!(counts(&result), [112, 0, 0, 2]);
    let evidence = result.findings[0].evidence.as_ref().unwrap();
    assert_eq!(evidence.rung, Rung::Identity);
    assert!(
        evidence.detail.starts_with("root user"),
        "{}",
        evidence.detail
    );
}
