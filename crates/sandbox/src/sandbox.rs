//! The sandbox as other crates see it.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use tokio::net::TcpListener;

use crate::account::file::AccountFile;
use crate::account::keys::{AccessKey, Status};
use crate::account::partition::Partition;
use crate::account::principal::Principal;
use crate::account::scps::ServiceControlPolicies;
use crate::account::{ADMINISTRATOR, Account};
use crate::controls::{Controls, Desk};
use crate::endpoint::{self, Clock, Endpoint};
use crate::error::SandboxError;
use crate::options::SandboxOptions;
use crate::profile::{self, ProfilePaths};
use crate::random::{Random, RandomSource};

/// The profile of the root user's key.
const ROOT_PROFILE: &str = "sandbox-root";

/// An AWS account on this machine.
pub struct Sandbox {
    folder: PathBuf,
    account_id: String,
    endpoint: Arc<Endpoint>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("folder", &self.folder)
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Opens the account in `dir`, or begins a new one there.
    ///
    /// The folder is held until the sandbox and everything made from it are dropped.
    ///
    /// # Errors
    /// When the folder or the account file cannot be read or written, holds something else than
    /// an account, or is in use by another sandbox.
    pub fn open(dir: &Path, clock: Clock, random: RandomSource) -> Result<Sandbox, SandboxError> {
        Sandbox::open_with(dir, clock, random, SandboxOptions::default())
    }

    /// Opens the account in `dir`, or begins a new one there, to behave as `options` say.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when the account in the folder is of another partition, or a
    /// service control policy is none.
    pub fn open_with(
        dir: &Path,
        clock: Clock,
        random: RandomSource,
        options: SandboxOptions,
    ) -> Result<Sandbox, SandboxError> {
        let random = Random::new(random);
        let scps = options.service_control_policies.as_deref();
        let scps = scps.map(ServiceControlPolicies::read).transpose()?;
        let file = AccountFile::open(dir)?;
        let found = file.load()?;
        let before = found.as_ref().map(|account| account.scps.clone());
        let mut account = match found {
            Some(account) => account,
            None => Account::create(options.partition.unwrap_or_default(), &random, clock()),
        };
        if let Some(asked) = options.partition
            && asked != account.partition
        {
            return Err(SandboxError::Partition {
                path: dir.to_owned(),
                found: account.partition.name(),
                asked: asked.name(),
            });
        }
        if let Some(scps) = scps {
            account.scps = scps;
        }
        if before.as_ref() != Some(&account.scps) {
            file.save(&account)?;
        }
        Ok(Sandbox {
            folder: dir.to_owned(),
            account_id: account.id.clone(),
            endpoint: Arc::new(Endpoint {
                account: Mutex::new(account),
                file,
                clock,
                random,
                desk: Desk::new(options.behaviour),
                rights: Mutex::default(),
            }),
        })
    }

    /// The account's twelve digits, which stay the same for good.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// The account's partition.
    pub fn partition(&self) -> Partition {
        self.endpoint.account().partition
    }

    /// A handle that stays good while the sandbox serves.
    pub fn controls(&self) -> Controls {
        Controls {
            endpoint: Arc::clone(&self.endpoint),
        }
    }

    /// The whole endpoint.
    pub fn router(&self) -> Router {
        endpoint::router(Arc::clone(&self.endpoint))
    }

    /// Answers on `listener` until `shutdown` is ready; requests under way are finished.
    ///
    /// # Errors
    /// When the listener is not on loopback (the sandbox speaks plain HTTP and is nobody else's
    /// business), or fails.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let address = listener.local_addr()?;
        if !address.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "the sandbox serves on loopback only: use 127.0.0.1 in place of `{address}`"
                ),
            ));
        }
        let service = self
            .router()
            .into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service)
            .with_graceful_shutdown(shutdown)
            .await
    }

    /// Writes the profiles `sandbox-admin` and `sandbox-root` into `aws/config` and
    /// `aws/credentials` below the sandbox's folder, so that `AWS_CONFIG_FILE` and
    /// `AWS_SHARED_CREDENTIALS_FILE` make every AWS tool talk to the sandbox at `endpoint_url`.
    /// Other profiles in those files stay.
    ///
    /// The root user's profile is there to see what a tool says of root credentials; it is left
    /// out when the account has no active root key.
    ///
    /// # Errors
    /// When `endpoint_url` is no web address, the administrator has no active key, or the files
    /// cannot be written.
    pub fn write_profile(&self, endpoint_url: &str) -> Result<ProfilePaths, SandboxError> {
        let account = self.endpoint.account();
        let administrator = Principal::User(ADMINISTRATOR.to_owned());
        let key = active_key(&account, &administrator).ok_or(SandboxError::NoAdministratorKey)?;
        let mut profiles = vec![(ADMINISTRATOR, key)];
        profiles.extend(active_key(&account, &Principal::Root).map(|key| (ROOT_PROFILE, key)));
        let region = account.partition.region();
        profile::write(&self.folder.join("aws"), endpoint_url, region, &profiles)
    }
}

fn active_key<'a>(account: &'a Account, owner: &Principal) -> Option<&'a AccessKey> {
    let keys = account.keys(owner).ok()?;
    keys.iter().find(|key| key.status == Status::Active)
}
