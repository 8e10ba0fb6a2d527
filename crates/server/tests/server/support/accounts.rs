//! An account in which one user can be made and taken back.

use std::sync::Mutex;

use async_trait::async_trait;
use commissary_core::domain::{
    AccessKey, AccessKeyId, BootstrapEvent, BootstrapOutcome, BootstrapRequest, BootstrapState,
    BootstrapStep, Identity, KeyStatus, KnownKey, LastUsed, Partition, PlanLine, Planned, Region,
    SecretInput, UndoRequest,
};
use commissary_core::ports::{Accounts, BootstrapError, CloudError, Keeper, Lent};
use tokio::sync::Notify;

use super::cloud::{SECRET, key};

/// How the making of a key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Luck {
    /// It is made.
    #[default]
    Good,
    /// It is made, and the answer is lost.
    Lost,
    /// It waits until it is told to go on.
    Slow,
}

/// The keys of the user, none where there is no user.
#[derive(Default)]
pub(crate) struct TableAccounts {
    keys: Mutex<Option<Vec<KnownKey>>>,
    pub(crate) luck: Mutex<Luck>,
    /// What the last request knew of a run before.
    pub(crate) interrupted: Mutex<bool>,
    pub(crate) began: Notify,
    pub(crate) go_on: Notify,
}

fn line(step: BootstrapStep, state: BootstrapState, detail: &str) -> PlanLine {
    let changes = state != BootstrapState::Existed;
    PlanLine {
        step,
        state,
        detail: detail.to_owned(),
        undo: changes.then(|| "by hand".to_owned()),
        changes,
    }
}

fn done(line: &PlanLine) -> BootstrapEvent {
    BootstrapEvent {
        step: line.step,
        state: line.state,
        detail: line.detail.clone(),
    }
}

fn known(id: &str) -> KnownKey {
    KnownKey {
        id: AccessKeyId::parse(id).unwrap(),
        status: KeyStatus::Active,
        created_at: None,
        last_used: LastUsed::Never,
    }
}

impl TableAccounts {
    /// A user that has a key which nobody here knows the secret of.
    pub(crate) fn has_user(&self) {
        *self.keys.lock().unwrap() = Some(vec![known("AKIAELSEWHEREELSEWH1")]);
    }

    fn known(&self) -> Option<Vec<KnownKey>> {
        self.keys.lock().unwrap().clone()
    }

    fn planned(&self, lines: Vec<PlanLine>, makes_key: bool) -> Planned {
        Planned {
            administrator: Identity {
                account_id: "123456789012".to_owned(),
                principal_arn: "arn:aws:iam::123456789012:user/admin".to_owned(),
                user_id: "AIDAADMINADMINADMIN01".to_owned(),
                partition: Partition::new("aws"),
            },
            lines,
            makes_key,
            known_keys: self.known().unwrap_or_default(),
        }
    }

    fn plan(&self, request: &BootstrapRequest) -> Planned {
        use BootstrapState::{Existed, Made};
        let state = if self.known().is_some() {
            Existed
        } else {
            Made
        };
        let keys = self.known().unwrap_or_default();
        let key = if keys.is_empty() { Made } else { Existed };
        let detail = format!("no <key> is made: {}", request.words.another_key);
        let lines = vec![
            line(BootstrapStep::User, state, &request.blueprint.user_name),
            line(BootstrapStep::AccessKey, key, &detail),
        ];
        self.planned(lines, key == Made)
    }

    fn way_back(&self, request: &UndoRequest) -> Planned {
        let removed = self.known().map(|_| {
            let name = &request.blueprint.user_name;
            line(BootstrapStep::User, BootstrapState::Removed, name)
        });
        self.planned(removed.into_iter().collect(), false)
    }
}

#[async_trait]
impl Accounts for TableAccounts {
    async fn plan_user(
        &self,
        _: &Lent,
        request: BootstrapRequest,
    ) -> Result<Planned, BootstrapError> {
        request.blueprint.check()?;
        Ok(self.plan(&request))
    }

    async fn make_user(
        &self,
        _: &Lent,
        request: BootstrapRequest,
        keeper: &dyn Keeper,
    ) -> Result<BootstrapOutcome, BootstrapError> {
        *self.interrupted.lock().unwrap() = request.interrupted.is_some();
        let planned = self.plan(&request);
        keeper.planned(&planned).await?;
        let luck = *self.luck.lock().unwrap();
        if luck == Luck::Slow {
            self.began.notify_one();
            self.go_on.notified().await;
        }
        let mut access_key = None;
        for line in &planned.lines {
            if line.step == BootstrapStep::AccessKey && planned.makes_key {
                let noted = keeper.about_to_make_key(&planned.known_keys).await;
                noted.map_err(BootstrapError::NotNoted)?;
                if luck == Luck::Lost {
                    let endpoint = "https://iam.amazonaws.com".to_owned();
                    let error = CloudError::TimedOut {
                        endpoint,
                        seconds: 25,
                    };
                    return Err(BootstrapError::KeyUncertain(error));
                }
                let secret = SecretInput::new(SECRET.to_owned());
                let (made, _) = AccessKey::parse(key::READY, secret, None).unwrap();
                let kept = keeper.made_key(&made).await;
                kept.map_err(BootstrapError::NotKept)?;
                *self.keys.lock().unwrap() = Some(vec![known(key::READY)]);
                access_key = Some(made);
            }
            keeper.tell(done(line));
        }
        Ok(BootstrapOutcome {
            user_arn: "arn:aws:iam::123456789012:user/Kommander".to_owned(),
            policy_arns: vec!["arn:aws:iam::123456789012:policy/kommander-policy".to_owned()],
            access_key,
            known_keys: planned.known_keys,
        })
    }

    async fn plan_undo(&self, _: &Lent, request: UndoRequest) -> Result<Planned, BootstrapError> {
        request.blueprint.check()?;
        Ok(self.way_back(&request))
    }

    async fn undo(
        &self,
        _: &Lent,
        request: UndoRequest,
        tell: &(dyn Fn(BootstrapEvent) + Send + Sync),
    ) -> Result<Planned, BootstrapError> {
        request.blueprint.check()?;
        let planned = self.way_back(&request);
        planned.lines.iter().for_each(|line| tell(done(line)));
        *self.keys.lock().unwrap() = None;
        Ok(planned)
    }

    async fn wait_until_usable(
        &self,
        _: &AccessKey,
        _: &Region,
        tell: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Identity, CloudError> {
        tell(2);
        Ok(self.planned(Vec::new(), false).administrator)
    }

    async fn let_settle(&self) {}
}
