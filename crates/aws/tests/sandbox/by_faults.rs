//! Checks while something between here and AWS goes wrong: what was undisturbed is found, or
//! nothing; and never later than was allowed.

use std::time::{Duration, Instant};

use commissary_aws::{AwsSession, SessionOptions, Timeouts, check};
use commissary_core::domain::{AccessKey, CheckOptions, CheckRequest, CheckResult, Verdict};
use commissary_core::ports::Silent;

use crate::account::{Account, counts, region, selection};
use crate::fault_proxy::{Fault, FaultProxy, Spoils};

/// For the whole of a check that is disturbed.
const MOST: Duration = Duration::from_secs(4);
/// What a busy machine may need to notice that time is up.
const SLACK: Duration = Duration::from_secs(2);

fn timeouts(check: Duration) -> Timeouts {
    Timeouts {
        connect: Duration::from_millis(500),
        attempt: Duration::from_millis(700),
        operation: Duration::from_secs(3),
        check,
    }
}

/// Who is checked, and with whose rights.
struct Subject {
    account: Account,
    key: AccessKey,
    by_admin: bool,
}

impl Subject {
    /// A user of whom some is allowed, some denied.
    async fn new(self_check: bool, by_admin: bool) -> Self {
        let account = Account::open().await;
        let key = account.user(self_check).await;
        let deny = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Resource":"*",
            "Action":["ec2:DescribeVpcs","ec2:DeleteVpc","tag:GetResources","eks:ListClusters",
                      "autoscaling:Describe*","elasticloadbalancing:DescribeLoadBalancers"]}]}"#;
        account.put_user_policy("guard", deny).await;
        Self {
            account,
            key,
            by_admin,
        }
    }

    async fn session(&self, key: &AccessKey, endpoint: &str, check: Duration) -> AwsSession {
        let options = SessionOptions {
            endpoint: Some(endpoint.to_owned()),
            timeouts: timeouts(check),
            honours_dry_runs: true,
            ..SessionOptions::default()
        };
        AwsSession::from_key(key, &region(), &options).await
    }

    /// A check through `endpoint`; who the credential is was asked undisturbed.
    async fn check(&self, endpoint: &str, most: Duration) -> CheckResult {
        let direct = self.session(&self.key, &self.account.endpoint, most).await;
        let admin = self.session(&self.account.admin, endpoint, most).await;
        let request = CheckRequest {
            identity: direct.identify().await.expect("an identity"),
            region: region(),
            requirements: selection().requirements(),
            options: CheckOptions::default(),
        };
        let subject = self.session(&self.key, endpoint, most).await;
        let reader = self.by_admin.then_some(&admin);
        check(&subject, reader, &request, &Silent)
            .await
            .expect("a result")
    }

    async fn undisturbed(&self) -> CheckResult {
        self.check(&self.account.endpoint, Duration::from_secs(60))
            .await
    }

    /// The same check through a proxy that spoils answers, with the time that it took.
    async fn disturbed(&self, spoils: Spoils, most: Duration) -> (CheckResult, Duration) {
        let proxy = FaultProxy::open(&self.account.endpoint, spoils).await;
        let began = Instant::now();
        let result = self.check(&proxy.url, most).await;
        (result, began.elapsed())
    }
}

/// No finding says anything that an undisturbed check does not say.
fn nothing_wrong(clean: &CheckResult, disturbed: &CheckResult, what: &str) {
    for (one, other) in clean.findings.iter().zip(&disturbed.findings) {
        let same = std::mem::discriminant(&one.verdict) == std::mem::discriminant(&other.verdict);
        let unknown = matches!(other.verdict, Verdict::Unverifiable { .. });
        assert!(same || unknown, "{what}: {one:?} became {other:?}");
    }
}

const HTML: &str = "<html><head/><body>Sign in to the network</body></html>";
const INTERNAL: &str =
    "<Response><Errors><Error><Code>InternalError</Code></Error></Errors></Response>";
const NOT_AWS: &str = r#"{"code":"AccessDenied","message":"blocked by the web filter"}"#;

const FAULTS: [Fault; 15] = [
    Fault::Late(Duration::from_millis(200)),
    Fault::Never,
    Fault::Closed,
    Fault::Broken,
    Fault::Half,
    Fault::Throttled,
    Fault::Instead(200, "text/html", HTML),
    Fault::Instead(403, "text/html", HTML),
    Fault::Instead(502, "text/html", "Bad Gateway"),
    Fault::Instead(500, "text/xml", INTERNAL),
    Fault::Instead(200, "text/xml", ""),
    Fault::Instead(200, "text/xml", "<DescribeRegionsResponse/>"),
    Fault::Instead(200, "application/json", r#"{"hello": "world"}"#),
    Fault::Instead(403, "application/json", NOT_AWS),
    Fault::Instead(200, "application/json", "[["),
];

async fn every_fault(subject: &Subject, every: usize) {
    let clean = subject.undisturbed().await;
    let [allowed, denied, _, _] = counts(&clean);
    assert!(allowed > 20 && denied > 4, "{:?}", counts(&clean));
    for fault in FAULTS {
        let spoils = Spoils { fault, every };
        let (result, took) = subject.disturbed(spoils, MOST).await;
        let what = format!("{spoils:?}");
        nothing_wrong(&clean, &result, &what);
        assert!(took < MOST + SLACK, "{what}: {took:?}");
    }
}

#[tokio::test]
async fn probes_say_nothing_wrong_when_some_answers_are_spoiled() {
    every_fault(&Subject::new(false, false).await, 3).await;
}

#[tokio::test]
async fn simulation_says_nothing_wrong_when_some_answers_are_spoiled() {
    every_fault(&Subject::new(true, false).await, 3).await;
}

#[tokio::test]
async fn an_administrators_check_says_nothing_wrong_when_every_other_answer_is_spoiled() {
    every_fault(&Subject::new(false, true).await, 2).await;
}

#[tokio::test]
async fn when_every_answer_is_spoiled_nothing_is_known() {
    let subject = Subject::new(false, false).await;
    for fault in FAULTS {
        let spoils = Spoils { fault, every: 1 };
        let (result, took) = subject.disturbed(spoils, MOST).await;
        assert!(took < MOST + SLACK, "{fault:?}: {took:?}");
        if !matches!(fault, Fault::Late(_)) {
            assert_eq!(counts(&result), [0, 0, 0, 114], "{fault:?}");
        }
    }
}

/// Being asked to slow down costs time, not findings.
#[tokio::test]
async fn throttling_takes_nothing_from_the_report() {
    for self_check in [false, true] {
        let subject = Subject::new(self_check, false).await;
        let clean = subject.undisturbed().await;
        let spoils = Spoils {
            fault: Fault::Throttled,
            every: 4,
        };
        let most = Duration::from_secs(60);
        let (result, took) = subject.disturbed(spoils, most).await;
        assert_eq!(counts(&result), counts(&clean));
        assert!(took < most, "{took:?}");
    }
}

/// Most of a release shares its resources, and goes to AWS together: what a check costs does not
/// grow with the actions of the release.
#[tokio::test]
async fn a_simulated_check_takes_fewer_calls_than_the_release_has_actions() {
    let subject = Subject::new(true, false).await;
    let pause = Fault::Late(Duration::ZERO);
    let spoils = Spoils {
        fault: pause,
        every: 1,
    };
    let proxy = FaultProxy::open(&subject.account.endpoint, spoils).await;
    subject.check(&proxy.url, Duration::from_secs(60)).await;
    let calls = proxy.calls().len();
    assert!((10..80).contains(&calls), "{calls}");
}

/// What was answered before the time ran out stays, and the rest says why it is not known.
#[tokio::test]
async fn what_was_found_before_the_deadline_is_kept() {
    let subject = Subject::new(false, false).await;
    let spoils = Spoils {
        fault: Fault::Late(Duration::from_millis(300)),
        every: 1,
    };
    let most = Duration::from_secs(5);
    let (result, took) = subject.disturbed(spoils, most).await;
    assert!(took < most + SLACK, "{took:?}");
    let [allowed, _, _, unverifiable] = counts(&result);
    assert!(allowed > 0 && unverifiable > 0, "{:?}", counts(&result));
}
