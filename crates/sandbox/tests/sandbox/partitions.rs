//! Other partitions.

use commissary_sandbox::{Partition, Sandbox, SandboxError, SandboxOptions};

use crate::support::{Answer, World, clock_at_noon, form, random, send};

async fn world(partition: Partition) -> World {
    let options = SandboxOptions {
        partition: Some(partition),
        ..SandboxOptions::default()
    };
    World::start_with(tempfile::tempdir().unwrap(), options).await
}

#[tokio::test]
async fn arns_are_of_the_partition() {
    for (partition, region) in [
        (Partition::China, "cn-north-1"),
        (Partition::GovCloud, "us-gov-west-1"),
    ] {
        let world = world(partition).await;
        let name = partition.name();
        let identity = world.identity(&world.admin).await;
        let arn = format!("arn:{name}:iam::{}:user/sandbox-admin", world.account);
        assert_eq!(identity.text("Arn"), arn);
        let worker = format!("arn:{name}:iam::aws:policy/AmazonEKSWorkerNodePolicy");
        world.admin("GetPolicy", &[("PolicyArn", &worker)]).await;
        let commercial = worker.replace(name, "aws");
        let answer = world
            .iam(&world.admin, "GetPolicy", &[("PolicyArn", &commercial)])
            .await;
        answer.refused(404, "NoSuchEntity");
        let anna = world.user("anna").await;
        let dry = [("CidrBlock", "10.0.0.0/16"), ("DryRun", "true")];
        let message = world
            .ec2(&anna, "CreateVpc", &dry)
            .await
            .refused(403, "UnauthorizedOperation");
        assert!(message.contains(&format!("on resource: arn:{name}:ec2:{region}:")));
        world
            .grant(
                "anna",
                &format!(r#"{{"Effect":"Allow","Action":"ec2:CreateVpc","Resource":"arn:{name}:ec2:*:*:vpc/*"}}"#),
            )
            .await;
        world
            .ec2(&anna, "CreateVpc", &dry)
            .await
            .refused(412, "DryRunOperation");
    }
}

#[tokio::test]
async fn a_key_is_unknown_in_the_regions_of_another_partition() {
    let world = World::start().await;
    let body = form("GetCallerIdentity", "2011-06-15", &[]);
    for (region, known) in [
        ("eu-central-1", true),
        ("cn-north-1", false),
        ("us-gov-west-1", false),
    ] {
        let mut signing = world.signing(&world.admin, "sts");
        signing.region = region;
        let answer = Answer::read(&send(&world.address, &signing.post(&body), &body).await);
        if known {
            assert_eq!(answer.status, 200);
        } else {
            answer.refused(403, "InvalidClientTokenId");
        }
    }
}

#[test]
fn an_account_stays_in_its_partition() {
    let folder = tempfile::tempdir().unwrap();
    let open = |partition| {
        let options = SandboxOptions {
            partition,
            ..SandboxOptions::default()
        };
        Sandbox::open_with(folder.path(), clock_at_noon(), random(), options)
    };
    drop(open(Some(Partition::China)).unwrap());
    assert_eq!(open(None).unwrap().partition(), Partition::China);
    let error = open(Some(Partition::Aws)).unwrap_err();
    assert!(matches!(error, SandboxError::Partition { .. }), "{error}");
}
