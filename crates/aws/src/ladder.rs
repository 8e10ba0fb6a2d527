//! The verification ladder: what a credential may do, and how that is known.
//!
//! The rungs are identity (STS), simulation by AWS, reading the principal's policies, and probes
//! with the credential itself. A rung that cannot be used is told as such; what no rung settles is
//! unverifiable, never denied.

mod account;
mod combine;
mod excess;
mod facts;
mod judge;
mod policies;
mod probing;
mod reasons;
mod root;
mod rungs;
mod simulation;
mod standing;

use commissary_core::domain::{CheckRequest, CheckResult, Rung};
use commissary_core::ports::{CloudError, Progress};
use commissary_permissions::{Samples, Scope};
use tokio::time::Instant;

use self::combine::{Rungs, combine};
use self::facts::Known;
use self::rungs::{Access, Climbed};
use self::standing::Standing;
use crate::AwsSession;
use crate::principal::Principal;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// AWS refuses the credential that is checked.
    #[error(transparent)]
    Subject(CloudError),
    /// AWS refuses the administrator's credential, or cannot be asked who it is.
    #[error("the administrator's credential cannot be used for the check: {0}")]
    Reader(CloudError),
    /// The administrator's credential cannot see the principal.
    #[error(
        "the administrator's credential belongs to account `{reader}`, the credential to check to account `{subject}`; use an administrator of `{subject}`"
    )]
    OtherAccount {
        /// The administrator's account.
        reader: String,
        /// The account of the credential to check.
        subject: String,
    },
}

/// Runs the ladder for `subject`, whose identity is in `request`. With a `reader` (an
/// administrator's session, used for this check only) AWS is asked with the reader's rights
/// instead of the subject's own.
///
/// # Errors
/// AWS refuses one of the credentials, or the reader is of another account. That a rung cannot be
/// used is no error.
pub async fn check(
    subject: &AwsSession,
    reader: Option<&AwsSession>,
    request: &CheckRequest,
    progress: &dyn Progress,
) -> Result<CheckResult, CheckError> {
    if let Some(reader) = reader {
        same_account(reader, request).await?;
    }
    let ladder = Ladder::new(subject, reader, request, progress);
    ladder.climb().await.map_err(|error| match reader {
        Some(_) => CheckError::Reader(error),
        None => CheckError::Subject(error),
    })
}

async fn same_account(reader: &AwsSession, request: &CheckRequest) -> Result<(), CheckError> {
    let administrator = reader.identify().await.map_err(CheckError::Reader)?;
    if administrator.account_id == request.identity.account_id {
        return Ok(());
    }
    Err(CheckError::OtherAccount {
        reader: administrator.account_id,
        subject: request.identity.account_id.clone(),
    })
}

/// One run of the ladder.
struct Ladder<'a> {
    request: &'a CheckRequest,
    principal: Principal,
    /// The credential that is checked.
    subject: &'a AwsSession,
    /// Whose rights are used to simulate and to read.
    asker: &'a AwsSession,
    /// Whether these are an administrator's.
    by_reader: bool,
    /// Whether the credential that is checked has a session token.
    temporary: bool,
    /// What every request of it carries.
    known: Known,
    /// The requests of each requirement.
    samples: Vec<Samples>,
    scope: Scope,
    /// When everything ends; what is not known by then is left.
    deadline: Instant,
    progress: &'a dyn Progress,
    /// What is settled by now.
    standing: Standing<'a>,
}

impl<'a> Ladder<'a> {
    fn new(
        subject: &'a AwsSession,
        reader: Option<&'a AwsSession>,
        request: &'a CheckRequest,
        progress: &'a dyn Progress,
    ) -> Self {
        let scope = Scope {
            partition: request.identity.partition.to_string(),
            account_id: request.identity.account_id.clone(),
            region: request.region.to_string(),
        };
        let requirements = request.requirements.iter();
        let principal = Principal::of(&request.identity);
        Self {
            request,
            known: Known::of(&request.identity, &principal, subject.is_temporary()),
            principal,
            subject,
            asker: reader.unwrap_or(subject),
            by_reader: reader.is_some(),
            temporary: subject.is_temporary(),
            samples: requirements
                .map(|requirement| requirement.samples(&scope))
                .collect(),
            scope,
            deadline: Instant::now() + subject.timeouts().check,
            progress,
            standing: Standing::new(&request.requirements, progress),
        }
    }

    async fn climb(&self) -> Result<CheckResult, CloudError> {
        self.standing.begin();
        let (simulated, (read, reading)) = match self.principal {
            Principal::Root => return Ok(self.of_root().await),
            Principal::Other => (
                self.unused(Rung::Simulation, FEDERATED),
                (self.unused(Rung::Policies, FEDERATED), None),
            ),
            Principal::User { .. } | Principal::RoleSession { .. } => {
                let simulated = match self.may_use(Rung::Simulation) {
                    true => self.simulate().await?,
                    false => self.unused(Rung::Simulation, NOT_WANTED),
                };
                let read = match self.may_use(Rung::Policies) {
                    true => self.read(&simulated).await?,
                    false => (self.unused(Rung::Policies, NOT_WANTED), None),
                };
                (simulated, read)
            }
        };
        let silent = [&simulated, &read]
            .iter()
            .any(|rung| rung.access == Access::Silent);
        let (probed, excess, found) = tokio::join!(
            self.probed(&simulated),
            self.excess(reading.as_ref(), &read.outcome.said),
            self.look(silent),
        );
        let rungs = Rungs {
            simulated,
            read,
            probed,
        };
        let mut result = combine(self, &rungs);
        result.account = self.account(found, &result.findings);
        result.excess = Some(excess);
        Ok(result)
    }

    async fn probed(&self, simulated: &Climbed) -> Climbed {
        match self.may_use(Rung::Probes) {
            true => self.probe(simulated).await,
            false => self.unused(Rung::Probes, NOT_WANTED),
        }
    }

    async fn of_root(&self) -> CheckResult {
        let mut result = root::check(self);
        let found = self.look(false).await;
        result.account = self.account(found, &result.findings);
        result.excess = Some(excess::of_root());
        result
    }

    fn may_use(&self, rung: Rung) -> bool {
        self.request.options.rungs.contains(&rung)
    }
}

/// Why a rung ended early.
const OUT_OF_TIME: &str = "the time for the check ran out";

const NOT_WANTED: &str = "not tried: it was not to be";

const FEDERATED: &str = "AWS tells the rights of users and roles only, and this is a federated session; check the user that it comes from";
