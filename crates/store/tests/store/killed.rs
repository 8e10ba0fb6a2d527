//! A process that is killed in the middle of its work.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use commissary_core::domain::PageRequest;
use commissary_core::ports::Store as _;
use commissary_store::{OpenError, OpenOptions, SqlStore};

use crate::samples::{
    ALL, Home, all_providers, audit_page, audited, kept_provider, kept_workspace,
};

/// Tells the process to be killed where its home is.
const DIR: &str = "COMMISSARY_TEST_DIR";
const ROOT_KEY: &str = "COMMISSARY_TEST_ROOT_KEY";
/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
#[ignore = "run by `a_kill_loses_nothing_that_was_done_and_does_nothing_by_half`, which kills it"]
async fn works_until_killed() {
    let path = |name| PathBuf::from(std::env::var_os(name).unwrap());
    let options = OpenOptions {
        dir: path(DIR),
        root_key: path(ROOT_KEY),
    };
    let store = SqlStore::open(options).await.unwrap();
    let began = Instant::now();
    let mut number = 0;
    // Should nobody be there to kill it, it ends by itself.
    while began.elapsed() < 2 * PATIENCE {
        number += 1;
        let team = kept_workspace(&store, &format!("team-{number}")).await;
        kept_provider(&store, &team, "prod").await;
    }
}

/// A process that works; killed at the latest when the test is over.
struct Worker(Child);

impl Worker {
    fn in_home(home: &Home) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "killed::works_until_killed"])
            .env(DIR, home.dir())
            .env(ROOT_KEY, home.root_key())
            .stdout(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test]
async fn a_kill_loses_nothing_that_was_done_and_does_nothing_by_half() {
    let home = Home::new();
    let mut worker = Worker::in_home(&home);
    let before = seen_working(&home, &mut worker).await;
    let refusal = home.refusal().await;
    assert!(matches!(refusal, OpenError::InUse { .. }), "{refusal}");
    assert!(
        refusal
            .to_string()
            .contains(&format!("(pid {})", worker.0.id())),
        "{refusal}"
    );
    drop(worker);

    let store = home.open().await;
    let mut expected = 0;
    let mut request = PageRequest::first();
    loop {
        let page = store.workspaces(&ALL, None, &request).await.unwrap();
        for team in &page.items {
            expected += 1;
            for provider in &all_providers(&store, team).await {
                expected += 1;
                store.access_key(provider.id).await.unwrap();
            }
        }
        match page.next {
            Some(next) => request = PageRequest::new(PageRequest::MAX_LIMIT, Some(next)),
            None => break,
        }
    }
    assert!(expected >= before);
    // As many audit events as things: the pages of the log are counted alike.
    let mut events = audited(&store).await.len();
    let mut page = audit_page(&store, &PageRequest::first()).await;
    while let Some(next) = page.next {
        let request = PageRequest::new(PageRequest::MAX_LIMIT, Some(next));
        page = audit_page(&store, &request).await;
        events += page.items.len();
    }
    assert_eq!(events, expected);
    let verified = store.verify_audit(&[]).await.unwrap();
    assert_eq!(verified.fault, None);
    assert_eq!(verified.entries, events as u64);
}

/// Waits until the process has done some work, and says how much was seen.
async fn seen_working(home: &Home, worker: &mut Worker) -> usize {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        assert!(
            worker.0.try_wait().unwrap().is_none(),
            "the process ended by itself"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
        // Looking earlier could keep the process from setting up its database.
        if !home.database().with_extension("db-wal").exists() {
            continue;
        }
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM audit_events");
        let count: i64 = count
            .fetch_one(&mut home.sql().await)
            .await
            .unwrap_or_default();
        if count >= 20 {
            return usize::try_from(count).unwrap();
        }
    }
    panic!("the process did not get to work within {PATIENCE:?}");
}
