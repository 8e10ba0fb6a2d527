//! The page of the components: there where the console is developed, and nowhere else.

use crate::support::World;

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
