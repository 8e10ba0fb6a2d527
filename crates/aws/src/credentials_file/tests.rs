use std::os::unix::fs::{PermissionsExt as _, symlink};

use commissary_core::domain::SecretInput;

use super::*;

fn key(id: &str) -> AccessKey {
    let secret = SecretInput::new("0123456789012345678901234567890123456789".to_owned());
    AccessKey::parse(id, secret, None).unwrap().0
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_folder_and_the_file_are_made_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("home").join(".aws").join("credentials");
    let file = CredentialsFile::open(&path, "Kommander").unwrap();
    assert!(!path.exists() && path.parent().unwrap().exists());
    assert_eq!(file.replaces(), None);
    file.write(&key("AKIAIOSFODNN7EXAMPLE")).unwrap();
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    let again = CredentialsFile::open(&path, "Kommander").unwrap();
    assert_eq!(again.replaces().unwrap().as_str(), "AKIAIOSFODNN7EXAMPLE");
    let names: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing else stays behind");
}

#[test]
fn a_file_that_others_could_read_no_longer_is_and_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    fs::write(&path, "# mine\n[default]\naws_access_key_id = A\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let file = CredentialsFile::open(&path, "Kommander").unwrap();
    // Somebody adds a profile in between.
    fs::write(&path, "# mine\n[default]\naws_access_key_id = A\n[b]\n").unwrap();
    file.write(&key("AKIAIOSFODNN7EXAMPLE")).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# mine\n[default]\naws_access_key_id = A\n[b]\n\n[Kommander]\n"));
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_link_is_followed_and_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    fs::write(&real, "").unwrap();
    symlink(&real, &link).unwrap();
    let file = CredentialsFile::open(&link, "a").unwrap();
    file.write(&key("AKIAIOSFODNN7EXAMPLE")).unwrap();
    assert!(link.is_symlink() && fs::read_to_string(&real).unwrap().starts_with("[a]\n"));

    let lost = folder.path().join("lost");
    symlink(folder.path().join("nowhere"), &lost).unwrap();
    let refused = CredentialsFile::open(&lost, "a").unwrap_err();
    assert!(refused.to_string().contains("leads nowhere"), "{refused}");
}

#[test]
fn what_cannot_be_written_is_said_before_there_is_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    for profile in ["", "a b", "a]", "a\nb", &"x".repeat(65)] {
        let refused = CredentialsFile::open(&path, profile).unwrap_err();
        assert!(
            matches!(refused, CredentialsFileError::Profile(_)),
            "{profile}"
        );
    }
    fs::write(&path, "[a]\nrole_arn = arn:aws:iam::123456789012:role/x\n").unwrap();
    let refused = CredentialsFile::open(&path, "a").unwrap_err();
    assert!(refused.to_string().contains("`role_arn`"), "{refused}");
    fs::write(&path, b"\xff\xfe").unwrap();
    let refused = CredentialsFile::open(&path, "a").unwrap_err();
    assert!(
        matches!(refused, CredentialsFileError::NotText(_)),
        "{refused}"
    );
    let below_a_file = path.join("credentials");
    assert!(CredentialsFile::open(&below_a_file, "a").is_err());
    assert!(
        CredentialsFile::open(folder.path(), "a").is_err(),
        "a folder is no file"
    );
}
