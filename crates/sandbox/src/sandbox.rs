//! The sandbox as other crates see it.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use tokio::net::TcpListener;

use crate::account::documents;
use crate::account::file::AccountFile;
use crate::account::keys::{AccessKey, Status};
use crate::account::principal::Principal;
use crate::account::{ADMINISTRATOR, Account, ServiceControlPolicy};
use crate::endpoint::{self, Clock, Endpoint};
use crate::error::SandboxError;
use crate::profile::{self, ProfilePaths};
use crate::random::{Random, RandomSource};

/// The profile of the root user's key.
const ROOT_PROFILE: &str = "sandbox-root";

/// What AWS looks at first, the caller's right or whether the resource exists. AWS documents it for
/// no operation, and its services differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// A caller without the right is told so, whatever the request names.
    #[default]
    RightFirst,
    /// A name of nothing is told to anybody, so that a request with a made-up name proves nothing.
    ResourceFirst,
}

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
        let random = Random::new(random);
        let file = AccountFile::open(dir)?;
        let account = match file.load()? {
            Some(account) => account,
            None => {
                let account = Account::create(&random, clock());
                file.save(&account)?;
                account
            }
        };
        Ok(Sandbox {
            folder: dir.to_owned(),
            account_id: account.id.clone(),
            endpoint: Arc::new(Endpoint {
                account: Mutex::new(account),
                order: Order::default(),
                file,
                clock,
                random,
            }),
        })
    }

    /// The same with another order of looking at rights and resources.
    #[must_use]
    pub fn in_order(mut self, order: Order) -> Sandbox {
        if let Some(endpoint) = Arc::get_mut(&mut self.endpoint) {
            endpoint.order = order;
        }
        self
    }

    /// Places the account in an organisation with these service control policies: one list of
    /// names and documents per level, root first. They bound every user of the account from the
    /// next request on. The root user, whom AWS bounds as well, still may do everything here.
    ///
    /// # Errors
    /// When a document is no policy, or the account cannot be written.
    pub fn set_service_control_policies(
        &self,
        levels: &[Vec<(String, String)>],
    ) -> Result<(), SandboxError> {
        let policies = levels.iter().map(|level| {
            let policies = level.iter().map(|(name, text)| {
                documents::check(text)
                    .map(|document| ServiceControlPolicy {
                        name: name.clone(),
                        document,
                    })
                    .map_err(|fault| SandboxError::Policy {
                        name: name.clone(),
                        why: fault.message,
                    })
            });
            policies.collect::<Result<Vec<_>, _>>()
        });
        let policies = policies.collect::<Result<Vec<_>, _>>()?;
        let mut account = self.endpoint.account();
        let mut changed = account.clone();
        changed.service_control_policies = policies;
        self.endpoint.file.save(&changed)?;
        *account = changed;
        Ok(())
    }

    /// The account's twelve digits, which stay the same for good.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// The whole endpoint, at `/`.
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
        profile::write(&self.folder.join("aws"), endpoint_url, &profiles)
    }
}

fn active_key<'a>(account: &'a Account, owner: &Principal) -> Option<&'a AccessKey> {
    let keys = account.keys(owner).ok()?;
    keys.iter().find(|key| key.status == Status::Active)
}
