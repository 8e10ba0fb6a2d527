//! Root keys replaced by others: nothing is lost on the way.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use commissary_seal::{Place, RootKey, RootKeyFileError, RootKeys, SealError, Sealer, same_secret};

const PLACE: Place<'static> = Place {
    record: "r",
    field: "f",
};

#[test]
fn a_secret_is_wrapped_anew_and_then_needs_the_new_key_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.key");
    let old = RootKey::create(&path).unwrap().id();
    let secret = "a secret".into();
    let sealed = Sealer::new(RootKey::load(&path).unwrap())
        .seal(&PLACE, &secret)
        .unwrap();
    let keys = RootKeys::add_new(&path).unwrap();
    let new = keys.current();
    assert_eq!(keys.ids().collect::<Vec<_>>(), [new, old]);
    let sealer = Sealer::with_keys(keys);
    assert!(same_secret(&sealer.open(&PLACE, &sealed).unwrap(), &secret));
    let rewrapped = sealer.rewrap(&PLACE, &sealed).unwrap().unwrap();
    assert_eq!((sealed.root_key(), rewrapped.root_key()), (old, new));
    assert_eq!(sealer.rewrap(&PLACE, &rewrapped).unwrap(), None);
    // In another place it is not even wrapped anew.
    let elsewhere = Place {
        record: "x",
        ..PLACE
    };
    let refused = sealer.rewrap(&elsewhere, &sealed).unwrap_err();
    assert_eq!(refused, SealError::Altered);

    let (keys, files) = RootKeys::retire_older(&path).unwrap();
    assert_eq!(keys.ids().collect::<Vec<_>>(), [new]);
    let sealer = Sealer::with_keys(keys);
    assert!(same_secret(
        &sealer.open(&PLACE, &rewrapped).unwrap(),
        &secret
    ));
    let gone = sealer.open(&PLACE, &sealed).unwrap_err();
    assert_eq!(gone, SealError::UnknownRootKey(old));
    // The old key is kept, private, for backups that were taken under it.
    assert_eq!(files.len(), 1);
    let file = files.first().unwrap();
    assert_eq!(RootKey::load(file).unwrap().id(), old);
    for file in [&path, file] {
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
    }
    // Nothing to retire is nothing to do.
    assert!(RootKeys::retire_older(&path).unwrap().1.is_empty());
}

#[test]
fn killed_between_the_two_files_the_second_try_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.key");
    RootKey::create(&path).unwrap();
    RootKeys::add_new(&path).unwrap();
    let both = fs::read(&path).unwrap();
    let (after, files) = RootKeys::retire_older(&path).unwrap();
    let retired = fs::read(files.first().unwrap()).unwrap();
    // As it was when the old key had its file and the other was not replaced yet.
    fs::write(&path, both).unwrap();
    let (again, _) = RootKeys::retire_older(&path).unwrap();
    assert_eq!(again.current(), after.current());
    assert_eq!(fs::read(files.first().unwrap()).unwrap(), retired);
}

#[test]
fn a_file_with_half_a_key_in_it_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.key");
    RootKey::create(&path).unwrap();
    let mut text = fs::read_to_string(&path).unwrap();
    text.push_str("commissary-root-key:v1:AAAA\n");
    fs::write(&path, &text).unwrap();
    for error in [
        RootKeys::load(&path).unwrap_err(),
        RootKeys::retire_older(&path).unwrap_err(),
    ] {
        assert!(
            matches!(error, RootKeyFileError::Malformed { .. }),
            "{error}"
        );
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}
