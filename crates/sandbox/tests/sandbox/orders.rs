//! What is told first of a call without right about a thing that is not there.

use commissary_sandbox::{Behaviour, Order};

use crate::support::World;

const DELETE: [(&str, &str); 2] = [("VpcId", "vpc-0123456789abcdef0"), ("DryRun", "true")];

#[tokio::test]
async fn the_right_comes_first_unless_it_is_to_come_last() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .ec2(&anna, "DeleteVpc", &DELETE)
        .await
        .refused(403, "UnauthorizedOperation");
    world
        .ec2(&world.admin, "DeleteVpc", &DELETE)
        .await
        .refused(412, "DryRunOperation");
    let answer = world
        .rest(&anna, "eks", ("GET", "/clusters/x", ""), "")
        .await;
    assert_eq!(answer.outcome().1, "AccessDeniedException");

    world.controls.set_behaviour(Behaviour {
        order: Order::ResourceFirst,
        ..Behaviour::default()
    });
    for caller in [&anna, &world.admin] {
        world
            .ec2(caller, "DeleteVpc", &DELETE)
            .await
            .refused(400, "InvalidVpcID.NotFound");
        let malformed = [("VpcId", "vpc-none"), DELETE[1]];
        world
            .ec2(caller, "DeleteVpc", &malformed)
            .await
            .refused(400, "InvalidVpcId.Malformed");
        let answer = world
            .rest(caller, "eks", ("GET", "/clusters/x", ""), "")
            .await;
        assert_eq!(answer.outcome().1, "ResourceNotFoundException");
    }
    // What names nothing is decided in either order.
    let create = [("CidrBlock", "10.0.0.0/16"), DELETE[1]];
    world
        .ec2(&anna, "CreateVpc", &create)
        .await
        .refused(403, "UnauthorizedOperation");
    world
        .ec2(&world.admin, "CreateVpc", &create)
        .await
        .refused(412, "DryRunOperation");
    world
        .ec2(&anna, "DescribeVpcs", &[])
        .await
        .refused(403, "UnauthorizedOperation");
}
