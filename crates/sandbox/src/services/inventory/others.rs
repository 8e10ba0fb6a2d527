//! What the other services have.

use super::Item;
use crate::wire::service::Service;

pub(super) const ITEMS: &[Item] = &[
    Item::new(Service::Elb, "loadbalancer", "loadbalancer/sandbox-apiserver")
        .listed(
            "<LoadBalancerName>sandbox-apiserver</LoadBalancerName>\
             <VPCId>vpc-0c0ffee0c0ffee001</VPCId><Scheme>internet-facing</Scheme>",
        )
        .answers(&[(
            "DescribeLoadBalancerAttributes",
            "<LoadBalancerAttributes><CrossZoneLoadBalancing><Enabled>true</Enabled>\
             </CrossZoneLoadBalancing></LoadBalancerAttributes>",
        )]),
    Item::new(
        Service::ElbV2,
        "loadbalancer/net",
        "loadbalancer/net/sandbox-nlb/0c0ffee0c0ffee01",
    )
    .aliases(&["loadbalancer/net/sandbox-nlb"])
    .listed(
        "<LoadBalancerArn>arn:{Partition}:elasticloadbalancing:{Region}:{Account}:loadbalancer/net/sandbox-nlb/0c0ffee0c0ffee01</LoadBalancerArn>\
         <LoadBalancerName>sandbox-nlb</LoadBalancerName><Type>network</Type>\
         <VpcId>vpc-0c0ffee0c0ffee001</VpcId>",
    )
    .answers(&[("DescribeLoadBalancerAttributes", "<Attributes/>")]),
    Item::new(
        Service::ElbV2,
        "listener",
        "listener/net/sandbox-nlb/0c0ffee0c0ffee01/0c0ffee0c0ffee02",
    )
    .listed(
        "<ListenerArn>arn:{Partition}:elasticloadbalancing:{Region}:{Account}:listener/net/sandbox-nlb/0c0ffee0c0ffee01/0c0ffee0c0ffee02</ListenerArn>\
         <Port>6443</Port><Protocol>TCP</Protocol>",
    ),
    Item::new(Service::ElbV2, "targetgroup", "targetgroup/sandbox-nlb/0c0ffee0c0ffee03")
        .aliases(&["targetgroup/sandbox-nlb"])
        .listed(
            "<TargetGroupArn>arn:{Partition}:elasticloadbalancing:{Region}:{Account}:targetgroup/sandbox-nlb/0c0ffee0c0ffee03</TargetGroupArn>\
             <TargetGroupName>sandbox-nlb</TargetGroupName><Protocol>TCP</Protocol>",
        ),
    Item::new(
        Service::AutoScaling,
        "autoScalingGroup",
        "autoScalingGroup:0c0ffee0-0000-4000-8000-000000000001:autoScalingGroupName/sandbox-pool",
    )
    .aliases(&["autoScalingGroup:*:autoScalingGroupName/sandbox-pool"])
    .listed(
        "<AutoScalingGroupName>sandbox-pool</AutoScalingGroupName>\
         <AutoScalingGroupARN>arn:{Partition}:autoscaling:{Region}:{Account}:autoScalingGroup:0c0ffee0-0000-4000-8000-000000000001:autoScalingGroupName/sandbox-pool</AutoScalingGroupARN>\
         <MinSize>1</MinSize><MaxSize>3</MaxSize><DesiredCapacity>1</DesiredCapacity>",
    ),
    Item::new(Service::Eks, "cluster", "cluster/sandbox")
        .listed("\"sandbox\"")
        .answers(&[(
            "DescribeCluster",
            "\"cluster\":{\"name\":\"sandbox\",\
             \"arn\":\"arn:{Partition}:eks:{Region}:{Account}:cluster/sandbox\",\
             \"status\":\"ACTIVE\",\"version\":\"1.31\"}",
        )]),
    Item::new(Service::SecretsManager, "secret", "secret:aws.cluster.x-k8s.io/sandbox-C0FFee")
        .aliases(&["secret:aws.cluster.x-k8s.io/sandbox"]),
    Item::new(Service::Ssm, "parameter", "parameter/cluster.x-k8s.io/sandbox").answers(&[(
        "GetParameter",
        "\"Parameter\":{\"Name\":\"/cluster.x-k8s.io/sandbox\",\"Type\":\"String\",\
         \"Value\":\"sandbox\",\"Version\":1}",
    )]),
    Item::new(Service::Kms, "key", "key/0c0ffee0-0000-4000-8000-000000000002")
        .aliases(&["key/alias/cluster-api-provider-aws-sandbox", "alias/cluster-api-provider-aws-sandbox"])
        .keys(&[("kms:ResourceAliases", &["alias/cluster-api-provider-aws-sandbox"])])
        .answers(&[(
            "DescribeKey",
            "\"KeyMetadata\":{\"KeyId\":\"0c0ffee0-0000-4000-8000-000000000002\",\
             \"Arn\":\"arn:{Partition}:kms:{Region}:{Account}:key/0c0ffee0-0000-4000-8000-000000000002\",\
             \"AWSAccountId\":\"{Account}\",\"Enabled\":true,\"KeyState\":\"Enabled\"}",
        )]),
    Item::new(Service::Events, "rule", "rule/sandbox-ec2-rule").answers(&[(
        "DescribeRule",
        "\"Name\":\"sandbox-ec2-rule\",\"State\":\"ENABLED\",\
         \"Arn\":\"arn:{Partition}:events:{Region}:{Account}:rule/sandbox-ec2-rule\"",
    )]),
    Item::new(Service::Sqs, "queue", "sandbox-queue").answers(&[
        (
            "GetQueueAttributes",
            "\"Attributes\":{\"QueueArn\":\"arn:{Partition}:sqs:{Region}:{Account}:sandbox-queue\"}",
        ),
        (
            "GetQueueUrl",
            "\"QueueUrl\":\"https://sqs.{Region}.amazonaws.com/{Account}/sandbox-queue\"",
        ),
    ]),
    Item::new(Service::S3, "bucket", "cluster-api-provider-aws-sandbox").untagged(),
    Item::new(Service::S3, "object", "cluster-api-provider-aws-sandbox/node/sandbox")
        .untagged()
        .answers(&[("GetObject", "")]),
];
