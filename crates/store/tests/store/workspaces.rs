//! Workspaces.

use std::collections::BTreeMap;

use commissary_core::domain::{Page, PageRequest, Workspace, WorkspaceName};
use commissary_core::people::{Reach, Role};
use commissary_core::ports::{Store as _, StoreError};

use crate::samples::{ALL, Home, after, audited, event, kept_provider, kept_workspace, workspace};

#[tokio::test]
async fn a_workspace_comes_back_as_it_went_in() {
    let home = Home::new();
    let store = home.open().await;
    let kept = kept_workspace(&store, "team-a").await;
    assert_eq!(store.workspace(&kept.name).await.unwrap(), Some(kept));
    let other = WorkspaceName::parse("team-b").unwrap();
    assert_eq!(store.workspace(&other).await.unwrap(), None);
}

#[tokio::test]
async fn a_name_is_taken_once() {
    let home = Home::new();
    let store = home.open().await;
    let kept = kept_workspace(&store, "team-a").await;
    let again = store
        .insert_workspace(&workspace("team-a"), &event("again"))
        .await;
    assert!(matches!(again, Err(StoreError::NameTaken)));
    let page = store
        .workspaces(&ALL, None, &PageRequest::first())
        .await
        .unwrap();
    assert_eq!(page.items, [kept]);
    assert_eq!(audited(&store).await, ["workspace.create"]);
}

#[tokio::test]
async fn only_an_empty_workspace_can_be_deleted() {
    let home = Home::new();
    let store = home.open().await;
    let kept = kept_workspace(&store, "team-a").await;
    let provider = kept_provider(&store, &kept, "prod").await;
    let refused = store
        .delete_workspace(kept.id, &event("workspace.delete"))
        .await;
    assert!(matches!(refused, Err(StoreError::NotEmpty)));
    assert!(store.workspace(&kept.name).await.unwrap().is_some());

    store
        .delete_provider(provider.id, &event("provider.delete"))
        .await
        .unwrap();
    store
        .delete_workspace(kept.id, &event("workspace.delete"))
        .await
        .unwrap();
    assert_eq!(store.workspace(&kept.name).await.unwrap(), None);
    let again = store
        .delete_workspace(kept.id, &event("workspace.delete"))
        .await;
    assert!(matches!(again, Err(StoreError::Gone)));
    let actions = [
        "workspace.delete",
        "provider.delete",
        "provider.add",
        "workspace.create",
    ];
    assert_eq!(audited(&store).await, actions);
}

#[tokio::test]
async fn pages_follow_each_other_by_name_while_the_list_changes() {
    let home = Home::new();
    let store = home.open().await;
    for name in ["d", "b", "f", "a", "c"] {
        kept_workspace(&store, name).await;
    }
    let names = async |request| {
        let page = store.workspaces(&ALL, None, &request).await.unwrap();
        let names: Vec<_> = page.items.iter().map(|w| w.name.to_string()).collect();
        (names.join(""), page.next)
    };
    let (first, next) = names(after(2, None)).await;
    assert_eq!((first.as_str(), next.as_deref()), ("ab", Some("b")));
    // Behind the cursor, at the cursor and before it.
    kept_workspace(&store, "a1").await;
    kept_workspace(&store, "e").await;
    let at_cursor = store
        .workspace(&WorkspaceName::parse("b").unwrap())
        .await
        .unwrap()
        .unwrap();
    store
        .delete_workspace(at_cursor.id, &event("workspace.delete"))
        .await
        .unwrap();
    let (second, next) = names(after(2, next)).await;
    assert_eq!((second.as_str(), next.as_deref()), ("cd", Some("d")));
    // Exactly as many as fit: that was the last page.
    let (third, next) = names(after(2, next)).await;
    assert_eq!((third.as_str(), next), ("ef", None));
    let (beyond, next) = names(after(2, Some("f".to_owned()))).await;
    assert_eq!((beyond.as_str(), next), ("", None));
}

#[tokio::test]
async fn pages_are_cut_from_what_can_be_seen() {
    let home = Home::new();
    let store = home.open().await;
    let mut seen = BTreeMap::new();
    for name in ["a", "b", "c", "d", "e"] {
        let kept = kept_workspace(&store, name).await;
        if ["b", "d", "e"].contains(&name) {
            seen.insert(kept.id, Role::Viewer);
        }
    }
    let reach = Reach::Only(seen);
    let first = store
        .workspaces(&reach, None, &after(2, None))
        .await
        .unwrap();
    let names = |page: &Page<Workspace>| -> Vec<String> {
        page.items.iter().map(|w| w.name.to_string()).collect()
    };
    assert_eq!(
        (names(&first), first.next.as_deref()),
        (vec!["b".to_owned(), "d".to_owned()], Some("d"))
    );
    let second = store
        .workspaces(&reach, None, &after(2, first.next))
        .await
        .unwrap();
    assert_eq!((names(&second), second.next), (vec!["e".to_owned()], None));
    let nothing = Reach::Only(BTreeMap::new());
    let none = store
        .workspaces(&nothing, None, &after(2, None))
        .await
        .unwrap();
    assert_eq!((none.items, none.next), (Vec::new(), None));
}

#[tokio::test]
async fn a_part_of_a_name_finds_what_has_it_whatever_is_in_it() {
    let home = Home::new();
    let store = home.open().await;
    for name in ["a-team", "b-team", "shop", "team-c", "teams"] {
        kept_workspace(&store, name).await;
    }
    let found = async |search, next| {
        let request = after(2, next);
        let page = store
            .workspaces(&ALL, Some(search), &request)
            .await
            .unwrap();
        let names: Vec<_> = page.items.iter().map(|w| w.name.to_string()).collect();
        (names.join(" "), page.next)
    };
    let (first, next) = found("-Team", None).await;
    assert_eq!((first.as_str(), next), ("a-team b-team", None));
    let (first, next) = found("team", None).await;
    assert_eq!(first, "a-team b-team");
    let (rest, next) = found("team", next).await;
    assert_eq!((rest.as_str(), next), ("team-c teams", None));
    for nothing in ["%", "_", r"\", "shops"] {
        assert_eq!(found(nothing, None).await.0, "", "{nothing}");
    }
}
