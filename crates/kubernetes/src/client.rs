//! A client of one cluster, in which every call ends.

use std::time::Duration;

use commissary_core::domain::ClusterAccess;
use commissary_core::ports::DeliveryError;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use secrecy::ExposeSecret as _;

use crate::failures;
use crate::service_account::ServiceAccount;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a call may take.
const CALL: Duration = Duration::from_secs(15);

/// A cluster that can be asked.
pub(crate) struct Session {
    /// The client.
    pub(crate) client: Client,
    /// Where it asks.
    pub(crate) server: String,
}

impl Session {
    /// Makes a client; no call goes out yet.
    pub(crate) async fn open(
        access: &ClusterAccess,
        inside: &ServiceAccount,
    ) -> Result<Self, DeliveryError> {
        let mut config = match access {
            ClusterAccess::Kubeconfig(kubeconfig) => {
                let parsed = Kubeconfig::from_yaml(kubeconfig.text.expose_secret());
                let damaged = || {
                    DeliveryError::NoAccess(
                        "the kubeconfig that is kept cannot be used; give it another one"
                            .to_owned(),
                    )
                };
                Config::from_custom_kubeconfig(
                    parsed.map_err(|_| damaged())?,
                    &KubeConfigOptions::default(),
                )
                .await
                .map_err(|_| damaged())?
            }
            ClusterAccess::InCluster => inside.config().await.ok_or_else(|| {
                DeliveryError::NoAccess(
                    "this server does not run inside a Kubernetes cluster with a service account; add the cluster with a kubeconfig".to_owned(),
                )
            })?,
        };
        config.connect_timeout = Some(CONNECT);
        // What could not be done is told and tried again by who decides when.
        config.default_retry = false;
        let server = config.cluster_url.to_string();
        let client = Client::try_from(config).map_err(|_| {
            DeliveryError::NoAccess(
                "the certificates or the key of the kubeconfig cannot be read; give it another one"
                    .to_owned(),
            )
        })?;
        Ok(Self { client, server })
    }

    /// Waits for an answer, and not for ever; `what` is the call as a verb phrase.
    pub(crate) async fn answer<T>(
        &self,
        what: &str,
        call: impl Future<Output = Result<T, kube::Error>>,
    ) -> Result<T, DeliveryError> {
        match tokio::time::timeout(CALL, call).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(failures::told(&error, &self.server, what)),
            Err(_) => Err(DeliveryError::Unreachable {
                server: self.server.clone(),
                why: format!("there was no answer within {} seconds", CALL.as_secs()),
            }),
        }
    }
}
