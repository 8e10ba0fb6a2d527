//! What the tools take is what is to be made.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod cloud_formation;
mod script;
mod terraform;

use commissary_permissions::{
    Blueprint, Export, Form, Part, PolicyOptions, Selection, Tag, release, releases,
};
use serde_json::Value;

const ACCOUNT: &str = "123456789012";

fn parts(selection: &Selection<'_>) -> Vec<Part> {
    let options = PolicyOptions {
        form: Form::Fixed,
        narrowing: None,
    };
    selection.policies(&options).parts
}

/// The policies of a release, which are two.
fn two() -> Vec<Part> {
    let parts = parts(&release("capa-2.11").unwrap().with_default_features());
    assert_eq!(parts.len(), 2);
    parts
}

fn documents(parts: &[Part]) -> Vec<Value> {
    let documents = parts.iter().map(|part| part.policy.as_json().clone());
    documents.collect()
}

/// Every release, in turn in each partition, with few features and with all; every other one with
/// names that are legal and odd.
fn blueprints() -> Vec<Blueprint> {
    let partitions = ["aws", "aws-cn", "aws-us-gov"].into_iter().cycle();
    let mut blueprints = Vec::new();
    for (index, (release, partition)) in releases().iter().zip(partitions).enumerate() {
        for selection in [
            release.select(&["ec2".to_owned()]).unwrap(),
            release.with_all_features(),
        ] {
            let mut blueprint = Blueprint::of_user(
                partition,
                "Kommander",
                "kommander-policy",
                &parts(&selection),
            );
            if index % 2 == 0 {
                blueprint = odd(partition, &selection);
            }
            assert_eq!(blueprint.check(), Ok(()));
            blueprints.push(blueprint);
        }
    }
    blueprints
}

/// Everything that can be chosen, in names that IAM takes and a shell, a template or HCL may not.
fn odd(partition: &str, selection: &Selection<'_>) -> Blueprint {
    let parts = parts(selection);
    let mut blueprint = Blueprint::of_user(partition, "-K+o=m.m@a_nder-", "-p+o=l,i.c@y_", &parts)
        .with_node_roles(selection);
    blueprint.path =
        "/it's/\"a\"/$$%{b}/${c}/%%{d}/$${e}$$$${f}$$/\\u0024{f}\\\\*?/`x`$(y)/".to_owned();
    let boundary = format!("arn:{partition}:iam::{ACCOUNT}:policy/it's/${{a}}/limit");
    blueprint.permissions_boundary = Some(boundary);
    blueprint.self_check = true;
    blueprint.tags.push(Tag {
        key: "team = a".to_owned(),
        value: "Plattform für: alle + @x".to_owned(),
    });
    blueprint
}

fn self_check(blueprint: &Blueprint) -> Value {
    Blueprint::self_check_document(&blueprint.user_arn(ACCOUNT))
}

#[test]
fn no_tool_is_given_a_key_to_keep() {
    for blueprint in blueprints() {
        let template = Export::CloudFormation.write(&blueprint);
        assert!(!template.contains("AWS::IAM::AccessKey"));
        let terraform = Export::Terraform.write(&blueprint);
        let body: hcl::Body = hcl::parse(&terraform).unwrap();
        let mut labels = body.blocks().flat_map(|block| block.labels());
        assert!(labels.all(|label| label.as_str() != "aws_iam_access_key"));
    }
}
