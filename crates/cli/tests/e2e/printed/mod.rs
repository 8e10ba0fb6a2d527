//! What is printed for other tools, run by these tools against moto.

mod state;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use commissary_permissions::{Blueprint, Export, Form, PolicyOptions, Selection, Tag, release};
use serde_json::Value;

use self::state::{Lacks, account, assert_made};
use crate::support::{AwsCli, Moto, Server};

const USER: &str = "-K+o=m.m@a_nder-";

fn select(id: &str, features: &[&str]) -> Selection<'static> {
    let features: Vec<String> = features.iter().map(ToString::to_string).collect();
    release(id).unwrap().select(&features).unwrap()
}

/// In names that IAM takes and a shell may not.
fn blueprint(partition: &str, selection: &Selection<'_>) -> Blueprint {
    let options = PolicyOptions {
        form: Form::Fixed,
        narrowing: None,
    };
    let parts = selection.policies(&options).parts;
    let mut blueprint =
        Blueprint::of_user(partition, USER, "-p+o=l.i@c,y_", &parts).with_node_roles(selection);
    blueprint.path = "/it's/\"a\"/$(b)/`c`/".to_owned();
    blueprint.self_check = true;
    blueprint.tags.push(Tag {
        key: "team = a".to_owned(),
        value: "Plattform für: alle + @x".to_owned(),
    });
    assert_eq!(blueprint.check(), Ok(()));
    blueprint
}

const ANYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

const SCRIPT: Lacks = Lacks {
    tags: false,
    aws_policies: false,
    key: false,
};

fn written(aws: &AwsCli, export: Export, blueprint: &Blueprint) -> std::path::PathBuf {
    let file = aws.folder.path().join("printed");
    fs::write(&file, export.write(blueprint)).unwrap();
    file
}

#[test]
fn the_script_makes_all_once_and_its_key_is_for_its_owner_only() {
    let moto = Moto::with_aws_policies();
    let aws = AwsCli::new(&moto.endpoint, "us-east-1");
    let blueprint = blueprint("aws", &select("kommander-2.2", &["eks"]));
    let file = written(&aws, Export::AwsCli, &blueprint);
    let made = aws.script(&file, &["key.json"]);
    assert!(
        made.err.contains("access key: made, in key.json"),
        "{}",
        made.err
    );
    assert_eq!(made.with_code(0), "");
    assert_made(&aws, &blueprint, SCRIPT);

    let key = aws.folder.path().join("key.json");
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = fs::read_to_string(&key).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    let before = account(&aws);
    assert_eq!(read["AccessKeyId"], before["Keys"][0][0]["AccessKeyId"]);
    let secret = read["SecretAccessKey"].as_str().unwrap();
    assert_eq!(secret.len(), 40);

    let again = aws.script(&file, &["other.json"]);
    assert!(again.err.contains("has one already"), "{}", again.err);
    assert!(!again.err.contains(": made"), "{}", again.err);
    again.with_code(0);
    assert_eq!(account(&aws), before);
    assert!(!aws.folder.path().join("other.json").exists());
}

/// moto keeps no boundary of a user; that of roles it does.
#[test]
fn the_script_works_in_another_partition_and_with_a_boundary() {
    let moto = Moto::with_aws_policies();
    let aws = AwsCli::new(&moto.endpoint, "cn-north-1");
    let mut blueprint = blueprint("aws-cn", &select("capa-2.11", &["ec2", "machine-pools"]));
    blueprint.permissions_boundary = Some("arn:aws-cn:iam::123456789012:policy/limit".to_owned());
    let file = written(&aws, Export::AwsCli, &blueprint);
    aws.script(&file, &[]).with_code(0);
    assert_made(&aws, &blueprint, SCRIPT);
    assert!(
        aws.folder
            .path()
            .join(format!("{USER}.access-key.json"))
            .exists()
    );
}

/// The sandbox keeps the boundary of a user, and asks whether its policy is there.
#[test]
fn the_script_knows_the_boundary_of_a_user_again() {
    let server = Server::with_sandbox();
    let aws = AwsCli::beside(&server);
    let caller = aws.json(&["sts", "get-caller-identity"]);
    let account = caller["Account"].as_str().unwrap();
    let mut blueprint = blueprint("aws", &select("capa-2.11", &["ec2"]));
    blueprint.roles.clear();
    blueprint.role_policies.clear();
    for limit in ["limit", "other"] {
        let name = format!("--policy-name={limit}");
        let document = format!("--policy-document={ANYTHING}");
        aws.json(&["iam", "create-policy", &name, &document]);
        let boundary = format!("arn:aws:iam::{account}:policy/{limit}");
        blueprint.permissions_boundary = Some(boundary);
        let file = written(&aws, Export::AwsCli, &blueprint);
        if limit == "limit" {
            aws.script(&file, &["key.json"]).with_code(0);
            let again = aws.script(&file, &["key.json"]);
            assert!(!again.err.contains(": made"), "{}", again.err);
            again.with_code(0);
        } else {
            let stopped = aws.script(&file, &["key.json"]);
            assert!(stopped.err.contains("boundary"), "{}", stopped.err);
            stopped.with_code(1);
        }
    }
    let user = aws.json(&["iam", "get-user", &format!("--user-name={USER}")]);
    let boundary = &user["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"];
    assert_eq!(*boundary, format!("arn:aws:iam::{account}:policy/limit"));
}

#[test]
fn the_script_stops_before_what_says_something_else() {
    let moto = Moto::with_aws_policies();
    let aws = AwsCli::new(&moto.endpoint, "us-east-1");
    let blueprint = blueprint("aws", &select("capa-2.11", &["ec2"]));
    let name = format!("--policy-name={}", blueprint.policies[0].name);
    let other =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;
    aws.json(&["iam", "create-policy", &name, "--policy-document", other]);
    let before = account(&aws);
    let file = written(&aws, Export::AwsCli, &blueprint);
    let stopped = aws.script(&file, &[]);
    assert!(
        stopped.err.contains("with another document"),
        "{}",
        stopped.err
    );
    stopped.with_code(1);
    assert_eq!(account(&aws), before);

    let elsewhere = AwsCli::new(&moto.endpoint, "us-gov-west-1");
    let stopped = elsewhere.script(&file, &[]);
    assert!(
        stopped.err.contains("for the partition aws"),
        "{}",
        stopped.err
    );
    stopped.with_code(1);
}

/// moto leaves out what `Lacks` says, and the tags and boundary of the user; the crate's own tests
/// read them in the template.
#[test]
fn the_template_makes_all_but_the_key() {
    let moto = Moto::with_aws_policies();
    let aws = AwsCli::new(&moto.endpoint, "us-east-1");
    let mut blueprint = blueprint("aws", &select("capa-2.11", &[]));
    blueprint.permissions_boundary = Some("arn:aws:iam::123456789012:policy/limit".to_owned());
    let file = written(&aws, Export::CloudFormation, &blueprint);
    let body = format!("--template-body=file://{}", file.display());
    let stack = ["cloudformation", "create-stack", "--stack-name=commissary"];
    let rights = "--capabilities=CAPABILITY_NAMED_IAM";
    aws.json(&[&stack[..], &[rights, &body]].concat());
    let lacks = Lacks {
        tags: true,
        aws_policies: true,
        key: true,
    };
    assert_made(&aws, &blueprint, lacks);
    let described = aws.json(&["cloudformation", "describe-stacks"]);
    assert_eq!(described["Stacks"][0]["StackStatus"], "CREATE_COMPLETE");
    let outputs = described["Stacks"][0]["Outputs"].as_array().unwrap();
    let arn = outputs
        .iter()
        .find(|output| output["OutputKey"] == "UserArn");
    assert_eq!(
        arn.unwrap()["OutputValue"],
        blueprint.user_arn(state::ACCOUNT)
    );
}
