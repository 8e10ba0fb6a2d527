//! `commissary aws policy`, as it is typed.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

use serde_json::Value;

struct Done {
    out: String,
    err: String,
    code: i32,
}

fn policy(args: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commissary"));
    let output = command.args(["aws", "policy"]).args(args).output().unwrap();
    Done {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

fn done(args: &[&str]) -> Done {
    let done = policy(args);
    assert_eq!(done.code, 0, "{args:?}: {}", done.err);
    done
}

fn json(args: &[&str]) -> Value {
    let args: Vec<&str> = args.iter().copied().chain(["--output", "json"]).collect();
    serde_json::from_str(&done(&args).out).unwrap()
}

/// The documents that a command printed, one after the other.
fn documents(text: &str) -> Vec<Value> {
    let stream = serde_json::Deserializer::from_str(text).into_iter();
    stream.map(Result::unwrap).collect()
}

/// The page's policy, as its JSON block and as its command has it.
const PAGE: &str = include_str!("../../permissions/tests/data/kommander-2.2-policy.json");
const PAGE_COMPACT: &str =
    include_str!("../../permissions/tests/data/kommander-2.2-policy.min.json");

#[test]
fn the_page_s_policy_is_printed_to_the_byte() {
    for (format, expected) in [
        (&[][..], PAGE.to_owned()),
        (&["--format", "json"], PAGE.to_owned()),
        (&["--format", "pretty"], PAGE.to_owned()),
        (&["--format", "compact"], format!("{PAGE_COMPACT}\n")),
        (
            &["--format", "compact", "--verbatim"],
            format!("{PAGE_COMPACT}\n"),
        ),
    ] {
        let args = [&["print", "--release", "kommander-2.2"], format].concat();
        assert_eq!(done(&args).out, expected, "{format:?}");
    }
    let mended = done(&["print", "--release", "kommander-2.2", "--fixed"]);
    assert_ne!(mended.out, PAGE);
    assert!(
        mended.err.contains("mended (fargate-role)"),
        "{}",
        mended.err
    );
}

#[test]
fn what_is_too_large_is_printed_as_several() {
    for format in ["json", "compact"] {
        let printed = done(&["print", "--release", "capa-2.11", "--format", format]);
        assert_eq!(documents(&printed.out).len(), 2, "{format}");
        assert!(printed.err.contains("policy 1 of 2: "), "{}", printed.err);
        assert!(printed.err.contains(" of 6144 characters, for ec2, "));
    }
    let small = done(&["print", "--release", "capa-2.11", "--feature", "ec2"]);
    assert_eq!(documents(&small.out).len(), 1);
}

#[test]
fn the_tools_are_given_what_they_take() {
    let print = |format: &str| {
        let name = ["--policy-name", "team-a"];
        let args = ["print", "--release", "capa-2.11", "--format", format];
        done(&[&args[..], &name[..]].concat()).out
    };
    let commands = print("aws-cli");
    assert!(
        commands.contains("\nmake_policy 'team-a-2' '"),
        "{commands}"
    );
    let template: Value = serde_json::from_str(&print("cloudformation")).unwrap();
    let resources = template["Resources"].as_object().unwrap();
    assert!(resources.contains_key("PolicyTeamA1"), "{resources:?}");
    assert!(print("terraform").starts_with("# ec2, "));
}

#[test]
fn a_place_is_put_into_the_policy_and_what_stays_wide_is_told() {
    let place = ["--partition", "aws-cn", "--account", "123456789012"];
    let place = [&place[..], &["--region", "cn-north-1"]].concat();
    let args = ["print", "--release", "capa-2.11", "--feature", "ec2"];
    let arns = done(&[&args[..], &place].concat());
    assert!(
        arns.out
            .contains("arn:aws-cn:iam::123456789012:role/*.cluster-api")
    );
    assert!(!arns.out.contains("aws:RequestedRegion") && !arns.err.contains("not narrowed"));
    let scoped = done(&[&args[..], &place, &["--scope"]].concat());
    assert!(
        scoped
            .out
            .contains("arn:aws-cn:ec2:cn-north-1:123456789012:*")
    );
    assert!(
        scoped
            .out
            .contains("aws:ResourceTag/sigs.k8s.io/cluster-api-provider-aws/role")
    );
    assert!(
        scoped
            .err
            .contains("not narrowed, because AWS takes no resource for it")
    );
    let untagged = done(&[&args[..], &place, &["--scope=place"]].concat());
    assert!(!untagged.out.contains("aws:ResourceTag/"));
    assert!(untagged.out.contains("aws:RequestedRegion"));
}

#[test]
fn names_are_put_into_the_policy() {
    let printed = done(&[
        "print",
        "--release",
        "capa-2.11",
        "--feature",
        "kms,s3-buckets",
        "--name",
        "kms-alias-prefix=team-a-",
        "--name",
        "s3-bucket-prefix=team-b-",
    ]);
    assert!(printed.out.contains("alias/team-a-*") && printed.out.contains("s3:::team-b-*"));
}

#[test]
fn mistakes_are_told() {
    let print = |more: &[&str]| {
        let all = [&["print", "--release", "capa-2.11"], more].concat();
        let done = policy(&all);
        assert_eq!(done.code, 2, "{more:?}");
        assert_eq!(done.out, "");
        done.err
    };
    for (args, expected) in [
        (
            &["--release", "capa-9"][..],
            "cannot be used multiple times",
        ),
        (
            &["--feature", "gpu"],
            "unknown feature `gpu` of release `capa-2.11`; known: ec2, ",
        ),
        (
            &["--scope"],
            "--scope needs a place; give --partition, --account or --region",
        ),
        (
            &["--account", "12"],
            "`12` is no account; use the twelve digits of its id",
        ),
        (
            &["--partition", "aws-cn", "--region", "us-east-1"],
            "`us-east-1` is no region of the partition `aws-cn`",
        ),
        (
            &["--name", "prefix"],
            "`prefix` names no value; write it as NAME=VALUE",
        ),
        (&["--name", "prefix=a"], "unknown parameter `prefix`"),
        (
            &["--name", "kms-alias-prefix=*"],
            "`*` cannot be the value of `kms-alias-prefix`",
        ),
        (&["--policy-name", "a'b"], "`a'b` cannot be a policy's name"),
        (&["--fixed", "--verbatim"], "cannot be used with"),
    ] {
        let told = print(args);
        assert!(told.contains(expected), "{args:?}: {told}");
    }
    let unknown = policy(&["print", "--release", "capa-9"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown
            .err
            .contains("unknown release `capa-9`; known: kommander-2.2, capa-0.7")
    );
}

#[test]
fn releases_tell_their_figures() {
    let releases = json(&["releases"]);
    let items = releases["items"].as_array().unwrap();
    assert_eq!(items.len(), 17);
    let by_id = |id: &str| items.iter().find(|item| item["id"] == id).unwrap();
    assert_eq!(by_id("kommander-2.2")["size"], 5538);
    let latest = by_id("capa-2.11");
    for (figure, expected) in [("actions", 162), ("statements", 17), ("size", 7400)] {
        assert_eq!(latest[figure], expected, "{figure}");
    }
    assert_eq!(latest["added"].as_array().unwrap().len(), 8);
    assert_eq!(by_id("capa-2.3")["added"].as_array().unwrap().len(), 13);
    let text = done(&["releases"]).out;
    assert!(
        text.contains("capa-2.9") && text.contains("v2.9.0 to v2.9.3"),
        "{text}"
    );
    let one = done(&["releases", "capa-2.11"]).out;
    for expected in [
        "dedicated-hosts",
        "kms-alias-prefix",
        "eks:CreateAccessEntry",
        "said-twice",
    ] {
        assert!(one.contains(expected), "{expected}: {one}");
    }
    assert_eq!(policy(&["releases", "capa-9"]).code, 6);
}

#[test]
fn an_upgrade_tells_what_fails_without_it() {
    let args = ["diff", "kommander-2.2", "capa-2.11"];
    let told = json(&args);
    let added = told["added"].as_array().unwrap();
    let of = |action: &str| added.iter().find(|a| a["action"] == action).unwrap();
    let endpoints = of("ec2:DescribeVpcEndpoints");
    assert_eq!(
        (&endpoints["feature"], &endpoints["at"]),
        (&"ec2".into(), &"delete".into())
    );
    assert_eq!(
        of("autoscaling:DescribeLifecycleHooks")["feature"],
        "machine-pools"
    );
    assert_eq!(told["dropped"], serde_json::json!([]));
    let text = done(&args).out;
    assert!(text.contains("\nmachine-pools: "), "{text}");
    assert!(
        text.contains("granted, though no controller calls it: "),
        "{text}"
    );
    let narrow = done(&["diff", "kommander-2.2", "capa-2.11", "--feature", "ec2"]).out;
    assert!(!narrow.contains("machine-pools: "), "{narrow}");
    let same = done(&["diff", "capa-2.9", "capa-2.9"]).out;
    assert_eq!(
        same,
        "capa-2.9 needs nothing that capa-2.9 does not grant\n"
    );
    assert_eq!(policy(&["diff", "capa-2.9", "capa-9"]).code, 6);
    let new = done(&["diff", "kommander-2.2", "capa-2.11", "--feature", "ipv6"]).out;
    assert!(
        new.contains("\nipv6: ") && !new.contains("ec2:RunInstances"),
        "{new}"
    );
}

#[test]
fn an_action_tells_who_needs_it() {
    let told = json(&["explain", "EC2:describevpcendpoints"]);
    assert_eq!(told["action"], "ec2:DescribeVpcEndpoints");
    let purpose = &told["purposes"][0];
    assert_eq!(
        (&purpose["since"], &purpose["at"]),
        (&"v2.3.0".into(), &"delete".into())
    );
    assert_eq!(
        purpose["releases"][0]["features"],
        serde_json::json!(["ec2"])
    );
    let text = done(&["explain", "iam:PassRole"]).out;
    assert!(
        text.contains("only where   iam:PassedToService is eks.amazonaws.com"),
        "{text}"
    );
    let unknown = policy(&["explain", "ec2:LaunchRocket"]);
    assert_eq!(unknown.code, 6);
    assert!(
        unknown
            .err
            .contains("no known release needs `ec2:LaunchRocket`")
    );
}

#[test]
fn what_is_printed_mended_has_no_errors() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("policy.json");
    let path = file.to_str().unwrap();
    for (release, form, code) in [
        ("kommander-2.2", "--verbatim", 1),
        ("kommander-2.2", "--fixed", 0),
        ("capa-2.11", "--fixed", 0),
    ] {
        let printed = done(&["print", "--release", release, form]).out;
        for document in documents(&printed) {
            std::fs::write(&file, document.to_string()).unwrap();
            let linted = policy(&["lint", path]);
            assert_eq!(linted.code, code, "{release} {form}: {}", linted.out);
        }
    }
}
