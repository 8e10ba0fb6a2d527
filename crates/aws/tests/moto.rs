//! The wire formats and the state of IAM, refereed by moto: an implementation that is not ours.
//! It has no simulation and decides nothing here.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use commissary_aws::{
    AwsSession, BootstrapPlan, BootstrapRequest, BootstrapState, SessionOptions, check,
};
use commissary_core::domain::{
    AccessKey, CheckRequest, CheckResult, Region, Rung, SecretInput, Verdict,
};
use commissary_core::ports::Silent;

/// A moto server that ends with the test.
struct Moto {
    process: Child,
    endpoint: String,
}

impl Moto {
    async fn start() -> Self {
        let Some(program) = std::env::var_os("COMMISSARY_MOTO") else {
            panic!("run the tests with `cargo xtask test`, which installs moto");
        };
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let process = Command::new(program)
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("COMMISSARY_MOTO is the path of `moto_server`");
        let moto = Self {
            process,
            endpoint: format!("http://127.0.0.1:{port}"),
        };
        for _ in 0..300 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_ok()
            {
                return moto;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("moto did not start within 30 seconds");
    }

    async fn session(&self, key: &AccessKey) -> AwsSession {
        let options = SessionOptions {
            endpoint: Some(self.endpoint.clone()),
            ..SessionOptions::default()
        };
        AwsSession::from_key(key, &region(), &options).await
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // A process that is gone already is as good as ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn region() -> Region {
    Region::parse("us-east-1").unwrap()
}

fn any_key() -> AccessKey {
    let secret = SecretInput::new("0123456789012345678901234567890123456789".to_owned());
    AccessKey::parse("AKIAIOSFODNN7EXAMPLE", secret, None)
        .unwrap()
        .0
}

fn selection() -> commissary_permissions::Selection<'static> {
    let release = commissary_permissions::release("kommander-2.2").unwrap();
    release.select(&[]).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test has no Clock port")]
fn request(self_check: bool) -> BootstrapRequest {
    BootstrapRequest {
        user_name: "Kommander".to_owned(),
        policy_name: "kommander-policy".to_owned(),
        policy_document: selection().policy().to_compact(),
        self_check,
        new_key: false,
        now: jiff::Timestamp::now(),
    }
}

async fn bootstrap(admin: &AwsSession) -> (Option<AccessKey>, Vec<BootstrapState>) {
    let plan = BootstrapPlan::prepare(admin, request(true)).await.unwrap();
    let mut states = Vec::new();
    let outcome = plan
        .apply(admin, |event| states.push(event.state))
        .await
        .unwrap();
    assert_eq!(
        outcome.policy_arn,
        "arn:aws:iam::123456789012:policy/kommander-policy"
    );
    (outcome.access_key, states)
}

async fn checked(moto: &Moto, key: &AccessKey, admin: &AwsSession) -> CheckResult {
    let subject = moto.session(key).await;
    let request = CheckRequest {
        identity: subject.identify().await.unwrap(),
        region: region(),
        requirements: selection().requirements(),
    };
    check(&subject, Some(admin), &request, &Silent)
        .await
        .unwrap()
}

#[tokio::test]
async fn bootstrap_twice_then_read_what_is_there() {
    let moto = Moto::start().await;
    let admin = moto.session(&any_key()).await;
    assert_eq!(admin.identify().await.unwrap().account_id, "123456789012");

    let (key, states) = bootstrap(&admin).await;
    assert_eq!(states, [BootstrapState::Made; 5]);
    let key = key.unwrap();
    let identity = moto.session(&key).await.identify().await.unwrap();
    assert_eq!(
        identity.principal_arn,
        "arn:aws:iam::123456789012:user/Kommander"
    );
    let (no_key, states) = bootstrap(&admin).await;
    assert_eq!(states, [BootstrapState::Existed; 5]);
    assert!(no_key.is_none());

    let result = checked(&moto, &key, &admin).await;
    assert!(!result.rungs[1].gave_evidence, "{}", result.rungs[1].said);
    assert!(result.rungs[2].gave_evidence, "{}", result.rungs[2].said);
    let allowed = result
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Allowed);
    assert_eq!(allowed.count(), 111);
    let evidence = result
        .findings
        .iter()
        .filter_map(|finding| finding.evidence.as_ref());
    assert!(
        evidence
            .into_iter()
            .all(|evidence| evidence.rung == Rung::Policies)
    );
}
