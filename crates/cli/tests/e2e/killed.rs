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

fn command(home: &Path, endpoint: &str, args: &[&str]) -> Command {
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
fn ask(moto: &Moto, path: &str, body: &str) -> String {
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

const LISTS: [&str; 8] = [
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
fn account(moto: &Moto) -> Vec<String> {
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
fn keys(moto: &Moto) -> Vec<String> {
    let answer = ask(
        moto,
        "/",
        "Action=ListAccessKeys&UserName=Kommander&Version=2010-05-08",
    );
    let ids = answer.split("<AccessKeyId>").skip(1);
    ids.map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

/// Kills at every call, in one of the moments, with moto as `prepare` leaves it.
fn at_every_call(
    args: &[&str],
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
        home
    };
    let home = fresh();
    let (calls, ended) = killer.run(&mut command(home.path(), &killer.endpoint, args), None);
    assert!(ended.unwrap().success() && calls > 10, "{calls} calls");
    check(&moto, home.path(), 0);
    let undisturbed = account(&moto);
    for at in 1..=calls {
        let home = fresh();
        let mut run = command(home.path(), &killer.endpoint, args);
        let (_, ended) = killer.run(&mut run, Some((at, moment)));
        assert!(ended.is_none(), "it was not killed at call {at}");
        let again = command(home.path(), &moto.endpoint, args).output().unwrap();
        let said = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success(), "after a kill at call {at}: {said}");
        check(&moto, home.path(), at);
        assert!(
            account(&moto) == undisturbed,
            "another account after a kill at call {at}"
        );
    }
}

fn one_key_that_arrived(moto: &Moto, home: &Path, at: usize) {
    let (id, _) = keys_of(&home.join("keys"), "Kommander");
    assert_eq!(keys(moto), [id], "after a kill at call {at}");
    let pending = home.join(".local/state/commissary/pending-keys");
    assert_eq!(std::fs::read_dir(pending).unwrap().count(), 0, "call {at}");
}

#[test]
fn killed_before_any_call_it_goes_on() {
    at_every_call(&BOOTSTRAP, Moment::Before, |_, _| {}, one_key_that_arrived);
}

#[test]
fn killed_after_any_call_it_goes_on_and_leaves_no_key_that_nobody_has() {
    at_every_call(&BOOTSTRAP, Moment::After, |_, _| {}, one_key_that_arrived);
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
    at_every_call(&UNDO, Moment::Before, made, nothing_is_left);
}

#[test]
fn an_undo_that_is_killed_after_any_call_goes_on() {
    at_every_call(&UNDO, Moment::After, made, nothing_is_left);
}
