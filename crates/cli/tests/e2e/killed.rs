//! A bootstrap that is killed at any of its calls, and run again, ends as if nothing had happened.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use crate::support::{Killer, Moment, Moto, commissary, keys_of};

const BOOTSTRAP: [&str; 11] = [
    "aws",
    "bootstrap",
    "--yes",
    "--feature",
    "ec2",
    "--self-check",
    "--node-roles",
    "--tag",
    "team=platform",
    "--credentials-file",
    "keys",
];
const UNDO: [&str; 4] = ["aws", "bootstrap", "--undo", "--yes"];

pub(crate) fn command(home: &Path, endpoint: &str, args: &[&str]) -> Command {
    let mut command = commissary(home);
    command
        .current_dir(home)
        .args(args)
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "0".repeat(40))
        .env("AWS_REGION", "us-east-1");
    command
}

/// The answer of moto to a call of IAM that needs no signature.
pub(crate) fn ask(moto: &Moto, path: &str, body: &str) -> String {
    let address = moto.endpoint.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

const LISTS: [&str; 9] = [
    "GetAccountAuthorizationDetails",
    "ListUsers",
    "ListPolicies&Scope=Local",
    "ListRoles",
    "ListInstanceProfiles",
    "ListAttachedUserPolicies&UserName=Kommander",
    "ListUserPolicies&UserName=Kommander",
    "ListUserTags&UserName=Kommander",
    "ListAttachedRolePolicies&RoleName=control-plane.cluster-api-provider-aws.sigs.k8s.io",
];

/// What there is in the account, without what differs from run to run: ids, dates, and the order of
/// lists.
pub(crate) fn account(moto: &Moto) -> Vec<String> {
    let lists = LISTS.iter().flat_map(|list| {
        let answer = ask(moto, "/", &format!("Action={list}&Version=2010-05-08"));
        let parts = answer.split('<').map(str::trim);
        let lasting = parts.filter(|part| {
            let tag = part.split(['>', ' ']).next().unwrap_or_default();
            !["Id", "Date"].iter().any(|end| tag.ends_with(end))
        });
        let mut lasting: Vec<String> = lasting.map(str::to_owned).collect();
        lasting.sort();
        lasting
    });
    lists.collect()
}

/// The ids of the user's keys.
pub(crate) fn keys(moto: &Moto) -> Vec<String> {
    let answer = ask(
        moto,
        "/",
        "Action=ListAccessKeys&UserName=Kommander&Version=2010-05-08",
    );
    let ids = answer.split("<AccessKeyId>").skip(1);
    ids.map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

/// Kills at every call, in one of the moments, with moto as `prepare` leaves it; `args` may depend
/// on that.
fn at_every_call(
    args: impl Fn(&Path) -> Vec<String>,
    moment: Moment,
    prepare: impl Fn(&Moto, &Path),
    check: impl Fn(&Moto, &Path, usize),
) {
    let moto = Moto::start();
    let killer = Killer::before(&moto.endpoint);
    let fresh = || {
        ask(&moto, "/moto-api/reset", "");
        let home = tempfile::tempdir().unwrap();
        prepare(&moto, home.path());
        let args = args(home.path());
        (home, args)
    };
    let run = |home: &Path, args: &[String], endpoint: &str| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        command(home, endpoint, &args)
    };
    let (home, args) = fresh();
    let mut first = run(home.path(), &args, &killer.endpoint);
    let (calls, ended) = killer.run(&mut first, None);
    assert!(ended.unwrap().success() && calls > 4, "{calls} calls");
    check(&moto, home.path(), 0);
    let undisturbed = account(&moto);
    for at in 1..=calls {
        let (home, args) = fresh();
        let mut first = run(home.path(), &args, &killer.endpoint);
        let (_, ended) = killer.run(&mut first, Some((at, moment)));
        assert!(ended.is_none(), "it was not killed at call {at}");
        let again = run(home.path(), &args, &moto.endpoint).output().unwrap();
        let said = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success(), "after a kill at call {at}: {said}");
        check(&moto, home.path(), at);
        let found = account(&moto);
        assert!(
            found == undisturbed,
            "another account after a kill at call {at}: {:?}",
            found
                .iter()
                .filter(|part| !undisturbed.contains(part))
                .collect::<Vec<_>>()
        );
    }
}

fn always(args: &'static [&'static str]) -> impl Fn(&Path) -> Vec<String> {
    |_| args.iter().map(|arg| (*arg).to_owned()).collect()
}

fn one_key_that_arrived(moto: &Moto, home: &Path, at: usize) {
    let (id, _) = keys_of(&home.join("keys"), "Kommander");
    assert_eq!(keys(moto), [id], "after a kill at call {at}");
    let pending = home.join(".local/state/commissary/pending-keys");
    assert_eq!(std::fs::read_dir(pending).unwrap().count(), 0, "call {at}");
}

#[test]
fn killed_before_any_call_it_goes_on() {
    at_every_call(
        always(&BOOTSTRAP),
        Moment::Before,
        |_, _| {},
        one_key_that_arrived,
    );
}

#[test]
fn killed_after_any_call_it_goes_on_and_leaves_no_key_that_nobody_has() {
    at_every_call(
        always(&BOOTSTRAP),
        Moment::After,
        |_, _| {},
        one_key_that_arrived,
    );
}

#[test]
fn killed_between_any_two_calls_it_goes_on() {
    at_every_call(
        always(&BOOTSTRAP),
        Moment::Answered,
        |_, _| {},
        one_key_that_arrived,
    );
}

/// An account that was made for another choice: other parts of the policy, one of them on a role as
/// well, no tag, and a key that is to be replaced.
fn made_otherwise(moto: &Moto, home: &Path) {
    let with = |more: &[&str]| {
        let args: &[&str] = &["aws", "bootstrap", "--yes", "--credentials-file", "keys"];
        let args = [args, &["--release", "capa-2.11"], more].concat();
        let done = command(home, &moto.endpoint, &args).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
    };
    with(&["--feature", "ec2", "--node-roles"]);
    // moto lacks one of AWS's policies for the roles of EKS.
    with(&[]);
    let answer = ask(
        moto,
        "/",
        "Action=AttachRolePolicy&Version=2010-05-08&RoleName=controllers.cluster-api-provider-aws.sigs.k8s.io\
         &PolicyArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Fkommander-policy-1",
    );
    assert!(answer.contains("AttachRolePolicyResponse"), "{answer}");
}

fn upkeep(home: &Path) -> Vec<String> {
    let (old, _) = keys_of(&home.join("keys"), "Kommander");
    let args = [
        "aws",
        "bootstrap",
        "--yes",
        "--release",
        "capa-2.11",
        "--feature",
        "ec2",
        "--node-roles",
        "--self-check",
        "--tag",
        "team=platform",
        "--credentials-file",
        "keys",
        "--replace-key",
        &old,
    ];
    args.map(str::to_owned).to_vec()
}

#[test]
fn an_upkeep_that_is_killed_before_any_call_goes_on() {
    at_every_call(upkeep, Moment::Before, made_otherwise, one_key_that_arrived);
}

#[test]
fn an_upkeep_that_is_killed_after_any_call_goes_on() {
    at_every_call(upkeep, Moment::After, made_otherwise, one_key_that_arrived);
}

/// A policy with as many versions as IAM takes, and one key.
fn made_five_times(moto: &Moto, home: &Path) {
    let args = ["aws", "bootstrap", "--yes", "--credentials-file", "other"];
    let done = command(home, &moto.endpoint, &args).output().unwrap();
    assert!(done.status.success());
    for sid in 2..=5 {
        let document = format!(
            "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Sid%22%3A%22S{sid}%22%2C%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D"
        );
        let arn = "arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Fkommander-policy";
        let body = format!(
            "Action=CreatePolicyVersion&Version=2010-05-08&PolicyArn={arn}&SetAsDefault=true&PolicyDocument={document}"
        );
        let answer = ask(moto, "/", &body);
        assert!(answer.contains(&format!("<VersionId>v{sid}<")), "{answer}");
    }
}

const ANOTHER: [&str; 8] = [
    "aws",
    "bootstrap",
    "--yes",
    "--new-key",
    "--self-check",
    "--tag=team=platform",
    "--credentials-file",
    "keys",
];

fn a_second_key_that_arrived(moto: &Moto, home: &Path, at: usize) {
    let (first, _) = keys_of(&home.join("other"), "Kommander");
    let (second, _) = keys_of(&home.join("keys"), "Kommander");
    let (mut there, mut expected) = (keys(moto), [first, second]);
    there.sort();
    expected.sort();
    assert_eq!(there, expected, "after a kill at call {at}");
}

#[test]
fn a_new_version_and_a_second_key_are_made_once_whenever_it_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        at_every_call(
            always(&ANOTHER),
            moment,
            made_five_times,
            a_second_key_that_arrived,
        );
    }
}

fn made(moto: &Moto, home: &Path) {
    let done = command(home, &moto.endpoint, &BOOTSTRAP).output().unwrap();
    assert!(done.status.success());
}

fn nothing_is_left(moto: &Moto, _: &Path, at: usize) {
    assert!(keys(moto).is_empty(), "after a kill at call {at}");
    let names = [
        "UserName>",
        "PolicyName>",
        "RoleName>",
        "InstanceProfileName>",
    ];
    for part in account(moto) {
        let is_name = names.iter().any(|name| part.starts_with(name));
        assert!(!is_name, "{part} after a kill at call {at}");
    }
}

#[test]
fn an_undo_that_is_killed_before_any_call_goes_on() {
    at_every_call(always(&UNDO), Moment::Before, made, nothing_is_left);
}

#[test]
fn an_undo_that_is_killed_after_any_call_goes_on() {
    at_every_call(always(&UNDO), Moment::After, made, nothing_is_left);
}
