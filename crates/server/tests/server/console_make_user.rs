//! The form that makes a user: one release's features at a time.

use crate::support::{Answer, World};

const MAKE: &str = "/workspaces/team-a/make-a-user";
const PRINTED: &str = "/workspaces/team-a/make-a-user/with-another-tool";

/// The releases whose features a page offers.
fn offered(page: &Answer) -> Vec<&str> {
    let parts = page.body.split("<fieldset data-release=\"").skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

#[tokio::test]
async fn a_page_offers_what_one_release_has() {
    let world = World::with_workspace().await;
    for path in [MAKE, PRINTED] {
        let page = world.open(path).await;
        page.assert_page(200, &["What clusters need"]);
        assert_eq!(offered(&page), ["kommander-2.2"]);
    }
    let other = world.open(&format!("{MAKE}?release=capa-2.11")).await;
    other.assert_page(200, &["What clusters need"]);
    assert_eq!(offered(&other), ["capa-2.11"]);
}

#[tokio::test]
async fn another_release_is_looked_over_before_a_user_is_made_for_it() {
    let world = World::with_workspace().await;
    let typed = [
        ("administrator.accessKeyId", "AKIAIOSFODNN7EXAMPLE"),
        ("administrator.secretAccessKey", "secret"),
        ("userName", "machines"),
        ("policyName", "machines"),
        ("region", "us-east-1"),
        ("release", "capa-2.11"),
        ("of", "kommander-2.2"),
        ("features.kommander-2.2", "ec2"),
        ("do", "plan"),
    ];
    let refused = world.submit(MAKE, &typed).await;
    refused.assert_page(422, &["This release has others", "value=\"machines\""]);
    assert_eq!(offered(&refused), ["capa-2.11"]);
    let mut nothing = typed;
    nothing[6] = ("of", "capa-2.11");
    let refused = world.submit(MAKE, &nothing).await;
    refused.assert_page(422, &["Choose at least one thing that clusters need"]);

    let asked = "?userName=machines&policyName=machines&region=us-east-1&release=capa-2.11";
    let printed = world
        .open(&format!("{PRINTED}{asked}&of=kommander-2.2"))
        .await;
    printed.assert_page(200, &["aws_iam_user"]);
    assert_eq!(offered(&printed), ["capa-2.11"]);
    let nothing = world.open(&format!("{PRINTED}{asked}&of=capa-2.11")).await;
    nothing.assert_page(422, &["Choose at least one thing that clusters need"]);
}
