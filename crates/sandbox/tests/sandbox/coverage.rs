//! Every action that any release needs is played.

use std::collections::BTreeSet;

use crate::support::World;

/// Not an operation that anybody calls: it is asked for along with others.
const NO_CALL: [&str; 1] = ["iam:PassRole"];

#[tokio::test]
async fn the_sandbox_has_every_action_of_every_release() {
    let world = World::start().await;
    let answer = world.iam(&world.admin, "CreateUniverse", &[]).await;
    let message = answer.refused(400, "InvalidAction");
    let (_, list) = message.split_once("The sandbox has: ").unwrap();
    let has: BTreeSet<&str> = list.trim_end_matches('.').split(", ").collect();
    let mut needed = BTreeSet::new();
    for release in commissary_permissions::releases() {
        let everything: Vec<String> = release
            .features()
            .iter()
            .map(|feature| feature.id().to_owned())
            .collect();
        let selection = release.select(&everything).unwrap();
        let requirements = selection.requirements();
        needed.extend(
            requirements
                .into_iter()
                .map(|requirement| requirement.action),
        );
    }
    assert!(needed.len() > 180, "{}", needed.len());
    let lacking: Vec<&String> = needed
        .iter()
        .filter(|action| !has.contains(action.as_str()) && !NO_CALL.contains(&action.as_str()))
        .collect();
    assert_eq!(lacking, Vec::<&String>::new());
}
