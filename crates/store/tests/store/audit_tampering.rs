//! A hundred thousand entries, and everything that somebody who may write the
//! database file could do to them.

use std::fs;
use std::path::Path;
use std::time::Instant;

use commissary_core::domain::{AuditHead, AuditVerification};
use commissary_core::ports::Store as _;
use commissary_store::DataFolder;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::samples::{Home, event};

const ENTRIES: u64 = 100_000;

/// A log of that many entries, which was written before there was a chain and
/// is chained by the store itself; then one more.
async fn large_log() -> (Home, AuditHead) {
    let home = Home::new();
    home.open().await.close().await;
    home.execute(
        "INSERT INTO audit_events (id, at, actor, origin, request_id, action, target, outcome)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
         SELECT printf('00000000-0000-7000-8000-%012x', i), '2026-03-04T05:06:07.000000000Z',
             'admin', '127.0.0.1', NULL, 'provider.check', 'team-a/prod-' || i, 'done' FROM n",
    )
    .await;
    home.execute("UPDATE audit_chain SET earlier = 99999, sequence = 0, hash = X''")
        .await;
    let note = home.dir().join("audit-head");
    fs::remove_file(note).unwrap();
    let store = home.open().await;
    store.append_audit(&event("session.begin")).await.unwrap();
    let whole = store.verify_audit(&[]).await.unwrap();
    assert_eq!((whole.entries, whole.earlier), (ENTRIES, ENTRIES - 1));
    assert_eq!(whole.fault, None);
    assert!(whole.begun_at.is_some());
    store.close().await;
    (home, whole.head)
}

async fn verified(dir: &Path, known: &[AuditHead]) -> AuditVerification {
    let folder = DataFolder::look(dir).await.unwrap();
    let verified = folder.verify_audit(known).await.unwrap();
    folder.close().await;
    verified
}

/// Does something to a copy of the log that only who is past the product can.
async fn tampered(original: &Home, dir: &Path, statements: &str) {
    fs::create_dir(dir).unwrap();
    for file in ["commissary.db", "audit-head"] {
        fs::copy(original.dir().join(file), dir.join(file)).unwrap();
    }
    let options = SqliteConnectOptions::new().filename(dir.join("commissary.db"));
    let mut sql = SqliteConnection::connect_with(&options).await.unwrap();
    let all = format!(
        "DROP TRIGGER audit_events_are_not_updated; DROP TRIGGER audit_events_are_not_deleted;
         DROP TRIGGER audit_events_are_not_replaced; {statements}"
    );
    let done = sqlx::raw_sql(AssertSqlSafe(all)).execute(&mut sql).await;
    done.unwrap();
    sql.close().await.unwrap();
}

/// What is done to the log, the fault that must be found, and the first bad entry.
const TAMPERINGS: [(&str, &str, &str, Option<u64>); 25] = [
    ("id changed", "UPDATE audit_events SET id = 'x' WHERE sequence = 7000", "changed", Some(7_000)),
    ("moment changed", "UPDATE audit_events SET at = '2020-01-01T00:00:00.000000000Z' WHERE sequence = 7000", "changed", Some(7_000)),
    ("actor changed", "UPDATE audit_events SET actor = 'somebody else' WHERE sequence = 7000", "changed", Some(7_000)),
    ("address changed", "UPDATE audit_events SET origin = '10.0.0.1' WHERE sequence = 7000", "changed", Some(7_000)),
    ("request id changed", "UPDATE audit_events SET request_id = '' WHERE sequence = 7000", "changed", Some(7_000)),
    ("action changed", "UPDATE audit_events SET action = 'provider.show' WHERE sequence = 7000", "changed", Some(7_000)),
    ("target changed", "UPDATE audit_events SET target = 'team-b/prod' WHERE sequence = 7000", "changed", Some(7_000)),
    ("workspace changed", "UPDATE audit_events SET workspace_id = '' WHERE sequence = 7000", "changed", Some(7_000)),
    ("outcome changed", "UPDATE audit_events SET outcome = 'refused' WHERE sequence = 7000", "changed", Some(7_000)),
    ("another type", "UPDATE audit_events SET target = CAST(target AS BLOB) WHERE sequence = 7000", "changed", Some(7_000)),
    ("hash changed", "UPDATE audit_events SET hash = zeroblob(32) WHERE sequence = 7000", "changed", Some(7_000)),
    ("hash shortened", "UPDATE audit_events SET hash = X'00' WHERE sequence = 7000", "changed", Some(7_000)),
    ("first changed", "UPDATE audit_events SET actor = 'x' WHERE sequence = 1", "changed", Some(1)),
    ("last changed", "UPDATE audit_events SET actor = 'x' WHERE sequence = 100000", "changed", Some(100_000)),
    ("one deleted", "DELETE FROM audit_events WHERE sequence = 30000", "missing", Some(30_000)),
    ("one deleted and the rest moved up",
     "DELETE FROM audit_events WHERE sequence = 30000;
      UPDATE audit_events SET sequence = -sequence WHERE sequence > 30000;
      UPDATE audit_events SET sequence = -sequence - 1 WHERE sequence < 0", "changed", Some(30_000)),
    ("two swapped",
     "UPDATE audit_events SET sequence = -1 WHERE sequence = 20000;
      UPDATE audit_events SET sequence = 20000 WHERE sequence = 20001;
      UPDATE audit_events SET sequence = 20001 WHERE sequence = -1", "changed", Some(20_000)),
    ("one put in the middle",
     "UPDATE audit_events SET sequence = -sequence WHERE sequence >= 40000;
      UPDATE audit_events SET sequence = 1 - sequence WHERE sequence < 0;
      INSERT INTO audit_events (id, at, actor, origin, action, target, outcome, sequence, hash)
      SELECT 'x', at, actor, origin, action, target, outcome, 40000, hash FROM audit_events WHERE sequence = 39999",
     "changed", Some(40_000)),
    ("one put before the first",
     "INSERT INTO audit_events (id, at, actor, origin, action, target, outcome, sequence, hash)
      SELECT 'x', at, actor, origin, action, target, outcome, 0, hash FROM audit_events WHERE sequence = 1",
     "missing", Some(1)),
    ("one put in without a place",
     "INSERT INTO audit_events (id, at, actor, origin, action, target, outcome)
      SELECT 'x', at, actor, origin, action, target, outcome FROM audit_events WHERE sequence = 1",
     "inserted", None),
    ("the end cut off", "DELETE FROM audit_events WHERE sequence > 99990", "cut-off", Some(99_991)),
    ("the end cut off with its record",
     "DELETE FROM audit_events WHERE sequence > 99990;
      UPDATE audit_chain SET sequence = 99990, hash = (SELECT hash FROM audit_events WHERE sequence = 99990)",
     "cut-off", Some(99_991)),
    ("the record gone", "DELETE FROM audit_chain", "changed", Some(1)),
    ("the record set back",
     "UPDATE audit_chain SET sequence = 99999, hash = (SELECT hash FROM audit_events WHERE sequence = 99999)",
     "added", Some(100_000)),
    ("the beginning changed", "UPDATE audit_chain SET earlier = 5", "changed", Some(1)),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_tampering_with_100_000_entries_is_found() {
    let (home, head) = large_log().await;
    let began = Instant::now();
    let whole = verified(&home.dir(), &[head]).await;
    assert_eq!((whole.entries, whole.fault), (ENTRIES, None));
    println!("{ENTRIES} entries verified in {:?}", began.elapsed());
    let copies = tempfile::tempdir().unwrap();
    for (number, (what, statements, word, sequence)) in TAMPERINGS.into_iter().enumerate() {
        let dir = copies.path().join(number.to_string());
        tampered(&home, &dir, statements).await;
        let began = Instant::now();
        let fault = verified(&dir, &[]).await.fault;
        let fault = fault.unwrap_or_else(|| panic!("{what}: nothing was found"));
        assert_eq!(
            (fault.word(), fault.sequence()),
            (word, sequence),
            "{what}: {fault}"
        );
        println!("{what}: found in {:?}: {fault}", began.elapsed());
        fs::remove_dir_all(&dir).unwrap();
    }
    // Who also writes the note anew is found by a head that was kept elsewhere.
    let dir = copies.path().join("note");
    let (_, statements, ..) = TAMPERINGS[21];
    tampered(&home, &dir, statements).await;
    fs::remove_file(dir.join("audit-head")).unwrap();
    let options = commissary_store::OpenOptions {
        dir: dir.clone(),
        root_key: home.root_key(),
    };
    let store = commissary_store::SqlStore::open(options).await.unwrap();
    assert_eq!(store.verify_audit(&[]).await.unwrap().fault, None);
    let fault = store.verify_audit(&[head]).await.unwrap().fault.unwrap();
    assert_eq!((fault.word(), fault.sequence()), ("cut-off", Some(99_991)));
    // The same where other entries were written in place of those.
    for _ in 0..10 {
        store.append_audit(&event("a")).await.unwrap();
    }
    let fault = store.verify_audit(&[head]).await.unwrap().fault.unwrap();
    assert_eq!(
        (fault.word(), fault.sequence()),
        ("rewritten", Some(ENTRIES))
    );
}
