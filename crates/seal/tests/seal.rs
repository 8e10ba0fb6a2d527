//! What was sealed opens in its own place under its own key, and nowhere else.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_seal::{Place, RootKey, SealError, Sealed, Sealer};
use proptest::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const PLACE: Place<'static> = Place {
    record: "0198c0de-0000-7000-8000-000000000001",
    field: "secretAccessKey",
};

fn root_key() -> RootKey {
    let folder = tempfile::tempdir().unwrap();
    RootKey::create(&folder.path().join("root.key")).unwrap()
}

fn sealed_by(sealer: &Sealer) -> Sealed {
    sealer.seal(&PLACE, &SecretString::from(SECRET)).unwrap()
}

#[test]
fn a_secret_opens_in_its_place_and_does_not_show_in_the_bytes() {
    let sealer = Sealer::new(root_key());
    let bytes = sealed_by(&sealer).to_bytes();
    assert!(
        !bytes
            .windows(8)
            .any(|part| SECRET.as_bytes().windows(8).any(|s| s == part))
    );
    let opened = sealer
        .open(&PLACE, &Sealed::parse(&bytes).unwrap())
        .unwrap();
    assert_eq!(opened.expose_secret(), SECRET);
}

#[test]
fn two_seals_of_one_secret_share_nothing() {
    let sealer = Sealer::new(root_key());
    let (one, other) = (sealed_by(&sealer).to_bytes(), sealed_by(&sealer).to_bytes());
    // Version and root key id are the same; all that follows is fresh.
    assert_eq!(one[..9], other[..9]);
    assert!(
        !one[9..]
            .windows(6)
            .any(|part| other[9..].windows(6).any(|o| o == part))
    );
}

#[test]
fn moved_to_another_record_or_field_it_does_not_open() {
    let sealer = Sealer::new(root_key());
    let sealed = sealed_by(&sealer);
    for place in [
        Place {
            record: "0198c0de-0000-7000-8000-000000000002",
            ..PLACE
        },
        Place {
            field: "sessionToken",
            ..PLACE
        },
        Place {
            record: "",
            field: "",
        },
    ] {
        assert_eq!(
            sealer.open(&place, &sealed).unwrap_err(),
            SealError::Altered
        );
    }
}

#[test]
fn under_another_root_key_it_does_not_open_and_says_which_key_it_needs() {
    let sealer = Sealer::new(root_key());
    let error = Sealer::new(root_key())
        .open(&PLACE, &sealed_by(&sealer))
        .unwrap_err();
    assert_eq!(error, SealError::UnknownRootKey(sealer.root_key()));
    assert!(error.to_string().contains(&sealer.root_key().to_string()));
}

#[test]
fn an_older_root_key_still_opens_and_no_longer_seals() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("older.key");
    let sealed = sealed_by(&Sealer::new(RootKey::create(&path).unwrap()));
    let both = Sealer::new(root_key()).with_older(RootKey::load(&path).unwrap());
    assert_eq!(both.open(&PLACE, &sealed).unwrap().expose_secret(), SECRET);
    assert_eq!(sealed_by(&both).root_key(), both.root_key());
}

#[test]
fn every_flipped_bit_keeps_it_shut() {
    let sealer = Sealer::new(root_key());
    let bytes = sealed_by(&sealer).to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let opened = Sealed::parse(&flipped).and_then(|sealed| sealer.open(&PLACE, &sealed));
        assert!(opened.is_err(), "bit {bit}");
    }
}

#[test]
fn cut_off_anywhere_it_does_not_open() {
    let sealer = Sealer::new(root_key());
    let bytes = sealed_by(&sealer).to_bytes();
    for length in 0..bytes.len() {
        let opened =
            Sealed::parse(&bytes[..length]).and_then(|sealed| sealer.open(&PLACE, &sealed));
        assert!(
            matches!(opened, Err(SealError::Truncated | SealError::Altered)),
            "{length}"
        );
    }
}

#[test]
fn a_data_key_of_one_secret_does_not_open_another_of_the_same_place() {
    let sealer = Sealer::new(root_key());
    let (one, other) = (sealed_by(&sealer).to_bytes(), sealed_by(&sealer).to_bytes());
    // 1 version, 8 root key id, 12 nonce, 48 wrapped data key.
    let mixed = [&one[..69], &other[69..]].concat();
    let opened = sealer.open(&PLACE, &Sealed::parse(&mixed).unwrap());
    assert_eq!(opened.unwrap_err(), SealError::Altered);
}

proptest! {
    #[test]
    fn any_bytes_parse_or_fail_and_come_back_the_same(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(sealed) = Sealed::parse(&bytes) {
            prop_assert_eq!(sealed.to_bytes(), bytes);
        }
    }

    #[test]
    fn any_bytes_after_a_known_version_do_not_open(mut bytes in prop::collection::vec(any::<u8>(), 97..200)) {
        let sealer = Sealer::new(root_key());
        let good = sealed_by(&sealer).to_bytes();
        bytes[..9].copy_from_slice(&good[..9]);
        let sealed = Sealed::parse(&bytes).unwrap();
        prop_assert_eq!(sealer.open(&PLACE, &sealed).unwrap_err(), SealError::Altered);
    }

    #[test]
    fn any_secret_comes_back(secret in ".*", record in ".*", field in ".*") {
        let sealer = Sealer::new(root_key());
        let place = Place { record: &record, field: &field };
        let sealed = sealer.seal(&place, &SecretString::from(secret.as_str())).unwrap();
        let opened = sealer.open(&place, &Sealed::parse(&sealed.to_bytes()).unwrap()).unwrap();
        prop_assert_eq!(opened.expose_secret(), secret);
    }
}
