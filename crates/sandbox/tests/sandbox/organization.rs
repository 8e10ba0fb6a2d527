//! Service control policies.

use commissary_sandbox::SandboxError;

use crate::support::{World, document};

const EVERYTHING: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;

fn levels(statements: &[&[&str]]) -> Vec<Vec<String>> {
    let level = |policies: &&[&str]| policies.iter().map(|text| document(text)).collect();
    statements.iter().map(level).collect()
}

#[tokio::test]
async fn every_level_has_to_allow_and_the_refusal_says_so() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world.grant("anna", EVERYTHING).await;
    let region = r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-central-1"}}}"#;
    for (given, sentence) in [
        (
            levels(&[
                &[EVERYTHING],
                &[r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#],
            ]),
            "because no service control policy allows the ec2:DescribeVpcs action",
        ),
        (
            levels(&[&[EVERYTHING, region]]),
            "with an explicit deny in a service control policy",
        ),
    ] {
        world.controls.set_service_control_policies(&given).unwrap();
        for caller in [&anna, &world.admin, &world.root] {
            let answer = world.ec2(caller, "DescribeVpcs", &[]).await;
            let message = answer.refused(403, "UnauthorizedOperation");
            assert!(message.contains(sentence), "{message}");
        }
    }
    let message = world
        .iam(&anna, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
    assert!(message.ends_with("with an explicit deny in a service control policy"));
    world.controls.set_service_control_policies(&[]).unwrap();
    assert_eq!(world.ec2(&anna, "DescribeVpcs", &[]).await.status, 200);
}

#[tokio::test]
async fn they_stay_with_the_account() {
    let world = World::start().await;
    let given = levels(&[&[r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#]]);
    world.controls.set_service_control_policies(&given).unwrap();
    let world = world.restart().await;
    world
        .ec2(&world.admin, "DescribeVpcs", &[])
        .await
        .refused(403, "UnauthorizedOperation");
}

#[tokio::test]
async fn one_that_is_no_policy_is_refused_with_its_place() {
    let world = World::start().await;
    let given = vec![vec![document(EVERYTHING)], vec!["{}".to_owned()]];
    let error = world
        .controls
        .set_service_control_policies(&given)
        .unwrap_err();
    assert!(matches!(
        error,
        SandboxError::ServiceControlPolicy {
            level: 2,
            place: 1,
            ..
        }
    ));
    assert_eq!(
        world.ec2(&world.admin, "DescribeVpcs", &[]).await.status,
        200
    );
}

#[tokio::test]
async fn simulation_tells_what_the_organisation_says() {
    let world = World::start().await;
    world.user("anna").await;
    world.grant("anna", EVERYTHING).await;
    let arn = format!("arn:aws:iam::{}:user/anna", world.account);
    let simulate = [
        ("PolicySourceArn", arn.as_str()),
        ("ActionNames.member.1", "ec2:DescribeVpcs"),
        ("ActionNames.member.2", "iam:GetUser"),
    ];
    let answer = world.admin("SimulatePrincipalPolicy", &simulate).await;
    assert!(answer.texts("AllowedByOrganizations").is_empty());
    let given = levels(&[
        &[EVERYTHING],
        &[r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#],
    ]);
    world.controls.set_service_control_policies(&given).unwrap();
    let answer = world.admin("SimulatePrincipalPolicy", &simulate).await;
    assert_eq!(answer.texts("AllowedByOrganizations"), ["false", "true"]);
    assert_eq!(answer.texts("EvalDecision"), ["implicitDeny", "allowed"]);
}
