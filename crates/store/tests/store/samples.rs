//! A home for a store, and things to keep in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};

use commissary_core::domain::{
    AccessKey, AuditEntry, AuditEvent, AuditFilter, AuditOutcome, Authentication, Check, CheckId,
    CheckOptions, CheckState, Identity, Page, PageRequest, PermissionReport, Provider, ProviderId,
    ProviderName, ProviderQuery, Region, SecretInput, Workspace, WorkspaceId, WorkspaceName,
};
use commissary_core::people::{
    ApiToken, Invitation, InvitationId, PasswordHash, Reach, Role, Scope, Session, SessionId,
    TokenHash, TokenId, User, UserId,
};
use commissary_core::ports::{Begun, PeopleStore as _, SetupLink, Store as _, StoreError};
use commissary_store::{OpenError, OpenOptions, SqlStore};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use uuid::Uuid;

pub(crate) const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET: &str = "canaryCANARYcanaryCANARYcanaryCANARY+/40";

static TICKS: AtomicI64 = AtomicI64::new(1);

fn tick() -> i64 {
    TICKS.fetch_add(1, Ordering::Relaxed)
}

/// An id that sorts after all before it.
pub(crate) fn new_id() -> Uuid {
    Uuid::from_u128((0x0198_c0de_0000_7000_8000_u128 << 48) | tick() as u128)
}

/// A moment after all before it, uneven to the nanosecond.
pub(crate) fn now() -> Timestamp {
    Timestamp::new(1_790_000_000 + tick(), 123_456_789).unwrap()
}

/// A folder with a data directory and, beside it, a root key.
pub(crate) struct Home(tempfile::TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.0.path().join("data")
    }

    pub(crate) fn root_key(&self) -> PathBuf {
        self.0.path().join("root.key")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir().join("commissary.db")
    }

    pub(crate) fn options(&self) -> OpenOptions {
        OpenOptions {
            dir: self.dir(),
            root_key: self.root_key(),
        }
    }

    pub(crate) async fn open(&self) -> SqlStore {
        self.try_open().await.unwrap()
    }

    pub(crate) async fn try_open(&self) -> Result<SqlStore, OpenError> {
        SqlStore::open(self.options()).await
    }

    pub(crate) async fn refusal(&self) -> OpenError {
        self.try_open().await.unwrap_err()
    }

    /// The database behind the store's back.
    pub(crate) async fn sql(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.database());
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    pub(crate) async fn execute(&self, sql: &'static str) {
        let mut connection = self.sql().await;
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

pub(crate) fn event(action: &str) -> AuditEvent {
    AuditEvent {
        id: new_id(),
        at: now(),
        actor: "admin".to_owned(),
        from: "127.0.0.1".to_owned(),
        request_id: Some("0198-request".to_owned()),
        action: action.to_owned(),
        target: "team-a/prod".to_owned(),
        workspace_id: None,
        outcome: AuditOutcome::Done,
    }
}

pub(crate) fn workspace(name: &str) -> Workspace {
    Workspace {
        id: WorkspaceId(new_id()),
        name: WorkspaceName::parse(name).unwrap(),
        created_at: now(),
    }
}

pub(crate) async fn kept_workspace(store: &SqlStore, name: &str) -> Workspace {
    let workspace = workspace(name);
    let done = store
        .insert_workspace(&workspace, &event("workspace.create"))
        .await;
    done.unwrap();
    workspace
}

pub(crate) fn provider_name(name: &str) -> ProviderName {
    ProviderName::parse(name).unwrap()
}

/// A provider with nothing but what is needed.
pub(crate) fn provider(workspace: &Workspace, name: &str) -> Provider {
    let at = now();
    Provider {
        id: ProviderId(new_id()),
        workspace_id: workspace.id,
        name: provider_name(name),
        authentication: Authentication::Static {
            access_key_id: key().id,
            temporary: false,
        },
        region: Region::parse("eu-central-1").unwrap(),
        release: "kommander-2.2".to_owned(),
        features: vec!["ec2".to_owned(), "eks".to_owned()],
        identity: None,
        refusal: None,
        last_check: None,
        key_since: at,
        created_at: at,
        updated_at: at,
        revision: 0,
    }
}

pub(crate) async fn kept_provider(store: &SqlStore, workspace: &Workspace, name: &str) -> Provider {
    kept_with_key(store, workspace, name, &key()).await
}

/// The providers of a workspace by name.
pub(crate) async fn all_providers(store: &SqlStore, workspace: &Workspace) -> Vec<Provider> {
    let by_name = ProviderQuery::default();
    let page = store.providers(workspace.id, &by_name, None, PageRequest::MAX_LIMIT);
    page.await.unwrap().items
}

pub(crate) async fn kept_with_key(
    store: &SqlStore,
    workspace: &Workspace,
    name: &str,
    key: &AccessKey,
) -> Provider {
    let mut provider = provider(workspace, name);
    provider.authentication = Authentication::Static {
        access_key_id: key.id.clone(),
        temporary: key.session_token.is_some(),
    };
    let done = store
        .insert_provider(&provider, key, &event("provider.add"))
        .await;
    done.unwrap();
    provider
}

fn parsed(id: &str, secret: &str, token: Option<&str>) -> AccessKey {
    let token = token.map(|token| SecretInput::new(token.to_owned()));
    let secret = SecretInput::new(secret.to_owned());
    AccessKey::parse(id, secret, token).unwrap().0
}

pub(crate) fn key() -> AccessKey {
    parsed(KEY_ID, SECRET, None)
}

pub(crate) fn other_key() -> AccessKey {
    parsed("AKIAI44QH8DHBEXAMPLE", &SECRET.to_lowercase(), None)
}

pub(crate) fn temporary_key() -> AccessKey {
    parsed("ASIAIOSFODNN7EXAMPLE", SECRET, Some(&SECRET.repeat(9)))
}

pub(crate) fn identity() -> Identity {
    let json = json!({
        "accountId": "123456789012",
        "principalArn": "arn:aws:iam::123456789012:user/Kommander",
        "userId": "AIDAEXAMPLE",
        "partition": "aws",
    });
    serde_json::from_value(json).unwrap()
}

/// A check of a provider that runs.
pub(crate) fn check(provider: &Provider) -> Check {
    Check {
        id: CheckId(new_id()),
        provider_id: provider.id,
        workspace_id: provider.workspace_id,
        target: "team-a/prod".to_owned(),
        state: CheckState::Running,
        options: CheckOptions::default(),
        administrator: false,
        cancellable: true,
        cancelling: false,
        started_by: "admin".to_owned(),
        request_id: Some("r-1".to_owned()),
        started_at: now(),
        lease_until: now() + SignedDuration::from_secs(30),
        ended_at: None,
        summary: None,
        changes: None,
        failure: None,
    }
}

/// Begins a check and ends it with a report.
pub(crate) async fn save_report(
    store: &SqlStore,
    provider: &Provider,
    report: &PermissionReport,
    event: &AuditEvent,
) -> Result<(), StoreError> {
    let check = check(provider);
    let begun = store
        .begin_check(&check, &self::event("check.start"))
        .await?;
    assert_eq!(begun, Begun::Began);
    let done = store.finish_check(check.id, provider, report, None, event);
    done.await
}

/// A report with a finding of every verdict.
pub(crate) fn report() -> PermissionReport {
    let finding = |more: Value| {
        let mut finding = json!({
            "requirement": "ec2-run", "action": "ec2:RunInstances", "resource": "*",
            "kind": "ec2-instances",
        });
        let more = more.as_object().unwrap().clone();
        finding.as_object_mut().unwrap().extend(more);
        finding
    };
    let evidence = json!({"rung": "simulation", "detail": "statement `A`"});
    let by = json!({"layer": "identity policies", "statements": ["`B` of `C`"]});
    let json = json!({
        "at": now(),
        "release": "kommander-2.2",
        "features": ["ec2"],
        "region": "eu-central-1",
        "identity": identity(),
        "warnings": ["„ünïcode“\n\u{0}"],
        "rungs": [{"rung": "simulation", "gaveEvidence": true, "said": "it's all there"}],
        "findings": [
            finding(json!({"verdict": "allowed", "evidence": evidence, "also": ["vpc"]})),
            finding(json!({"verdict": "allowed"})),
            finding(json!({"verdict": "denied", "by": by})),
            finding(json!({"verdict": "conditional", "keys": ["aws:SourceIp"]})),
            finding(json!({"verdict": "unverifiable", "because": "AWS did not say"})),
        ],
    });
    serde_json::from_value(json).unwrap()
}

pub(crate) fn user(name: &str) -> User {
    User {
        id: UserId(new_id()),
        name: name.to_owned(),
        password: Some(PasswordHash::from_stored("$argon2id$v=19$x".to_owned())),
        administrator: true,
        roles: BTreeMap::new(),
        elsewhere: None,
        disabled_at: None,
        created_at: now(),
    }
}

pub(crate) fn session(user: &User, token: &str) -> Session {
    let at = now();
    Session {
        id: SessionId(new_id()),
        hash: TokenHash::of(token),
        user_id: user.id,
        address: "192.0.2.7".to_owned(),
        browser: "Mozilla/5.0".to_owned(),
        created_at: at,
        seen_at: at,
        expires_at: at + SignedDuration::from_hours(1),
    }
}

/// A token of a user, or of the installation.
pub(crate) fn api_token(owner: Option<&User>, name: &str, token: &str) -> ApiToken {
    ApiToken {
        id: TokenId(new_id()),
        hash: TokenHash::of(token),
        name: name.to_owned(),
        owner: owner.map(|user| (user.id, user.name.clone())),
        scope: Scope::default(),
        created_at: now(),
        expires_at: None,
        used: None,
    }
}

/// A store's first user, a global administrator.
pub(crate) async fn set_up(store: &SqlStore, name: &str) -> User {
    let user = user(name);
    let link = SetupLink {
        hash: TokenHash::of("link"),
        expires_at: now(),
    };
    store.replace_setup_link(&link).await.unwrap();
    store
        .complete_setup(&link.hash, &user, &event("user.create"))
        .await
        .unwrap();
    user
}

pub(crate) fn invitation(inviter: &User, name: &str, link: &str) -> Invitation {
    Invitation {
        id: InvitationId(new_id()),
        hash: TokenHash::of(link),
        name: name.to_owned(),
        administrator: false,
        roles: BTreeMap::new(),
        invited_by: inviter.name.clone(),
        inviter: Some(inviter.id),
        created_at: now(),
        expires_at: now() + SignedDuration::from_hours(1),
    }
}

/// A user who was invited and came.
pub(crate) async fn invited(store: &SqlStore, inviter: &User, user: User) -> User {
    let invitation = invitation(inviter, &user.name, &user.name);
    store
        .insert_invitation(&invitation, &event("invitation.create"))
        .await
        .unwrap();
    store
        .accept_invitation(&invitation.hash, &user, &event("user.create"))
        .await
        .unwrap();
    user
}

/// What a global administrator sees.
pub(crate) const ALL: Reach = Reach::Everywhere(Role::Admin);

pub(crate) fn after(limit: u32, after: Option<String>) -> PageRequest {
    PageRequest::new(limit, after)
}

/// A page of the whole audit log, the newest first.
pub(crate) async fn audit_page(store: &SqlStore, page: &PageRequest) -> Page<AuditEntry> {
    let all = AuditFilter::default();
    store.audit_events(&all, page).await.unwrap()
}

/// The audit log's actions, the newest first.
pub(crate) async fn audited(store: &SqlStore) -> Vec<String> {
    let page = audit_page(store, &PageRequest::first()).await;
    page.items
        .into_iter()
        .map(|entry| entry.event.action)
        .collect()
}
