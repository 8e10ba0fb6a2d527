//! Root key files: made once, read back, refused with what to do.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use commissary_seal::{RootKey, RootKeyFileError};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("root.key")
    }

    fn holding(content: &[u8]) -> Self {
        let folder = Self::new();
        fs::write(folder.path(), content).unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o600)).unwrap();
        folder
    }
}

fn sentence(path: &Path) -> String {
    RootKey::load(path).unwrap_err().to_string()
}

#[test]
fn a_key_is_made_private_and_comes_back() {
    let folder = Folder::new();
    let made = RootKey::create(&folder.path()).unwrap();
    assert_eq!(
        fs::metadata(folder.path()).unwrap().permissions().mode() & 0o7777,
        0o600
    );
    assert_eq!(RootKey::load(&folder.path()).unwrap().id(), made.id());
    let text = fs::read_to_string(folder.path()).unwrap();
    assert!(
        text.starts_with("commissary-root-key:v1:") && text.ends_with('\n'),
        "{text}"
    );
    // Nothing else is left in the folder.
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1);
}

#[test]
fn a_key_is_never_overwritten() {
    let folder = Folder::holding(b"precious");
    let error = RootKey::create(&folder.path()).unwrap_err();
    assert!(matches!(error, RootKeyFileError::Exists { .. }));
    assert_eq!(fs::read(folder.path()).unwrap(), b"precious");
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1);
}

#[test]
fn of_many_that_make_a_key_at_once_one_wins() {
    let folder = Folder::new();
    let path = folder.path();
    let made: Vec<_> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| RootKey::create(&path)))
            .collect();
        makers
            .into_iter()
            .filter_map(|maker| maker.join().unwrap().ok())
            .collect()
    });
    assert_eq!(made.len(), 1);
    assert_eq!(RootKey::load(&path).unwrap().id(), made[0].id());
}

#[test]
fn a_key_needs_a_folder_that_can_be_written() {
    let folder = Folder::holding(b"");
    let below_a_file = folder.path().join("root.key");
    let error = RootKey::create(&below_a_file).unwrap_err();
    assert!(
        matches!(error, RootKeyFileError::NotCreated { .. }),
        "{error}"
    );
    assert!(error.to_string().contains(&*below_a_file.to_string_lossy()));
}

#[test]
fn a_missing_file_is_said_to_be_missing() {
    let folder = Folder::new();
    let error = RootKey::load(&folder.path()).unwrap_err();
    assert!(matches!(error, RootKeyFileError::Missing { .. }));
    assert!(sentence(&folder.path()).contains("does not exist"));
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = Folder::new();
    assert!(sentence(folder.0.path()).contains("not a regular file"));
    assert!(sentence(Path::new("/dev/zero")).contains("not a regular file"));
}

#[test]
fn a_file_that_others_can_read_is_refused_with_the_command_that_closes_it() {
    let folder = Folder::new();
    RootKey::create(&folder.path()).unwrap();
    for mode in [0o640, 0o604, 0o620, 0o601] {
        fs::set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
        let said = sentence(&folder.path());
        assert!(
            said.contains(&format!("chmod 600 {}", folder.path().display())),
            "{said}"
        );
        assert!(said.contains(&format!("{mode:04o}")), "{said}");
    }
    fs::set_permissions(folder.path(), Permissions::from_mode(0o400)).unwrap();
    RootKey::load(&folder.path()).unwrap();
}

#[test]
fn half_a_key_is_no_key_and_is_not_repeated() {
    let folder = Folder::new();
    RootKey::create(&folder.path()).unwrap();
    let text = fs::read_to_string(folder.path()).unwrap();
    let line = text.trim_end();
    let (_, encoded) = line.rsplit_once(':').unwrap();
    let beginning = encoded.get(..8).unwrap();
    for length in 0..line.len() {
        let cut = Folder::holding(&line.as_bytes()[..length]);
        let error = RootKey::load(&cut.path()).unwrap_err();
        assert!(
            matches!(error, RootKeyFileError::Malformed { .. }),
            "{length}"
        );
        assert!(!error.to_string().contains(beginning));
    }
    let twice = Folder::holding(format!("{text}{text}").as_bytes());
    assert!(matches!(
        RootKey::load(&twice.path()),
        Err(RootKeyFileError::Malformed { .. })
    ));
}

#[test]
fn files_of_something_else_are_no_keys() {
    for content in [
        &b""[..],
        b"\xff\xfe",
        b"-----BEGIN PRIVATE KEY-----",
        &[b'A'; 4096],
    ] {
        let folder = Folder::holding(content);
        assert!(matches!(
            RootKey::load(&folder.path()),
            Err(RootKeyFileError::Malformed { .. })
        ));
    }
}

#[test]
fn a_newer_file_asks_for_an_upgrade() {
    let folder = Folder::holding(b"commissary-root-key:v2:kms:whatever\n");
    assert!(sentence(&folder.path()).contains("upgrade"));
}

#[test]
fn line_ends_of_any_kind_do_not_matter() {
    let folder = Folder::new();
    let made = RootKey::create(&folder.path()).unwrap();
    let text = fs::read_to_string(folder.path()).unwrap();
    let windows = Folder::holding(text.replace('\n', "\r\n").as_bytes());
    assert_eq!(RootKey::load(&windows.path()).unwrap().id(), made.id());
}
