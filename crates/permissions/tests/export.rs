//! What the tools take is what is to be made.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_permissions::{Export, Form, Part, PolicyOptions, Selection, release};
use serde_json::Value;

fn written(features: &[&str]) -> Vec<Part> {
    let features: Vec<String> = features.iter().map(ToString::to_string).collect();
    let selection: Selection<'_> = release("capa-2.11").unwrap().select(&features).unwrap();
    let options = PolicyOptions {
        form: Form::Fixed,
        narrowing: None,
    };
    selection.policies(&options).parts
}

fn documents(parts: &[Part]) -> Vec<Value> {
    let documents = parts.iter().map(|part| part.policy.as_json().clone());
    documents.collect()
}

#[test]
fn commands_of_the_aws_cli_carry_each_document() {
    for (features, names) in [(&["ec2"][..], &["capa"][..]), (&[], &["capa-1", "capa-2"])] {
        let parts = written(features);
        let text = Export::AwsCli.write("capa", &parts);
        let commands = text
            .lines()
            .filter(|line| line.starts_with("aws iam create-policy "));
        let commands: Vec<(&str, Value)> = commands
            .map(|command| {
                let words = command
                    .strip_prefix("aws iam create-policy --policy-name ")
                    .unwrap();
                let (name, rest) = words.split_once(" --policy-document '").unwrap();
                let document = rest.strip_suffix('\'').unwrap();
                assert!(!document.contains('\''), "the quotes of the shell hold");
                (name, serde_json::from_str(document).unwrap())
            })
            .collect();
        let found: Vec<&str> = commands.iter().map(|(name, _)| *name).collect();
        assert_eq!(found, names);
        let found: Vec<Value> = commands.into_iter().map(|(_, document)| document).collect();
        assert_eq!(found, documents(&parts));
    }
}

#[test]
fn a_template_of_cloudformation_has_a_resource_for_each() {
    let parts = written(&[]);
    let text = Export::CloudFormation.write("kommander-policy", &parts);
    let template: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(template["AWSTemplateFormatVersion"], "2010-09-09");
    let resources = template["Resources"].as_object().unwrap();
    let ids: Vec<&String> = resources.keys().collect();
    assert_eq!(ids, ["PolicyKommanderPolicy1", "PolicyKommanderPolicy2"]);
    let properties = resources.values().map(|resource| {
        assert_eq!(resource["Type"], "AWS::IAM::ManagedPolicy");
        &resource["Properties"]
    });
    let found: Vec<Value> = properties.map(|p| p["PolicyDocument"].clone()).collect();
    assert_eq!(found, documents(&parts));
    for id in ids {
        assert_eq!(
            template["Outputs"][format!("{id}Arn")]["Value"]["Ref"],
            **id
        );
    }
}

#[test]
fn resources_of_terraform_carry_each_document() {
    let parts = written(&[]);
    let text = Export::Terraform.write("kommander-policy", &parts);
    assert!(text.contains("resource \"aws_iam_policy\" \"policy_kommander_policy_2\" {"));
    assert!(text.contains("name = \"kommander-policy-2\""));
    let documents_found: Vec<Value> = text
        .split("jsonencode(")
        .skip(1)
        .map(|rest| {
            let (document, _) = rest.split_once("\n  })").unwrap();
            serde_json::from_str(&format!("{document}}}")).unwrap()
        })
        .collect();
    assert_eq!(documents_found, documents(&parts));
    assert!(
        !text.contains("${"),
        "nothing is left for Terraform to fill in"
    );
}
