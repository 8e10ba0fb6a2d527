//! The page of a provider.

use crate::support::{World, key};

const PAGE: &str = "/workspaces/team-a/infrastructure-providers/prod";

#[tokio::test]
async fn each_verdict_has_its_line() {
    for (key, pieces) in [
        (
            key::READY,
            vec![
                "Ready: clusters can be built with this provider.",
                "AWS allows all 114 permissions",
            ],
        ),
        (
            key::MISSING,
            vec![
                "Not ready: ",
                "Affected: ",
                "may do far more than that, which puts the account at risk",
                "Security Groups",
                "What is missing",
                "Nothing in the identity policies allows it.",
                "<code>boundary-&#60;policy&#62;</code>, in the permissions boundary.",
                "What would mend it",
                "boundary-&#60;policy&#62;",
            ],
        ),
        (
            key::PARTLY,
            vec![
                "Nothing is known to be missing",
                "AWS allows 112 of the 114",
                "What could not be verified",
                "<code>kms:ResourceAliases</code>",
            ],
        ),
        (
            key::SILENT,
            vec![
                "could not be verified",
                "114 permissions",
                "iam:SimulatePrincipalPolicy",
                "gave no evidence",
            ],
        ),
        (key::ROOT, vec!["root user"]),
    ] {
        let world = World::with_provider("prod", key).await;
        world.open(PAGE).await.assert_page(200, &pieces);
    }
}

/// What a person does next: copy the addition, change the boundary, look at what else there is.
#[tokio::test]
async fn what_would_mend_it_and_what_is_wrong_besides_stand_below() {
    let world = World::with_provider("prod", key::MISSING).await;
    let page = world.open(PAGE).await;
    page.assert_page(
        200,
        &[
            "What would mend it",
            "<pre id=\"addition\"",
            "ec2:AuthorizeSecurityGroupIngress",
            "data-copy=\"addition\"",
            "Statement 2 (<code>NoNetworks</code>) of <code>boundary-&#60;policy&#62;</code>",
            "an explicit deny overrides whatever is allowed",
            "What else the account needs",
            "1 of 3 are known to be there",
            "Make it before clusters are built.",
            "AWS denies <code>iam:GetInstanceProfile</code>.",
            "What is too much",
            "1 action beyond the requirements, in 1 service.",
            "It may make keys for &#60;users&#62;.",
            "AWS Identity and Access Management",
        ],
    );
    let document = page
        .body
        .split("<pre id=\"addition\" tabindex=\"0\" role=\"group\" aria-label=\"To copy\">")
        .nth(1)
        .unwrap();
    let document = document.split("</pre>").next().unwrap();
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    let actions = document["Statement"][0]["Action"].as_array().unwrap();
    // The boundary denies this one explicitly, so that an addition would not help.
    assert!(!actions.iter().any(|action| action == "ec2:CreateVpc"));
    assert!(
        actions
            .iter()
            .any(|action| action == "ec2:CreateSecurityGroup")
    );

    let ready = World::with_provider("prod", key::READY).await;
    let page = ready.open(PAGE).await;
    page.assert_page(
        200,
        &["Nothing: the policies allow no more than clusters need."],
    );
    assert!(!page.body.contains("What would mend it"));
    assert!(!page.body.contains("What else the account needs"));
    let silent = World::with_provider("prod", key::SILENT).await;
    let unknown = "Not known, because the policies were not read.";
    silent.open(PAGE).await.assert_page(200, &[unknown]);
}

#[tokio::test]
async fn the_kinds_stand_in_the_pages_order() {
    let world = World::with_provider("prod", key::PARTLY).await;
    let page = world.open(PAGE).await;
    let (_, report) = page.body.split_once("Permissions by resource").unwrap();
    let kinds: Vec<&str> = report
        .split("<h3>")
        .skip(1)
        .filter_map(|piece| piece.split("</h3>").next())
        .collect();
    assert_eq!(
        kinds,
        [
            "EC2 Instances",
            "VPC",
            "Subnets",
            "Elastic Load Balancer (ELB)",
            "Internet Gateway",
            "NAT Gateway",
            "Elastic Block Storage (EBS) Volumes",
            "Security Groups",
            "Route Tables",
            "IAM Roles",
            "EKS",
            "Auto Scaling",
            "Secrets",
            "Encryption",
            "Tags",
        ]
    );
    page.assert_page(
        200,
        &[
            "arn:aws:iam::123456789012:user/Kommander",
            "AIDAEXAMPLEEXAMPLE001",
            key::PARTLY,
            "Kommander 2.2",
            "us-east-1",
            "ec2:RunInstances",
            "How this is known",
        ],
    );
}

#[tokio::test]
async fn checking_now_leads_back_and_tells() {
    let world = World::with_provider("prod", key::READY).await;
    let checked = world.submit(&format!("{PAGE}/check"), &[]).await;
    world
        .follow(&checked)
        .await
        .assert_page(200, &["Checked just now."]);
    let world = World::with_provider("prod", key::NO_CHECK).await;
    let checked = world.submit(&format!("{PAGE}/check"), &[]).await;
    let page = world.follow(&checked).await;
    page.assert_page(200, &["AWS cannot be reached", "Not verified"]);
}

#[tokio::test]
async fn keys_that_aws_refuses_later_are_shown_as_invalid() {
    let world = World::with_workspace().await;
    let mut body = crate::support::provider_body("prod", key::UNKNOWN);
    body["verify"] = serde_json::json!("later");
    assert_eq!(world.add(body).await.status, 201);
    let checked = world.submit(&format!("{PAGE}/check"), &[]).await;
    let page = world.follow(&checked).await;
    page.assert_page(
        200,
        &[
            "AWS refuses these keys",
            "invalid keys",
            "AWS does not know this access key",
        ],
    );
    let read = world
        .get("/api/v1/workspaces/team-a/infrastructure-providers/prod")
        .await
        .json();
    assert_eq!(read["status"], "invalid");
    assert!(
        read["refusal"]
            .as_str()
            .unwrap()
            .starts_with("AWS does not know")
    );
}

#[tokio::test]
async fn deleting_asks_to_type_the_name() {
    let world = World::with_provider("prod", key::READY).await;
    let address = format!("{PAGE}/delete");
    world
        .open(&address)
        .await
        .assert_page(200, &["Delete prod?", "Type its name"]);
    let wrong = world.submit(&address, &[("confirm", "staging")]).await;
    wrong.assert_page(422, &["id=\"confirm-fault\""]);
    let gone = world.submit(&address, &[("confirm", "prod")]).await;
    assert_eq!(
        gone.header("location"),
        "/workspaces/team-a/infrastructure-providers"
    );
    world
        .follow(&gone)
        .await
        .assert_page(200, &["<code>prod</code> is deleted."]);
    world.open(PAGE).await.assert_page(404, &["Not found"]);
}

#[tokio::test]
async fn the_policy_that_is_needed_is_a_click_away() {
    let world = World::with_provider("prod", key::MISSING).await;
    let page = world.open(PAGE).await;
    let link = page
        .body
        .split('"')
        .find(|piece| piece.starts_with("/api/v1/releases/"))
        .unwrap();
    let policy = world.open(&link.replace("&#38;", "&")).await;
    assert_eq!(policy.status, 200, "{link}");
    assert_eq!(policy.json()["Statement"].as_array().unwrap().len(), 17);
}
