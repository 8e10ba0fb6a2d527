//! From a row of the table to a request.

use std::fmt::Write as _;

use commissary_permissions::Scope;

use super::existing::{Named, placeholders};
use super::reach::ec2_type;
use super::table::{self, Kind, Probe, Protocol};
use crate::signed::{Form, SignedCall};

/// The request of a probe in an account and region, with the ids to name, about these resources.
pub(super) fn request(
    probe: &'static Probe,
    scope: &Scope,
    named: &Named,
    about: &[String],
) -> SignedCall {
    let service = &probe.service.service;
    let pairs = || pairs(probe, scope, named, about);
    match probe.service.protocol {
        Protocol::Query { version } => SignedCall {
            service,
            operation: probe.operation,
            method: "POST",
            path: "/".to_owned(),
            headers: vec![("content-type", FORM.to_owned())],
            body: form(probe, version, pairs()),
            form: Form::Xml,
        },
        Protocol::Json { target } => SignedCall {
            service,
            operation: probe.operation,
            method: "POST",
            path: "/".to_owned(),
            headers: vec![
                ("content-type", "application/x-amz-json-1.1".to_owned()),
                ("x-amz-target", format!("{target}.{}", probe.operation)),
            ],
            body: json(pairs()),
            form: Form::Json { holds: probe.holds },
        },
        Protocol::Rest => SignedCall {
            service,
            operation: probe.operation,
            method: "GET",
            path: probe.parameters.to_owned(),
            headers: Vec::new(),
            body: String::new(),
            form: Form::Json { holds: probe.holds },
        },
    }
}

/// The request that lists what the account has, for one of the operations that probes know.
pub(super) fn list(operation: &'static str) -> SignedCall {
    let (service, version) = table::ec2();
    let owner = match operation {
        "DescribeImages" => "&Owner.1=self",
        _ => "",
    };
    SignedCall {
        service,
        operation,
        method: "POST",
        path: "/".to_owned(),
        headers: vec![("content-type", FORM.to_owned())],
        body: format!("Action={operation}&Version={version}{owner}"),
        form: Form::Xml,
    }
}

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// The parameters that a probe sends when it is asked about these resources: each of a list's only
/// where one of them is of its kind.
pub(super) fn sent<'a>(
    probe: &'a Probe,
    about: &'a [String],
) -> impl Iterator<Item = (&'a str, &'a str)> + 'a {
    let pairs = probe.parameters.split_whitespace();
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs.filter(move |(name, value)| {
        let asked = |kind| about.iter().any(|arn| ec2_type(arn) == Some(kind));
        !name.ends_with(OF_LIST) || placeholders(value).any(asked)
    })
}

/// How the name of one of a list ends before it has its number.
const OF_LIST: &str = ".n";

fn pairs<'a>(
    probe: &'static Probe,
    scope: &'a Scope,
    named: &'a Named,
    about: &'a [String],
) -> impl Iterator<Item = (String, String)> + 'a {
    let mut number = 0;
    sent(probe, about).map(move |(name, value)| {
        let name = match name.strip_suffix(OF_LIST) {
            Some(list) => {
                number += 1;
                format!("{list}.{number}")
            }
            None => name.to_owned(),
        };
        (name, filled(value, scope, named))
    })
}

/// A value with its placeholders filled.
pub(super) fn filled(value: &str, scope: &Scope, named: &Named) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
        match placeholder {
            "partition" => text.push_str(&scope.partition),
            "region" => text.push_str(&scope.region),
            "account" => text.push_str(&scope.account_id),
            kind => text.push_str(&named.id(kind)),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn form(probe: &Probe, version: &str, pairs: impl Iterator<Item = (String, String)>) -> String {
    let mut body = format!("Action={}&Version={version}", probe.operation);
    if probe.kind == Kind::DryRun {
        body.push_str("&DryRun=true");
    }
    for (name, value) in pairs {
        // Writing to a string does not fail.
        let _ = write!(body, "&{name}={}", encoded(&value));
    }
    body
}

/// Everything but the unreserved characters of RFC 3986.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Numbers stand without quotes.
fn json(pairs: impl Iterator<Item = (String, String)>) -> String {
    let members = pairs.map(|(name, value)| {
        let value = match value.parse::<u32>() {
            Ok(number) => serde_json::Value::from(number),
            Err(_) => serde_json::Value::from(value),
        };
        (name, value)
    });
    serde_json::Value::Object(members.collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::table::{all, probe};
    use super::*;

    fn scope() -> Scope {
        Scope {
            partition: "aws".into(),
            account_id: "123456789012".into(),
            region: "us-east-1".into(),
        }
    }

    fn of(action: &str) -> SignedCall {
        request(probe(action).unwrap(), &scope(), &Named::made_up(), &[])
    }

    #[test]
    fn every_dry_run_says_so_and_nothing_stays_unfilled() {
        for probe in all() {
            let call = request(probe, &scope(), &Named::made_up(), &[]);
            assert_eq!(
                call.body.contains("&DryRun=true"),
                probe.is_dry_run(),
                "{}",
                call.body
            );
            for text in [&call.body, &call.path] {
                let json = matches!(call.form, Form::Json { .. }) && text.starts_with('{');
                assert!(json || !text.contains(['{', '}']), "{text}");
            }
        }
    }

    #[test]
    fn requests_are_as_the_services_read_them() {
        let call = of("ec2:CreateSubnet");
        assert!(
            call.body
                .starts_with("Action=CreateSubnet&Version=2016-11-15&DryRun=true&VpcId=vpc-")
                && call.body.ends_with("&CidrBlock=10.0.255.240%2F28"),
            "{}",
            call.body
        );
        let arn = |kind: &str| format!("arn:aws:ec2:us-east-1:123456789012:{kind}/x");
        let tags = probe("ec2:DeleteTags").unwrap();
        let about = [arn("instance"), arn("subnet")];
        let call = request(tags, &scope(), &Named::made_up(), &about);
        assert!(
            call.body.contains("&ResourceId.1=subnet-")
                && call.body.contains("&ResourceId.2=i-")
                && !call.body.contains("ResourceId.3"),
            "{}",
            call.body
        );
        let call = of("tag:GetResources");
        assert_eq!(call.body, r#"{"ResourcesPerPage":1}"#);
        assert_eq!(
            call.headers[1].1,
            "ResourceGroupsTaggingAPI_20170126.GetResources"
        );
        assert_eq!(of("eks:ListClusters").path, "/clusters?maxResults=1");
    }
}
