//! The root key: made once, never replaced, always the right one.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use commissary_core::ports::Store as _;
use commissary_seal::{RootKey, RootKeyFileError};
use commissary_store::OpenError;

use crate::samples::{Home, kept_provider, kept_workspace, provider_name};

#[tokio::test]
async fn the_first_run_makes_it_and_later_runs_keep_it() {
    let home = Home::new();
    home.open().await;
    let made = fs::read(home.root_key()).unwrap();
    home.open().await;
    assert_eq!(fs::read(home.root_key()).unwrap(), made);
}

#[tokio::test]
async fn a_key_that_was_brought_along_is_used() {
    let home = Home::new();
    let brought = RootKey::create(&home.root_key()).unwrap();
    home.open().await;
    assert_eq!(RootKey::load(&home.root_key()).unwrap().id(), brought.id());
}

#[tokio::test]
async fn killed_between_making_and_noting_it_the_next_start_works() {
    let home = Home::new();
    home.open().await;
    let made = fs::read(home.root_key()).unwrap();
    home.execute("DELETE FROM root_keys").await;
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    kept_provider(&store, &team, "prod").await;
    drop(store);
    assert_eq!(fs::read(home.root_key()).unwrap(), made);
    home.open().await;
}

#[tokio::test]
async fn a_lost_key_is_asked_for_and_never_replaced() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    kept_provider(&store, &team, "prod").await;
    drop(store);
    let id = RootKey::load(&home.root_key()).unwrap().id().to_string();
    let elsewhere = home.root_key().with_extension("saved");
    fs::rename(home.root_key(), &elsewhere).unwrap();
    for _ in 0..2 {
        let refusal = home.refusal().await;
        assert!(
            matches!(refusal, OpenError::RootKeyLost { .. }),
            "{refusal}"
        );
        let path = home.root_key().display().to_string();
        let expected = format!(
            "the root key `{id}` is lost: restore it to `{path}`; without it the stored secrets cannot be opened"
        );
        assert_eq!(refusal.to_string(), expected);
        assert!(!home.root_key().exists());
    }
    fs::rename(&elsewhere, home.root_key()).unwrap();
    let store = home.open().await;
    let provider = store
        .provider(team.id, &provider_name("prod"))
        .await
        .unwrap()
        .unwrap();
    store.access_key(provider.id).await.unwrap();
}

#[tokio::test]
async fn another_key_is_refused_with_both_ids() {
    let home = Home::new();
    home.open().await;
    let needed = RootKey::load(&home.root_key()).unwrap().id().to_string();
    fs::remove_file(home.root_key()).unwrap();
    let found = RootKey::create(&home.root_key()).unwrap().id().to_string();
    let refusal = home.refusal().await;
    assert!(
        matches!(refusal, OpenError::OtherRootKey { .. }),
        "{refusal}"
    );
    let said = refusal.to_string();
    assert!(said.contains(&needed) && said.contains(&found), "{said}");
}

#[tokio::test]
async fn a_key_whose_check_value_was_tampered_with_is_refused() {
    let home = Home::new();
    home.open().await.close().await;
    home.execute("UPDATE root_keys SET check_value = substr(check_value, 1, 100) || X'000000'")
        .await;
    let refusal = home.refusal().await;
    assert!(
        matches!(refusal, OpenError::RootKeyCheck { .. }),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_key_file_open_to_others_is_refused_on_any_run() {
    let home = Home::new();
    home.open().await;
    fs::set_permissions(home.root_key(), Permissions::from_mode(0o644)).unwrap();
    let refusal = home.refusal().await;
    let exposed = matches!(
        refusal,
        OpenError::RootKeyFile(RootKeyFileError::Exposed { .. })
    );
    assert!(exposed, "{refusal}");
    assert!(refusal.to_string().contains("chmod 600"));
}

#[tokio::test]
async fn a_damaged_key_file_is_not_replaced_either() {
    let home = Home::new();
    fs::write(home.root_key(), "half a ke").unwrap();
    fs::set_permissions(home.root_key(), Permissions::from_mode(0o600)).unwrap();
    let refusal = home.refusal().await;
    let malformed = matches!(
        refusal,
        OpenError::RootKeyFile(RootKeyFileError::Malformed { .. })
    );
    assert!(malformed, "{refusal}");
    assert_eq!(fs::read(home.root_key()).unwrap(), b"half a ke");
}
