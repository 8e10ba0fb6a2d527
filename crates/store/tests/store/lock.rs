//! The data directory: private, and one process's at a time.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use commissary_store::{OpenError, OpenOptions, SqlStore};

use crate::samples::{Home, kept_workspace};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[tokio::test]
async fn nobody_else_can_read_anything() {
    let home = Home::new();
    let store = home.open().await;
    kept_workspace(&store, "team-a").await;
    assert_eq!(mode(&home.dir()), 0o700);
    let mut files: Vec<_> = fs::read_dir(home.dir())
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let names: Vec<_> = files
        .iter()
        .map(|f| f.file_name().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "audit-head",
            "commissary.db",
            "commissary.db-shm",
            "commissary.db-wal",
            "lock"
        ]
    );
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    assert_eq!(mode(&home.root_key()), 0o600);
}

#[tokio::test]
async fn a_database_that_was_left_open_to_others_is_closed_to_them() {
    let home = Home::new();
    home.open().await.close().await;
    fs::set_permissions(home.database(), fs::Permissions::from_mode(0o644)).unwrap();
    let _store = home.open().await;
    assert_eq!(mode(&home.database()), 0o600);
}

#[tokio::test]
async fn a_directory_in_use_is_refused_with_who_uses_it() {
    let home = Home::new();
    let store = home.open().await;
    let refusal = home.refusal().await;
    assert!(matches!(refusal, OpenError::InUse { .. }), "{refusal}");
    let said = refusal.to_string();
    assert!(
        said.contains(&format!("(pid {})", std::process::id())),
        "{said}"
    );
    assert!(said.contains(&home.dir().display().to_string()), "{said}");
    drop(store);
    home.open().await;
}

#[tokio::test]
async fn a_file_is_no_directory() {
    let home = Home::new();
    fs::write(home.dir(), "a file").unwrap();
    for dir in [
        home.dir(),
        home.dir().join("below"),
        home.dir().join("far/below"),
    ] {
        let options = OpenOptions {
            dir,
            ..home.options()
        };
        let refusal = SqlStore::open(options).await.unwrap_err();
        assert!(
            matches!(refusal, OpenError::NotADirectory { .. }),
            "{refusal}"
        );
    }
    assert_eq!(fs::read(home.dir()).unwrap(), b"a file");
}

/// Whoever runs this as root may write anywhere, so a directory stands where
/// each file should be: opening it for writing fails for everybody.
#[tokio::test]
async fn what_cannot_be_written_is_named() {
    for file in ["lock", "commissary.db"] {
        let home = Home::new();
        let blocked = home.dir().join(file);
        fs::create_dir_all(&blocked).unwrap();
        let refusal = home.refusal().await;
        assert!(
            matches!(refusal, OpenError::NotWritable { .. }),
            "{refusal}"
        );
        let said = refusal.to_string();
        assert!(said.contains(&blocked.display().to_string()), "{said}");
        assert!(!home.root_key().exists());
    }
    // Nobody may make files here, not even root.
    let home = Home::new();
    let dir = "/proc/commissary".into();
    let refusal = SqlStore::open(OpenOptions {
        dir,
        ..home.options()
    })
    .await
    .unwrap_err();
    assert!(
        matches!(refusal, OpenError::NotWritable { .. }),
        "{refusal}"
    );
}
