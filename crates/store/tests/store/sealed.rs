//! Secrets are in the database only sealed, and open only in their own place.

use std::fs;
use std::path::Path;

use commissary_core::ports::{Store as _, StoreError};
use commissary_seal::{RootKey, same_secret};

use crate::samples::{
    Home, KEY_ID, SECRET, event, kept_provider, kept_with_key, kept_workspace, key, other_key,
    temporary_key,
};

/// The files below `dir` that contain `needle`, by name.
fn files_with(dir: &Path, needle: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for file in fs::read_dir(dir).unwrap() {
        let file = file.unwrap();
        let bytes = fs::read(file.path()).unwrap();
        if bytes.windows(needle.len()).any(|window| window == needle) {
            found.push(file.file_name().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn no_file_of_the_data_directory_has_a_secret_in_it() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    kept_with_key(&store, &team, "temporary", &temporary_key()).await;
    let root_key = fs::read_to_string(home.root_key()).unwrap();
    let (_, root_key) = root_key.trim().rsplit_once(':').unwrap();
    for step in ["running", "provider deleted", "closed"] {
        match step {
            "provider deleted" => {
                store
                    .delete_provider(kept.id, &event("provider.delete"))
                    .await
                    .unwrap();
            }
            "closed" => store.close().await,
            _ => {
                // The search does find what is there in plain text.
                assert!(!files_with(&home.dir(), KEY_ID.as_bytes()).is_empty());
            }
        }
        // A part of the secret is a secret, too.
        for needle in [&SECRET.as_bytes()[..12], root_key.as_bytes()] {
            let found = files_with(&home.dir(), needle);
            assert!(found.is_empty(), "{step}: {found:?}");
        }
    }
}

#[tokio::test]
async fn a_secret_put_on_another_provider_does_not_open() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "a").await;
    let other = kept_with_key(&store, &team, "b", &other_key()).await;
    home.execute(
        "UPDATE sealed_secrets SET sealed = (SELECT sealed FROM sealed_secrets s
         JOIN providers p ON p.id = s.record_id AND p.name_key = 'a')",
    )
    .await;
    // The one that was copied from still opens.
    let opened = store.access_key(kept.id).await.unwrap();
    assert!(same_secret(&opened.secret, &key().secret));
    let moved = store.access_key(other.id).await.unwrap_err();
    assert!(matches!(moved, StoreError::Sealed(_)), "{moved}");
}

#[tokio::test]
async fn a_secret_put_into_another_field_does_not_open() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let temporary = kept_with_key(&store, &team, "temporary", &temporary_key()).await;
    home.execute(
        "UPDATE sealed_secrets SET field = CASE field
         WHEN 'secretAccessKey' THEN 'swapping' ELSE 'secretAccessKey' END",
    )
    .await;
    home.execute("UPDATE sealed_secrets SET field = 'sessionToken' WHERE field = 'swapping'")
        .await;
    let swapped = store.access_key(temporary.id).await.unwrap_err();
    assert!(matches!(swapped, StoreError::Sealed(_)), "{swapped}");
}

#[tokio::test]
async fn a_secret_that_is_cut_off_or_missing_is_said_to_be() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    home.execute("UPDATE sealed_secrets SET sealed = substr(sealed, 1, 50)")
        .await;
    let cut = store.access_key(kept.id).await.unwrap_err();
    assert!(cut.to_string().contains("cut off"), "{cut}");
    home.execute("DELETE FROM sealed_secrets").await;
    let missing = store.access_key(kept.id).await.unwrap_err();
    assert!(missing.to_string().contains("missing"), "{missing}");
}

#[tokio::test]
async fn secrets_of_another_installation_name_the_root_key_they_need() {
    let (here, there) = (Home::new(), Home::new());
    let store = there.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    store.close().await;
    drop(store);
    let needed = RootKey::load(&there.root_key()).unwrap().id().to_string();
    // The data is brought over, and the record of the root key is forged.
    here.open().await.close().await;
    fs::copy(there.database(), here.database()).unwrap();
    here.execute("DELETE FROM root_keys").await;
    let refused = here.open().await.access_key(kept.id).await.unwrap_err();
    assert!(refused.to_string().contains(&needed), "{refused}");
}
