//! Backups: taken while others write, restored whole or not at all.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use commissary_core::domain::WorkspaceName;
use commissary_core::ports::Store as _;
use commissary_seal::{RootKey, same_secret};
use commissary_store::{BackupError, DataFolder, Manifest, OpenOptions, Restored, restore};

use crate::samples::{
    Home, SECRET, audited, event, kept_provider, kept_workspace, key, now, provider_name,
};

fn file(home: &Home) -> PathBuf {
    home.root_key().with_file_name("backup")
}

async fn taken(home: &Home) -> Manifest {
    let folder = DataFolder::look(&home.dir()).await.unwrap();
    let manifest = folder.back_up(&file(home), "1.2.3", now()).await.unwrap();
    folder.note(&event("backup.create")).await.unwrap();
    folder.close().await;
    manifest
}

/// Restores the backup of one home into another, which has its root key.
async fn restored(from: &Home, to: &Home) -> Result<Restored, BackupError> {
    let options = OpenOptions {
        root_key: from.root_key(),
        ..to.options()
    };
    restore(&file(from), options, &event("backup.restore")).await
}

async fn with_backup() -> Home {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    kept_provider(&store, &team, "prod").await;
    taken(&home).await;
    home
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_taken_while_others_write_has_all_up_to_a_moment() {
    let home = Home::new();
    let store = Arc::new(home.open().await);
    let team = kept_workspace(&store, "team-0").await;
    kept_provider(&store, &team, "prod").await;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (store, stop) = (store.clone(), stop.clone());
        async move {
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                kept_workspace(&store, &format!("team-{number}")).await;
            }
            number
        }
    });
    while audited(&store).await.len() < 20 {
        tokio::task::yield_now().await;
    }
    let manifest = taken(&home).await;
    stop.store(true, Ordering::Relaxed);
    let written = writer.await.unwrap();
    // The server and its log go on, with what the backup noted in between.
    assert_eq!(store.verify_audit(&[]).await.unwrap().fault, None);

    let there = Home::new();
    let done = restored(&home, &there).await.unwrap();
    assert_eq!(done.manifest, manifest);
    assert_eq!(done.audit.fault, None);
    assert_eq!(done.audit.head.to_string(), manifest.audit_head);
    fs::copy(home.root_key(), there.root_key()).unwrap();
    let copy = there.open().await;
    // As many workspaces as entries that made them: nothing is there by half.
    let mut workspaces = 0;
    while copy
        .workspace(&WorkspaceName::parse(&format!("team-{workspaces}")).unwrap())
        .await
        .unwrap()
        .is_some()
    {
        workspaces += 1;
    }
    assert!(
        workspaces >= 10 && workspaces <= written + 1,
        "{workspaces} of {written}"
    );
    assert_eq!(done.audit.entries, workspaces + 1);
    let provider = copy
        .provider(team.id, &provider_name("prod"))
        .await
        .unwrap()
        .unwrap();
    let opened = copy.access_key(provider.id).await.unwrap();
    assert!(same_secret(&opened.secret, &key().secret));
    // What was done to it is in its log, and the log leads on.
    assert_eq!(audited(&copy).await.first().unwrap(), "backup.restore");
    assert_eq!(copy.verify_audit(&[]).await.unwrap().fault, None);
}

#[tokio::test]
async fn the_file_is_private_says_which_key_it_needs_and_has_no_secret_in_it() {
    let home = with_backup().await;
    let bytes = fs::read(file(&home)).unwrap();
    let mut lines = bytes.split(|byte| *byte == b'\n');
    assert_eq!(lines.next().unwrap(), b"commissary-backup:v1");
    let manifest: Manifest = serde_json::from_slice(lines.next().unwrap()).unwrap();
    let root_key = RootKey::load(&home.root_key()).unwrap();
    assert_eq!(manifest.root_keys, [root_key.id().to_string()]);
    let mode = fs::metadata(file(&home)).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
    let text = fs::read_to_string(home.root_key()).unwrap();
    let (_, key) = text.trim().rsplit_once(':').unwrap();
    for needle in [SECRET.as_bytes(), key.as_bytes()] {
        assert!(!bytes.windows(needle.len()).any(|window| window == needle));
    }
    // Nothing else is left beside it.
    let beside: Vec<_> = fs::read_dir(file(&home).parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(beside.len(), 3);
    // A file that is there is not written over.
    let folder = DataFolder::look(&home.dir()).await.unwrap();
    let again = folder.back_up(&file(&home), "1", now()).await.unwrap_err();
    assert!(matches!(again, BackupError::Exists(_)), "{again}");
    assert_eq!(fs::read(file(&home)).unwrap(), bytes);
}

#[tokio::test]
async fn only_an_empty_folder_is_restored_into() {
    let home = with_backup().await;
    let there = Home::new();
    there.open().await.close().await;
    let before = fs::read(there.database()).unwrap();
    let refused = restored(&home, &there).await.unwrap_err();
    assert!(matches!(refused, BackupError::NotEmpty { .. }), "{refused}");
    assert_eq!(fs::read(there.database()).unwrap(), before);
    // The root key may be there already, and what a killed restoring left.
    let there = Home::new();
    fs::create_dir_all(there.dir().join(".commissary-restore-x")).unwrap();
    fs::copy(home.root_key(), there.dir().join("root.key")).unwrap();
    let options = OpenOptions {
        dir: there.dir(),
        root_key: there.dir().join("root.key"),
    };
    restore(&file(&home), options, &event("backup.restore"))
        .await
        .unwrap();
    let mut names: Vec<_> = fs::read_dir(there.dir())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["audit-head", "commissary.db", "lock", "root.key"]);
}

#[tokio::test]
async fn a_missing_or_another_root_key_is_refused_with_the_one_that_is_needed() {
    let home = with_backup().await;
    let needed = RootKey::load(&home.root_key()).unwrap().id().to_string();
    let there = Home::new();
    for _ in ["missing", "another"] {
        let refused = restore(&file(&home), there.options(), &event("backup.restore")).await;
        let refused = refused.unwrap_err();
        assert!(matches!(refused, BackupError::RootKey { .. }), "{refused}");
        assert!(refused.to_string().contains(&needed), "{refused}");
        assert!(!there.database().exists());
        if !there.root_key().exists() {
            RootKey::create(&there.root_key()).unwrap();
        }
    }
}

#[tokio::test]
async fn what_is_damaged_newer_or_something_else_is_not_restored() {
    let home = with_backup().await;
    let whole = fs::read(file(&home)).unwrap();
    let refusal = async |bytes: &[u8]| {
        fs::write(file(&home), bytes).unwrap();
        let there = Home::new();
        let refused = restored(&home, &there).await.unwrap_err();
        assert!(!there.database().exists(), "{refused}");
        refused
    };
    let middle = whole.len() / 2;
    for at in [40, 200, middle, whole.len() - 80, whole.len() - 10] {
        let mut bytes = whole.clone();
        *bytes.get_mut(at).unwrap() ^= 1;
        let refused = refusal(&bytes).await;
        let told = matches!(
            refused,
            BackupError::Damaged { .. } | BackupError::RootKey { .. } | BackupError::Newer { .. }
        );
        assert!(told, "at {at}: {refused}");
    }
    for end in [30, 100, middle, whole.len() - 1] {
        let refused = refusal(whole.get(..end).unwrap()).await;
        assert!(
            matches!(refused, BackupError::Damaged { .. }),
            "to {end}: {refused}"
        );
    }
    let mut longer = whole.clone();
    longer.push(b'x');
    let refused = refusal(&longer).await;
    assert!(matches!(refused, BackupError::Damaged { .. }), "{refused}");
    for other in ["", "a diary"] {
        let refused = refusal(other.as_bytes()).await;
        assert!(matches!(refused, BackupError::NotABackup(_)), "{refused}");
    }
    let refused = refusal(b"commissary-backup:v2\n{}\n").await;
    assert!(matches!(refused, BackupError::Newer { .. }), "{refused}");
    let text = String::from_utf8_lossy(&whole).into_owned();
    let manifest = text
        .lines()
        .nth(1)
        .unwrap()
        .replace("\"steps\":[", "\"steps\":[9999,");
    let refused = refusal(format!("commissary-backup:v1\n{manifest}\n").as_bytes()).await;
    assert!(matches!(refused, BackupError::Newer { .. }), "{refused}");
}
