//! What becomes of keys, case by case.

use commissary_core::domain::{BootstrapRequest, Identity, KeyStatus, Partition, Words};
use commissary_permissions::Blueprint;

use super::super::account::Account;
use super::super::line::Call;
use super::*;

const NOW: &str = "2026-11-20T12:00:00Z";
const A: &str = "AKIAAAAAAAAAAAAAAAAA";
const B: &str = "AKIABBBBBBBBBBBBBBBB";
const C: &str = "AKIACCCCCCCCCCCCCCCC";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn id(text: &str) -> AccessKeyId {
    AccessKeyId::parse(text).unwrap()
}

/// A key that was made a minute ago and never used.
fn new(key: &str) -> KnownKey {
    KnownKey {
        id: id(key),
        status: KeyStatus::Active,
        created_at: Some(at("2026-11-20T11:59:00Z")),
        last_used: LastUsed::Never,
    }
}

fn used(key: &str, last: &str) -> KnownKey {
    KnownKey {
        created_at: Some(at("2026-01-01T00:00:00Z")),
        last_used: LastUsed::At(at(last)),
        ..new(key)
    }
}

fn begun(known: &[&str], replaces: Option<&str>) -> Option<Interrupted> {
    Some(Interrupted {
        known: known.iter().map(|key| (*key).to_owned()).collect(),
        replaces: replaces.map(str::to_owned),
        at: at("2026-11-20T11:58:58Z"),
    })
}

struct Case {
    keys: Vec<KnownKey>,
    wish: KeyWish,
    interrupted: Option<Interrupted>,
    kept: &'static [&'static str],
}

impl Case {
    fn new(keys: Vec<KnownKey>, wish: KeyWish) -> Self {
        Self {
            keys,
            wish,
            interrupted: None,
            kept: &[],
        }
    }

    fn planned(self) -> Result<Vec<Line>, BootstrapError> {
        let request = BootstrapRequest {
            blueprint: Blueprint::of_user("aws", "Kommander", "p", &[]),
            policy_name: "p".into(),
            change_others: false,
            key: self.wish,
            interrupted: self.interrupted,
            kept: self.kept.iter().map(|key| (*key).to_owned()).collect(),
            now: at(NOW),
            move_user: false,
            words: Words {
                undo: "`--undo`",
                change_others: "`--change-others`",
                user_name: "`--user-name`",
                another_key: "`--new-key`",
                replace_key: ["`--replace-key ", "`"],
                kept_key: "is kept",
            },
        };
        let account = Account {
            identity: Identity {
                account_id: "123456789012".into(),
                principal_arn: "arn:aws:iam::123456789012:user/admin".into(),
                user_id: "AIDA".into(),
                partition: Partition::new("aws"),
            },
            user: None,
            other_case: None,
            policies: Vec::new(),
            roles: Vec::new(),
            profiles: Vec::new(),
            keys: self.keys,
        };
        lines(&Planning::new(&request, &account))
    }

    /// `-A` for a key that is deleted, `+` for one that is made.
    #[track_caller]
    fn does(self, expected: &str) {
        let lines = self.planned().unwrap();
        let calls = lines.iter().flat_map(|line| &line.calls);
        let calls: Vec<String> = calls
            .map(|call| match call {
                Call::CreateKey => "+".to_owned(),
                Call::DeleteKey(id) => format!("-{}", id.as_str().chars().nth(4).unwrap()),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(calls.join(" "), expected, "{lines:?}");
    }
}

use KeyWish::{AheadOf, Another, IfNone, InPlaceOf};

#[test]
fn without_an_interrupted_run() {
    Case::new(vec![], IfNone).does("+");
    Case::new(vec![new(A)], IfNone).does("");
    Case::new(vec![], Another).does("+");
    Case::new(vec![new(A)], Another).does("+");
    Case::new(vec![new(A)], InPlaceOf(id(A))).does("-A +");
    Case::new(vec![new(A), new(B)], InPlaceOf(id(B))).does("-B +");
    let refused = Case::new(vec![new(A)], InPlaceOf(id(B))).planned();
    assert!(matches!(refused, Err(BootstrapError::NoSuchKey { .. })));
}

#[test]
fn a_key_that_another_is_to_take_the_place_of_stays_for_now() {
    Case::new(vec![new(A)], AheadOf(id(A))).does("+");
    let lost = Case {
        interrupted: begun(&[A], None),
        ..Case::new(vec![new(A), new(B)], AheadOf(id(A)))
    };
    lost.does("-B +");
    // The new one was made and kept; the old one may be gone by now.
    for keys in [vec![new(A), new(B)], vec![new(B)]] {
        let kept = Case {
            kept: &[B],
            ..Case::new(keys, AheadOf(id(A)))
        };
        kept.does("");
    }
    let full = Case::new(vec![new(A), new(B)], AheadOf(id(A))).planned();
    assert!(matches!(full, Err(BootstrapError::KeyLimit { .. })));
    let gone = Case::new(vec![new(B)], AheadOf(id(A))).planned();
    assert!(matches!(gone, Err(BootstrapError::NoSuchKey { .. })));
}

#[test]
fn a_key_that_an_interrupted_run_made_and_lost_is_replaced() {
    let lost = |keys: Vec<KnownKey>, wish, known: &[&str], replaces| Case {
        interrupted: begun(known, replaces),
        ..Case::new(keys, wish)
    };
    lost(vec![], IfNone, &[], None).does("+");
    lost(vec![new(A)], IfNone, &[], None).does("-A +");
    lost(vec![new(A), new(B)], Another, &[A], None).does("-B +");
    // It was killed before the old key went, after it, and after the new one was made.
    lost(vec![new(A), new(B)], InPlaceOf(id(A)), &[A, B], Some(A)).does("-A +");
    lost(vec![new(B)], InPlaceOf(id(A)), &[A, B], Some(A)).does("+");
    lost(vec![new(B), new(C)], InPlaceOf(id(A)), &[A, B], Some(A)).does("-C +");
}

#[test]
fn a_key_whose_secret_was_kept_is_handed_over_and_no_other_is_made() {
    let kept = |keys: Vec<KnownKey>, wish, known: &[&str]| Case {
        interrupted: begun(known, None),
        kept: &[C],
        ..Case::new(keys, wish)
    };
    kept(vec![new(C)], IfNone, &[]).does("");
    kept(vec![new(A), new(C)], Another, &[A]).does("");
    kept(vec![new(C)], InPlaceOf(id(A)), &[A]).does("");
    kept(vec![new(A), new(C)], InPlaceOf(id(A)), &[A]).does("-A");
    kept(vec![new(C)], InPlaceOf(id(C)), &[]).does("-C +");
}

#[test]
fn what_may_be_somebody_elses_is_never_taken_for_lost() {
    let begun_at = || begun(&[], None);
    let with = |keys: Vec<KnownKey>| Case {
        interrupted: begun_at(),
        ..Case::new(keys, IfNone)
    };
    with(vec![used(A, "2026-11-20T11:59:30Z")]).does("");
    with(vec![KnownKey {
        last_used: LastUsed::Unknown,
        ..new(A)
    }])
    .does("");
    with(vec![KnownKey {
        created_at: None,
        ..new(A)
    }])
    .does("");
    with(vec![KnownKey {
        created_at: Some(at("2026-11-20T10:00:00Z")),
        ..new(A)
    }])
    .does("");
    with(vec![new(A), new(B)]).does("");
}

#[test]
fn of_two_keys_the_one_that_is_unused_longest_is_named_and_none_deleted() {
    let said = |keys: Vec<KnownKey>| Case::new(keys, Another).planned().unwrap_err().to_string();
    let old = used(A, "2026-11-01T00:00:00Z");
    let text = said(vec![old.clone(), used(B, "2026-11-02T00:00:00Z")]);
    assert!(text.contains(&format!("{A} is unused longest")), "{text}");
    let text = said(vec![new(B), old.clone()]);
    assert!(text.contains(&format!("{A} is unused longest")), "{text}");
    let unknown = KnownKey {
        last_used: LastUsed::Unknown,
        ..new(B)
    };
    let text = said(vec![old, unknown]);
    assert!(!text.contains("unused longest"), "{text}");
    assert!(text.contains("--replace-key ID"), "{text}");
}
