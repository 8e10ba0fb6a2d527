//! The console where it is developed: its page of components, and the table of its pages that the
//! browser tests go through.

use std::collections::BTreeSet;

use axum::http::Method;
use commissary_server::{Area, routes};
use serde_json::Value;

use crate::support::World;

/// What is opened and is no page: files, and what only leads on.
const NO_PAGES: [&str; 4] = [
    "/assets/{file}",
    "/sign-in/oidc",
    "/sign-in/oidc/callback",
    "/workspaces/{workspace}",
];

#[test]
fn every_page_is_looked_at_in_a_browser() {
    let table = include_str!("../../../../tests/browser/pages.json");
    let rows: Vec<Value> = serde_json::from_str(table).unwrap();
    let looked_at: BTreeSet<&str> = rows
        .iter()
        .map(|row| row["route"].as_str().unwrap())
        .collect();
    let pages: BTreeSet<&str> = routes()
        .iter()
        .filter(|route| route.area == Area::Console && route.method == Method::GET)
        .map(|route| route.path)
        .filter(|path| !NO_PAGES.contains(path))
        .collect();
    let missing: Vec<_> = pages.difference(&looked_at).collect();
    assert!(
        missing.is_empty(),
        "add a row to tests/browser/pages.json for: {missing:#?}"
    );
    if cfg!(debug_assertions) {
        assert_eq!(looked_at.len(), pages.len(), "a row is of no page");
    }
}

/// `cargo xtask test` runs this without debug assertions as well, as a release is built.
#[tokio::test]
async fn the_components_are_shown_in_development_builds_only() {
    let world = World::with_workspace().await;
    let page = world.open("/components").await;
    if cfg!(debug_assertions) {
        page.assert_page(200, &["Components", "conditional", "Choose another name"]);
    } else {
        page.assert_page(404, &["Not found"]);
    }
}
