//! Database files that are something else, damaged or from the future.

use std::fs;
use std::os::unix::fs::FileExt as _;

use commissary_core::domain::WorkspaceName;
use commissary_core::ports::Store as _;
use commissary_store::OpenError;

use crate::samples::{Home, event, kept_provider, kept_workspace, report, save_report};

#[tokio::test]
async fn a_file_of_something_else_is_refused_and_stays_as_it_is() {
    let home = Home::new();
    fs::create_dir_all(home.dir()).unwrap();
    let text = "this is a diary, not a database\n".repeat(400);
    fs::write(home.database(), &text).unwrap();
    let refusal = home.refusal().await;
    assert!(
        matches!(refusal, OpenError::NotADatabase { .. }),
        "{refusal}"
    );
    assert!(
        refusal
            .to_string()
            .contains(&home.database().display().to_string())
    );
    assert_eq!(fs::read_to_string(home.database()).unwrap(), text);
    assert!(!home.root_key().exists());
}

#[tokio::test]
async fn a_damaged_database_is_refused() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let provider = kept_provider(&store, &team, "prod").await;
    for _ in 0..20 {
        save_report(&store, &provider, &report(), &event("provider.check"))
            .await
            .unwrap();
    }
    store.close().await;
    drop(store);
    let whole = fs::read(home.database()).unwrap();
    let page = 4096;
    assert!(whole.len() > 20 * page);
    // In the schema, in the first tables, in the middle, at the end.
    for damaged in [
        100,
        page,
        5 * page,
        whole.len() / 2 / page * page,
        whole.len() - page,
    ] {
        let file = fs::File::options()
            .write(true)
            .open(home.database())
            .unwrap();
        file.write_all_at(&[0xa5; 2000], damaged as u64).unwrap();
        drop(file);
        let refusal = home.refusal().await;
        assert!(
            matches!(refusal, OpenError::Corrupt { .. }),
            "at {damaged}: {refusal}"
        );
        fs::write(home.database(), &whole).unwrap();
    }
    fs::write(home.database(), &whole[..whole.len() / 2]).unwrap();
    let refusal = home.refusal().await;
    assert!(matches!(refusal, OpenError::Corrupt { .. }), "{refusal}");
    fs::write(home.database(), &whole).unwrap();
    home.open().await;
}

#[tokio::test]
async fn a_newer_database_is_refused_and_works_on_with_its_own_version() {
    let home = Home::new();
    kept_workspace(&home.open().await, "team-a").await;
    home.execute(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', TRUE, X'00', 1)",
    )
    .await;
    let refusal = home.refusal().await;
    assert!(
        matches!(refusal, OpenError::NewerDatabase { .. }),
        "{refusal}"
    );
    assert!(refusal.to_string().contains("newer version; upgrade"));
    home.execute("DELETE FROM _sqlx_migrations WHERE version = 9999")
        .await;
    let name = WorkspaceName::parse("team-a").unwrap();
    assert!(home.open().await.workspace(&name).await.unwrap().is_some());
}

#[tokio::test]
async fn a_database_of_another_build_is_refused() {
    let home = Home::new();
    home.open().await.close().await;
    home.execute("UPDATE _sqlx_migrations SET checksum = X'00' WHERE version = 1")
        .await;
    let refusal = home.refusal().await;
    assert!(
        matches!(refusal, OpenError::OtherDatabase { step: 1, .. }),
        "{refusal}"
    );
}

#[tokio::test]
async fn an_empty_file_left_by_a_kill_becomes_the_database() {
    let home = Home::new();
    fs::create_dir_all(home.dir()).unwrap();
    fs::write(home.database(), "").unwrap();
    home.open().await.ready().await.unwrap();
}
