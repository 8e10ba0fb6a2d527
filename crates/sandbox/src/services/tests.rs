//! Properties of every row of the tables.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::account::partition::Partition;
use crate::account::users::{NewUser, User};
use crate::authorize::policies;

/// A value for each parameter, by the end of its name; the first that fits counts.
const VALUES: &[(&str, &str)] = &[
    ("IpamPoolId", "ipam-pool-0123456789abcdef0"),
    ("VpcEndpointId", "vpce-0123456789abcdef0"),
    ("EgressOnlyInternetGatewayId", "eigw-0123456789abcdef0"),
    ("InternetGatewayId", "igw-0123456789abcdef0"),
    ("CarrierGatewayId", "cagw-0123456789abcdef0"),
    ("NatGatewayId", "nat-0123456789abcdef0"),
    ("NetworkInterfaceId", "eni-0123456789abcdef0"),
    ("LaunchTemplateId", "lt-0123456789abcdef0"),
    ("RouteTableId", "rtb-0123456789abcdef0"),
    ("AllocationId", "eipalloc-0123456789abcdef0"),
    ("AssociationId", "rtbassoc-0123456789abcdef0"),
    ("AttachmentId", "eni-attach-0123456789abcdef0"),
    ("DhcpOptionsId", "dopt-0123456789abcdef0"),
    ("SubnetId", "subnet-0123456789abcdef0"),
    ("InstanceId", "i-0123456789abcdef0"),
    ("ResourceId", "vpc-0123456789abcdef0"),
    ("VolumeId", "vol-0123456789abcdef0"),
    ("ImageId", "ami-0123456789abcdef0"),
    ("GroupId", "sg-0123456789abcdef0"),
    ("HostId", "h-0123456789abcdef0"),
    ("VpcId", "vpc-0123456789abcdef0"),
    ("GatewayId", "igw-0123456789abcdef0"),
    ("principalArn", "arn:aws:iam::123456789012:role/x"),
    ("oleArn", "arn:aws:iam::123456789012:role/x"),
    (
        "LoadBalancerArn",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/x/1",
    ),
    (
        "ResourceArns",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/x/1",
    ),
    (
        "TargetGroupArn",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/1",
    ),
    (
        "ListenerArn",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/x/1/2",
    ),
    (
        "resourceArn",
        "arn:aws:eks:us-east-1:123456789012:cluster/x",
    ),
    (
        "OpenIDConnectProviderArn",
        "arn:aws:iam::123456789012:oidc-provider/x",
    ),
    (
        "QueueUrl",
        "https://sqs.us-east-1.amazonaws.com/123456789012/x",
    ),
    ("", "x"),
];

fn value(parameter: &str) -> &'static str {
    let mut values = VALUES.iter();
    let found = values.find(|(end, _)| parameter.ends_with(end));
    found.unwrap().1
}

/// A call that says all it must, about things that do not exist.
fn sample(row: &Row) -> Inputs {
    let mut inputs = Inputs::default();
    let in_path = row
        .call
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap());
    let needed = row
        .needs
        .iter()
        .map(|names| names.split('|').next().unwrap());
    let names: BTreeSet<&str> = needed.chain(in_path).collect();
    for name in names {
        inputs.add(name, value(name));
    }
    inputs
}

fn account(statement: &str) -> Account {
    let random = Random::new(Arc::new(|bytes: &mut [u8]| bytes.fill(1)));
    let mut account = Account::create(Partition::Aws, &random, Timestamp::UNIX_EPOCH);
    account.id = "123456789012".to_owned();
    let anna = User::new(NewUser::named("anna"), &random, Timestamp::UNIX_EPOCH);
    account.users.insert(anna);
    if !statement.is_empty() {
        let document = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        let holder = crate::account::grants::Holder::User;
        account.put_inline(holder, "anna", "p", &document).unwrap();
    }
    account
}

fn asked(
    account: &Account,
    row: &'static Row,
    inputs: &Inputs,
    order: Order,
) -> Result<String, Fault> {
    let caller = Principal::User("anna".to_owned());
    run(&ServiceCall {
        account,
        row,
        inputs,
        caller: &caller,
        policies: &policies::of_caller(account, &caller).unwrap(),
        peer: &Peer {
            region: "us-east-1".to_owned(),
            ..Peer::default()
        },
        now: Timestamp::UNIX_EPOCH,
        random: &Random::new(Arc::new(|bytes: &mut [u8]| bytes.fill(1))),
        order,
        inventory: Inventory { stocked: false },
    })
}

fn code(result: Result<String, Fault>) -> Option<Code> {
    result.err().map(|fault| fault.code)
}

/// The one action decides; that of another row does not.
#[test]
fn each_action_is_refused_without_its_right_and_not_with_it() {
    let nobody = account("");
    for row in all() {
        let inputs = sample(row);
        let action = row.action();
        let refused = asked(&nobody, row, &inputs, Order::RightFirst);
        let fault = refused.unwrap_err();
        assert_eq!(fault.code, Code::AccessDenied, "{action}");
        assert!(fault.message.contains(&action), "{}", fault.message);
        let passing = r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}"#;
        let allowed = account(&format!(
            r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}},{passing}"#
        ));
        let result = asked(&allowed, row, &inputs, Order::RightFirst);
        assert_ne!(code(result), Some(Code::AccessDenied), "{action}");
        let others = account(&format!(
            r#"{{"Effect":"Allow","NotAction":"{action}","Resource":"*"}}"#
        ));
        let result = asked(&others, row, &inputs, Order::RightFirst);
        assert_eq!(code(result), Some(Code::AccessDenied), "{action}");
    }
}

#[test]
fn a_dry_run_tells_the_right_alone_and_only_where_there_is_one() {
    let everything = account(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    for row in all() {
        let mut inputs = sample(row);
        inputs.add("DryRun", "true");
        let result = asked(&everything, row, &inputs, Order::RightFirst);
        let expected = match (row.dry_run, row.service) {
            (true, Service::Ec2) => Code::Own("DryRunOperation", 412),
            (true, _) => Code::Own("DryRunOperationException", 412),
            (false, _) => Code::Own("UnknownParameter", 400),
        };
        assert_eq!(code(result), Some(expected), "{}", row.action());
    }
}

/// What names a thing that must be there decides nothing when the thing is looked up first.
#[test]
fn a_made_up_name_hides_the_right_when_things_come_first() {
    let nobody = account("");
    let everything = account(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let mut hidden = 0;
    for row in all() {
        let inputs = sample(row);
        let refused = code(asked(&nobody, row, &inputs, Order::ResourceFirst));
        let allowed = code(asked(&everything, row, &inputs, Order::ResourceFirst));
        if refused == Some(Code::AccessDenied) {
            assert_ne!(allowed, refused, "{}", row.action());
        } else {
            assert_eq!(allowed, refused, "{}", row.action());
            hidden += 1;
        }
    }
    assert!(hidden > all().count() / 2, "{hidden}");
}

/// An allowed call is answered, or told that there is no such thing or that it cannot be done:
/// nothing is done.
#[test]
fn an_allowed_call_changes_nothing() {
    let everything = account(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    for row in all() {
        let result = asked(&everything, row, &sample(row), Order::RightFirst);
        let answered = result.is_ok();
        assert!(
            !answered || row.answer != row::Answer::Change,
            "{}",
            row.action()
        );
        if let Some(code) = code(result) {
            let (name, status) = code.wire();
            assert!((400..=501).contains(&status), "{}: {name}", row.action());
            assert_ne!(name, "MissingParameter", "{}", row.action());
            assert_ne!(code, Code::ValidationError, "{}", row.action());
        }
    }
}
