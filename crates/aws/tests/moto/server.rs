//! A moto server, and what every test asks of it.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use aws_sdk_iam::config::{BehaviorVersion, Credentials, Region as SdkRegion};
use commissary_aws::{AwsSession, SessionOptions, check};
use commissary_core::domain::{
    AccessKey, CheckOptions, CheckRequest, CheckResult, Region, Rung, SecretInput, Verdict,
};
use commissary_core::ports::Silent;

/// A moto server that ends with the test.
pub(crate) struct Moto {
    process: Child,
    pub(crate) endpoint: String,
}

impl Moto {
    pub(crate) async fn start() -> Self {
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

    pub(crate) async fn session(&self, key: &AccessKey) -> AwsSession {
        let options = SessionOptions {
            endpoint: Some(self.endpoint.clone()),
            ..SessionOptions::default()
        };
        AwsSession::from_key(key, &region(), &options).await
    }

    /// A client for what the product does not do; moto takes any key.
    pub(crate) fn iam(&self) -> aws_sdk_iam::Client {
        let config = aws_sdk_iam::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(SdkRegion::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .credentials_provider(Credentials::new(
                "AKIAIOSFODNN7EXAMPLE",
                "x",
                None,
                None,
                "test",
            ))
            .build();
        aws_sdk_iam::Client::from_conf(config)
    }

    pub(crate) async fn create_policy(&self, name: &str, document: &str) -> String {
        let call = self
            .iam()
            .create_policy()
            .policy_name(name)
            .policy_document(document);
        let answer = call.send().await.unwrap();
        answer
            .policy()
            .and_then(|policy| policy.arn())
            .unwrap()
            .to_owned()
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // A process that is gone already is as good as ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn region() -> Region {
    Region::parse("us-east-1").unwrap()
}

pub(crate) fn any_key() -> AccessKey {
    let secret = SecretInput::new("0123456789012345678901234567890123456789".to_owned());
    AccessKey::parse("AKIAIOSFODNN7EXAMPLE", secret, None)
        .unwrap()
        .0
}

pub(crate) fn selection() -> commissary_permissions::Selection<'static> {
    let release = commissary_permissions::release("kommander-2.2").unwrap();
    release.select(&[]).unwrap()
}

/// A check with the rights of moto's administrator, which is anybody.
pub(crate) async fn checked(moto: &Moto, key: &AccessKey, admin: &AwsSession) -> CheckResult {
    let subject = moto.session(key).await;
    let request = CheckRequest {
        identity: subject.identify().await.unwrap(),
        region: region(),
        requirements: selection().requirements(),
        // moto, which asks nobody for rights, would answer every probe.
        options: CheckOptions {
            rungs: [Rung::Simulation, Rung::Policies].into(),
            ..CheckOptions::default()
        },
    };
    check(&subject, Some(admin), &request, &Silent)
        .await
        .unwrap()
}

pub(crate) fn allowed(result: &CheckResult) -> usize {
    let allowed = |verdict: &Verdict| *verdict == Verdict::Allowed;
    result
        .findings
        .iter()
        .filter(|finding| allowed(&finding.verdict))
        .count()
}
