//! A fresh account on this machine, and the people in it.

use std::io::Read as _;
use std::sync::Arc;

use aws_sdk_iam::config::{
    BehaviorVersion, Credentials, Region as SdkRegion, SharedCredentialsProvider,
};
use aws_types::SdkConfig;
use commissary_aws::{AwsSession, BootstrapPlan, SessionOptions, UndoPlan, check};
use commissary_core::domain::{
    AccessKey, BootstrapEvent, BootstrapOutcome, BootstrapRequest, CheckEvent, CheckOptions,
    CheckRequest, CheckResult, KeyWish, Planned, Region, SecretInput, UndoRequest, Verdict,
};
use commissary_core::ports::{BootstrapError, Progress, Silent};
use commissary_permissions::{Blueprint, PolicyOptions, Selection};
use commissary_sandbox::{Sandbox, SandboxOptions};
use secrecy::ExposeSecret as _;

use crate::standby::{Standby, WORDS};

pub(crate) const USER: &str = "Kommander";
pub(crate) const POLICY: &str = "kommander-policy";

/// A sandbox that is served until the test ends.
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) endpoint: String,
    pub(crate) admin: AccessKey,
    pub(crate) root: AccessKey,
    pub(crate) folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "a test has no Clock port")]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn random(bytes: &mut [u8]) {
    let mut source = std::fs::File::open("/dev/urandom").expect("the system's randomness");
    source.read_exact(bytes).expect("the system's randomness");
}

impl Account {
    pub(crate) async fn open() -> Self {
        Self::open_with(SandboxOptions::default()).await
    }

    pub(crate) async fn open_with(options: SandboxOptions) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sandbox = Sandbox::open_with(folder.path(), Arc::new(now), Arc::new(random), options);
        let sandbox = sandbox.expect("a sandbox");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let paths = sandbox.write_profile(&endpoint).expect("profiles");
        let credentials = std::fs::read_to_string(paths.credentials).expect("credentials");
        let id = sandbox.account_id().to_owned();
        tokio::spawn(sandbox.serve(listener, std::future::pending()));
        Self {
            id,
            endpoint,
            admin: key_of(&credentials, "sandbox-admin"),
            root: key_of(&credentials, "sandbox-root"),
            folder,
        }
    }

    pub(crate) fn options(&self) -> SessionOptions {
        SessionOptions {
            endpoint: Some(self.endpoint.clone()),
            ..SessionOptions::default()
        }
    }

    pub(crate) async fn session(&self, key: &AccessKey) -> AwsSession {
        AwsSession::from_key(key, &region(), &self.options()).await
    }

    /// The administrator's own client, for what the product does not do.
    pub(crate) fn iam(&self) -> aws_sdk_iam::Client {
        aws_sdk_iam::Client::new(&self.sdk_config(&self.admin))
    }

    /// What the SDK's own clients are made from.
    pub(crate) fn sdk_config(&self, key: &AccessKey) -> SdkConfig {
        let secret = key.secret.expose_secret();
        let credentials = Credentials::new(key.id.as_str(), secret, None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(SdkRegion::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build()
    }

    pub(crate) async fn bootstrap(
        &self,
        request: BootstrapRequest,
    ) -> (BootstrapOutcome, Vec<BootstrapEvent>) {
        let admin = self.session(&self.admin).await;
        let plan = BootstrapPlan::prepare(&admin, request).await;
        let plan = plan.expect("a plan");
        let keeper = Standby::default();
        let outcome = plan.apply(&admin, &keeper).await.expect("an outcome");
        (outcome, keeper.events())
    }

    /// The page's user, and a key of it.
    pub(crate) async fn user(&self, self_check: bool) -> AccessKey {
        let mut request = request();
        request.blueprint.self_check = self_check;
        self.bootstrap(request).await.0.access_key.expect("a key")
    }

    pub(crate) async fn put_user_policy(&self, name: &str, document: &str) {
        let call = self
            .iam()
            .put_user_policy()
            .user_name(USER)
            .policy_name(name);
        call.policy_document(document)
            .send()
            .await
            .expect("a policy");
    }

    pub(crate) async fn create_policy(&self, name: &str, document: &str) -> String {
        let call = self
            .iam()
            .create_policy()
            .policy_name(name)
            .policy_document(document);
        let answer = call.send().await.expect("a policy");
        answer
            .policy()
            .and_then(|policy| policy.arn())
            .expect("an ARN")
            .to_owned()
    }

    /// A user that no bootstrap made.
    pub(crate) async fn create_user(&self, name: &str) {
        let call = self.iam().create_user().user_name(name);
        call.send().await.expect("a user");
    }

    /// Bounds the user by a policy.
    pub(crate) async fn bound(&self, arn: &str) {
        let call = self.iam().put_user_permissions_boundary().user_name(USER);
        call.permissions_boundary(arn)
            .send()
            .await
            .expect("a boundary");
    }

    /// Makes a group, and puts the user into it.
    pub(crate) async fn join_group(&self, group: &str) {
        let iam = self.iam();
        let call = iam.create_group().group_name(group);
        call.send().await.expect("a group");
        let call = iam.add_user_to_group().group_name(group).user_name(USER);
        call.send().await.expect("a member");
    }

    pub(crate) async fn put_group_policy(&self, group: &str, name: &str, document: &str) {
        let iam = self.iam();
        let call = iam.put_group_policy().group_name(group).policy_name(name);
        let call = call.policy_document(document);
        call.send().await.expect("a policy");
    }

    /// What a bootstrap would do.
    pub(crate) async fn plan(&self, request: BootstrapRequest) -> Result<Planned, BootstrapError> {
        let admin = self.session(&self.admin).await;
        let plan = BootstrapPlan::prepare(&admin, request).await?;
        Ok(plan.planned().clone())
    }

    /// What the way back would do.
    pub(crate) async fn plan_undo(&self, request: UndoRequest) -> Planned {
        let admin = self.session(&self.admin).await;
        let plan = UndoPlan::prepare(&admin, request).await.expect("a plan");
        plan.planned().clone()
    }

    pub(crate) async fn undo(&self, request: UndoRequest) {
        let admin = self.session(&self.admin).await;
        let plan = UndoPlan::prepare(&admin, request).await.expect("a plan");
        plan.apply(&admin, |_| {}).await.expect("the way back");
    }

    /// Checks a key, by the administrator or on its own.
    pub(crate) async fn check(&self, key: &AccessKey, by_admin: bool) -> CheckResult {
        self.check_telling(key, by_admin, &Silent).await
    }

    pub(crate) async fn check_telling(
        &self,
        key: &AccessKey,
        by_admin: bool,
        progress: &dyn Progress,
    ) -> CheckResult {
        self.check_with(key, by_admin, CheckOptions::default(), progress)
            .await
    }

    pub(crate) async fn check_with(
        &self,
        key: &AccessKey,
        by_admin: bool,
        options: CheckOptions,
        progress: &dyn Progress,
    ) -> CheckResult {
        let subject = self.session(key).await;
        let admin = self.session(&self.admin).await;
        let request = CheckRequest {
            identity: subject.identify().await.expect("an identity"),
            region: region(),
            requirements: selection().requirements(),
            options,
        };
        let reader = by_admin.then_some(&admin);
        check(&subject, reader, &request, progress)
            .await
            .expect("a result")
    }
}

pub(crate) fn region() -> Region {
    Region::parse("us-east-1").expect("a region")
}

pub(crate) fn selection() -> Selection<'static> {
    let release = commissary_permissions::release("kommander-2.2").expect("a release");
    release.select(&[]).expect("every feature")
}

/// What the page asks for.
pub(crate) fn request() -> BootstrapRequest {
    request_for(&selection())
}

/// What a selection of features asks for.
pub(crate) fn request_for(selection: &Selection<'_>) -> BootstrapRequest {
    let options = PolicyOptions {
        form: selection.release().form(),
        narrowing: None,
    };
    let parts = selection.policies(&options).parts;
    BootstrapRequest {
        blueprint: Blueprint::of_user("aws", USER, POLICY, &parts),
        policy_name: POLICY.to_owned(),
        change_others: false,
        key: KeyWish::IfNone,
        interrupted: None,
        kept: Vec::new(),
        now: now(),
        words: WORDS,
        move_user: false,
    }
}

fn key_of(credentials: &str, profile: &str) -> AccessKey {
    let section = credentials
        .split(&format!("[{profile}]"))
        .nth(1)
        .expect("the profile");
    let section = section.split("\n[").next().expect("its settings");
    let setting = |name: &str| {
        let mut lines = section.lines().filter_map(|line| line.split_once('='));
        let (_, value) = lines
            .find(|(key, _)| key.trim() == name)
            .expect("the setting");
        value.trim().to_owned()
    };
    let secret = SecretInput::new(setting("aws_secret_access_key"));
    AccessKey::parse(&setting("aws_access_key_id"), secret, None)
        .expect("a key")
        .0
}

/// Another key than the one given: the same but for its secret.
pub(crate) fn with_wrong_secret(key: &AccessKey) -> AccessKey {
    let secret = SecretInput::new("0123456789012345678901234567890123456789".to_owned());
    AccessKey::parse(key.id.as_str(), secret, None)
        .expect("a key")
        .0
}

/// A policy of one statement about an action.
pub(crate) fn statement(effect: &str, action: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Sid":"Guard","Effect":"{effect}","Action":"{action}","Resource":"*"}}}}"#
    )
}

/// The verdict on the first requirement of an action.
pub(crate) fn verdict<'a>(result: &'a CheckResult, action: &str) -> &'a Verdict {
    let finding = result
        .findings
        .iter()
        .find(|finding| finding.action == action);
    &finding.expect("the action").verdict
}

/// How many findings are allowed, denied, conditional, unverifiable.
pub(crate) fn counts(result: &CheckResult) -> [usize; 4] {
    let count = |wanted: fn(&Verdict) -> bool| {
        result
            .findings
            .iter()
            .filter(|finding| wanted(&finding.verdict))
            .count()
    };
    [
        count(|verdict| matches!(verdict, Verdict::Allowed)),
        count(|verdict| matches!(verdict, Verdict::Denied { .. })),
        count(|verdict| matches!(verdict, Verdict::Conditional { .. })),
        count(|verdict| matches!(verdict, Verdict::Unverifiable { .. })),
    ]
}

/// Remembers what it is told.
#[derive(Default)]
pub(crate) struct Heard(std::sync::Mutex<Vec<CheckEvent>>);

impl Heard {
    pub(crate) fn events(&self) -> Vec<CheckEvent> {
        self.0.lock().expect("no panic elsewhere").clone()
    }
}

impl Progress for Heard {
    fn tell(&self, event: CheckEvent) {
        self.0.lock().expect("no panic elsewhere").push(event);
    }
}

/// Takes back what [`request`] made.
pub(crate) fn way_back() -> UndoRequest {
    UndoRequest {
        blueprint: Blueprint::of_user("aws", USER, POLICY, &[]),
        policy_name: POLICY.to_owned(),
    }
}
