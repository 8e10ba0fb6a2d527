//! What a check costs behind a slow network, beside the same check done action by action with the
//! AWS CLI, in one run: `cargo xtask bench check` (CONTRIBUTING.md, "Day to day").
//!
//! Both sides are programs that a person would start, with the same profiles, through one proxy
//! that lets each answer wait. A call is timed by the proxy, from the request that arrived whole to
//! the answer that was passed on.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measuring program of developers"
)]

#[expect(
    dead_code,
    unused_imports,
    reason = "the end to end tests need more of it"
)]
#[path = "../tests/e2e/support/mod.rs"]
mod support;

#[expect(dead_code, reason = "the tests of faults need more of it")]
#[path = "../../aws/tests/sandbox/fault_proxy.rs"]
mod fault_proxy;

use std::process::Command;
use std::time::{Duration, Instant};

use commissary_permissions::{Requirement, SampleRequest, Scope, release};
use serde_json::Value;

use fault_proxy::{Fault, FaultProxy, Spoils};
use support::{AwsCli, Server};

/// How long each answer waits.
const LATENCY: Duration = Duration::from_millis(50);
const RELEASE: &str = "kommander-2.2";
const USER: &str = "measured";
const REGION: &str = "us-east-1";
/// Each check is run so often, and the median counts.
const TURNS: usize = 3;

/// One way to check, as it was measured.
struct Measured {
    what: &'static str,
    calls: usize,
    wall: Duration,
    slowest: Duration,
    allowed: usize,
}

/// A way for our own command: its title and arguments.
const OURS: [(&str, &[&str]); 3] = [
    ("commissary, the user's own rights", &[]),
    (
        "commissary, an administrator's rights",
        &["--admin-profile", "sandbox-admin"],
    ),
    (
        "commissary, by probes alone",
        &["--only", "probes", "--dry-run-elsewhere"],
    ),
];

fn main() {
    // What `cargo test --benches` asks of a benchmark is that it can be started.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = Server::with_sandbox();
    let bootstrap = [
        "aws",
        "bootstrap",
        "--yes",
        "--self-check",
        "--user-name",
        USER,
        "--policy-name",
        USER,
        "--release",
        RELEASE,
    ];
    server.run(&bootstrap).with_code(0);
    let endpoint = endpoint(&server);
    let spoils = Spoils {
        fault: Fault::Late(LATENCY),
        every: 1,
    };
    let proxy = runtime.block_on(FaultProxy::open(&endpoint, spoils));
    let mut measured: Vec<Measured> = OURS
        .iter()
        .map(|(what, arguments)| ours(&server, &proxy, what, arguments))
        .collect();
    let requirements = release(RELEASE)
        .unwrap()
        .select(&[])
        .unwrap()
        .requirements();
    measured.push(theirs(&server, &proxy, &requirements));
    print(&requirements, &measured);
}

/// Where the sandbox answers.
fn endpoint(server: &Server) -> String {
    let config = std::fs::read_to_string(server.data().join("sandbox/aws/config")).unwrap();
    let mut lines = config.lines().filter_map(|line| line.split_once('='));
    let (_, url) = lines
        .find(|(name, _)| name.trim() == "endpoint_url")
        .unwrap();
    url.trim().to_owned()
}

/// Our command, from its start to its end.
fn ours(server: &Server, proxy: &FaultProxy, what: &'static str, arguments: &[&str]) -> Measured {
    let mut turns: Vec<Measured> = (0..TURNS)
        .map(|_| {
            let mut command = server.elsewhere();
            command
                .args(["aws", "check", "--profile", USER, "--release", RELEASE])
                .args(["--region", REGION, "--output", "json"])
                .args(arguments)
                .env("AWS_ENDPOINT_URL", &proxy.url);
            let (wall, answer) = timed(&mut command);
            let findings = answer["findings"].as_array().unwrap();
            let allowed = findings.iter().filter(|one| one["verdict"] == "allowed");
            of(proxy, what, wall, allowed.count())
        })
        .collect();
    turns.sort_by_key(|turn| turn.wall);
    turns.swap_remove(TURNS / 2)
}

/// What a script does that asks IAM about one requirement after the other.
fn theirs(server: &Server, proxy: &FaultProxy, requirements: &[Requirement]) -> Measured {
    let cli = AwsCli::beside(server);
    let who = cli.json(&["sts", "get-caller-identity", "--output", "json"]);
    let account = who["Account"].as_str().unwrap();
    let scope = Scope {
        partition: "aws".into(),
        account_id: account.into(),
        region: REGION.into(),
    };
    let user = format!("arn:aws:iam::{account}:user/{USER}");
    proxy.calls();
    let began = Instant::now();
    let allowed = requirements.iter().filter(|requirement| {
        let samples = requirement.samples(&scope);
        let sample = samples
            .every
            .first()
            .or(samples.alternatives.first())
            .unwrap();
        let mut command = simulate(&cli, &user, sample);
        command.env("AWS_ENDPOINT_URL", &proxy.url);
        let (_, answer) = timed(&mut command);
        answer["EvaluationResults"][0]["EvalDecision"] == "allowed"
    });
    let allowed = allowed.count();
    of(
        proxy,
        "aws iam simulate-principal-policy, one by one",
        began.elapsed(),
        allowed,
    )
}

fn simulate(cli: &AwsCli, user: &str, sample: &SampleRequest) -> Command {
    let mut command = cli.aws(&["iam", "simulate-principal-policy", "--output", "json"]);
    command
        .args(["--policy-source-arn", user])
        .args(["--action-names", &sample.action])
        .args(["--resource-arns", &sample.resource]);
    if !sample.context.is_empty() {
        let entries = sample.context.iter().map(|(key, values)| {
            serde_json::json!({
                "ContextKeyName": key,
                "ContextKeyValues": values,
                "ContextKeyType": if values.len() > 1 { "stringList" } else { "string" },
            })
        });
        let entries: Vec<Value> = entries.collect();
        command.args(["--context-entries", &Value::Array(entries).to_string()]);
    }
    command
}

/// Runs a command that prints JSON.
fn timed(command: &mut Command) -> (Duration, Value) {
    let began = Instant::now();
    let output = command.output().expect("it starts");
    let wall = began.elapsed();
    let answer = serde_json::from_slice(&output.stdout);
    let answer = answer.unwrap_or_else(|error| {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("{command:?} printed no JSON ({error}): {said}")
    });
    (wall, answer)
}

fn of(proxy: &FaultProxy, what: &'static str, wall: Duration, allowed: usize) -> Measured {
    let calls = proxy.calls();
    Measured {
        what,
        calls: calls.len(),
        wall,
        slowest: calls.into_iter().max().unwrap_or_default(),
        allowed,
    }
}

#[expect(clippy::print_stdout, reason = "this is the task's result")]
fn print(requirements: &[Requirement], measured: &[Measured]) {
    let actions: std::collections::BTreeSet<_> =
        requirements.iter().map(|one| one.action.as_str()).collect();
    println!(
        "\n{RELEASE}: {} requirements of {} actions; each answer waits {} ms; the median of {TURNS} runs of commissary, one of the AWS CLI\n",
        requirements.len(),
        actions.len(),
        LATENCY.as_millis()
    );
    println!(
        "{:<46} {:>9} {:>8} {:>9} {:>12} {:>16} {:>13}",
        "", "AWS calls", "allowed", "wall", "slowest call", "wall / slowest", "AWS CLI takes"
    );
    let theirs = measured.last().expect("the AWS CLI").wall;
    for one in measured {
        println!(
            "{:<46} {:>9} {:>8} {:>7.2} s {:>9.0} ms {:>16.1} {:>11.1} ×",
            one.what,
            one.calls,
            one.allowed,
            one.wall.as_secs_f64(),
            one.slowest.as_secs_f64() * 1000.0,
            one.wall.as_secs_f64() / one.slowest.as_secs_f64(),
            theirs.as_secs_f64() / one.wall.as_secs_f64()
        );
    }
}
