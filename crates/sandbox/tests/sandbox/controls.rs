//! Slowing down, throttling and counting.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::{Duration, Instant};

use commissary_sandbox::{Behaviour, Throttling};

use crate::support::World;

#[tokio::test]
async fn every_so_many_calls_are_throttled_in_the_words_of_the_service() {
    let world = World::start_as(Behaviour {
        throttling: Throttling {
            every: NonZeroU32::new(1),
            beyond: None,
        },
        ..Behaviour::default()
    })
    .await;
    let admin = &world.admin;
    world
        .iam(admin, "ListUsers", &[])
        .await
        .refused(400, "Throttling");
    world
        .ec2(admin, "DescribeVpcs", &[])
        .await
        .refused(503, "RequestLimitExceeded");
    let target = "ResourceGroupsTaggingAPI_20170126.GetResources";
    let answer = world.json(admin, "tagging", target, "{}").await;
    assert_eq!(answer.outcome(), (400, "ThrottlingException".to_owned()));
    let answer = world.rest(admin, "eks", ("GET", "/clusters", ""), "").await;
    assert_eq!(
        answer.outcome(),
        (429, "TooManyRequestsException".to_owned())
    );
    world
        .rest(admin, "s3", ("GET", "/b", ""), "")
        .await
        .refused(503, "SlowDown");

    world.controls.set_behaviour(Behaviour {
        throttling: Throttling {
            every: NonZeroU32::new(3),
            beyond: None,
        },
        ..Behaviour::default()
    });
    let mut refused = 0;
    for _ in 0..9 {
        refused += u32::from(world.ec2(admin, "DescribeVpcs", &[]).await.status != 200);
    }
    assert_eq!(refused, 3);
}

#[tokio::test]
async fn answers_are_held_back_and_a_crowd_is_throttled() {
    let latency = Duration::from_millis(200);
    let world = World::start_as(Behaviour {
        latency: Some(latency),
        throttling: Throttling {
            every: None,
            beyond: NonZeroUsize::new(2),
        },
        ..Behaviour::default()
    })
    .await;
    let started = Instant::now();
    let call = || world.ec2(&world.admin, "DescribeVpcs", &[]);
    let (a, b, c, d) = tokio::join!(call(), call(), call(), call());
    assert!(started.elapsed() >= latency);
    let mut statuses = [a.status, b.status, c.status, d.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 503, 503]);
    assert_eq!(call().await.status, 200);
}

#[tokio::test]
async fn calls_are_counted_and_remembered_when_asked() {
    let world = World::start().await;
    let before = world.controls.count();
    world.ec2(&world.admin, "DescribeVpcs", &[]).await;
    assert_eq!(world.controls.count(), before + 1);
    assert!(world.controls.calls().is_empty());
    world.controls.set_behaviour(Behaviour {
        record: true,
        ..world.controls.behaviour()
    });
    world.ec2(&world.admin, "DescribeVpcs", &[]).await;
    world
        .iam(&world.admin, "GetUser", &[("UserName", "x")])
        .await;
    world.iam(&world.admin, "GetUniverse", &[]).await;
    let calls: Vec<String> = world
        .controls
        .calls()
        .into_iter()
        .map(|call| {
            format!(
                "{} {} {}",
                call.action,
                call.status,
                call.code.unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        calls,
        [
            "ec2:DescribeVpcs 200 ",
            "iam:GetUser 404 NoSuchEntity",
            "iam 400 InvalidAction"
        ]
    );
    assert!(world.controls.calls().is_empty());
}
