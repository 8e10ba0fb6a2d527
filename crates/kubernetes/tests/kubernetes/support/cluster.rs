//! The cluster as a test sees it.

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use commissary_core::domain::{ClusterAccess, NamespaceName};
use commissary_core::ports::Delivery as _;
use commissary_kubernetes::KubernetesDelivery;
use k8s_openapi::api::core::v1::Namespace;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Api, Client, Config};
use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use tempfile::TempDir;

use super::capa::{self, Served};
use super::log::{self, Request};
use super::process::Process;
use super::rbac;
use super::start::{self, Options, until};

/// The token of somebody who may do everything.
pub(crate) const ADMINISTRATOR: &str = "administrator-token";
/// The token of somebody who may do nothing.
pub(crate) const STRANGER: &str = "stranger-token";

const TOKENS: &str = "\
administrator-token,administrator,1,\"system:masters\"
stranger-token,stranger,2
";

/// A cluster that is gone with the test, with all that is in it.
pub(crate) struct Cluster {
    api_server: Option<Process>,
    _etcd: Process,
    ports: Ports,
    options: Options,
    capa: Option<Served>,
    folder: TempDir,
}

#[derive(Clone, Copy)]
struct Ports {
    etcd: u16,
    api_server: u16,
}

impl Cluster {
    /// Starts one without CAPA.
    pub(crate) async fn start(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The API server takes none but this kind, whole, to check tokens with.
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        fs::write(folder.path().join("sa.key"), key.serialize_pem()).unwrap();
        fs::write(folder.path().join("tokens.csv"), TOKENS).unwrap();
        let (etcd, etcd_port) = start::etcd(folder.path()).await;
        let (api_server, port) = start::api_server(folder.path(), etcd_port, options).await;
        let cluster = Self {
            api_server: Some(api_server),
            _etcd: etcd,
            ports: Ports {
                etcd: etcd_port,
                api_server: port,
            },
            options,
            capa: None,
            folder,
        };
        cluster.ready().await;
        cluster
    }

    /// Starts one with CAPA's kinds.
    pub(crate) async fn with_capa(served: Served) -> Self {
        let mut cluster = Self::start(Options::default()).await;
        cluster.install_capa(served).await;
        cluster
    }

    /// Installs CAPA's kinds and its namespace, `capa-system`.
    pub(crate) async fn install_capa(&mut self, served: Served) {
        capa::install(&self.administrator().await, served).await;
        self.capa = Some(served);
    }

    /// Makes a namespace.
    pub(crate) async fn make_namespace(&self, name: &str) {
        capa::namespace(&self.administrator().await, name).await;
    }

    /// Applies the manifest that the product prints; returns a token of its service account.
    pub(crate) async fn service_account(&self) -> String {
        rbac::service_account(&self.administrator().await).await
    }

    /// A kubeconfig for who has a token.
    pub(crate) fn kubeconfig(&self, token: &str) -> SecretString {
        SecretString::from(self.kubeconfig_text(token))
    }

    /// The same as a person has it in a file.
    pub(crate) fn kubeconfig_text(&self, token: &str) -> String {
        self.kubeconfig_at(self.port(), token)
    }

    /// One of what has the API server's certificate at another port.
    pub(crate) fn kubeconfig_at(&self, port: u16, token: &str) -> String {
        let authority = fs::read(self.certificates().join("apiserver.crt")).unwrap();
        let authority = base64::engine::general_purpose::STANDARD.encode(authority);
        let text = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "test",
            "contexts": [{ "name": "test", "context": { "cluster": "test", "user": "test" } }],
            "clusters": [{
                "name": "test",
                "cluster": {
                    "server": format!("https://127.0.0.1:{port}"),
                    "certificate-authority-data": authority,
                },
            }],
            "users": [{ "name": "test", "user": { "token": token } }],
        });
        text.to_string()
    }

    /// What the product is given.
    pub(crate) fn access(&self, token: &str) -> ClusterAccess {
        let taken = KubernetesDelivery::default().read_kubeconfig(&self.kubeconfig(token), None);
        ClusterAccess::Kubeconfig(taken.unwrap())
    }

    /// A client that is not the product's, for who has a token.
    pub(crate) async fn client(&self, token: &str) -> Client {
        let kubeconfig = Kubeconfig::from_yaml(self.kubeconfig(token).expose_secret()).unwrap();
        let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default())
            .await
            .unwrap();
        Client::try_from(config).unwrap()
    }

    /// A client for everything.
    pub(crate) async fn administrator(&self) -> Client {
        self.client(ADMINISTRATOR).await
    }

    /// Kills the API server; what it keeps is in etcd.
    pub(crate) fn kill_api_server(&mut self) {
        self.api_server = None;
    }

    /// Starts the API server again, where it was, with the certificate that it had.
    pub(crate) async fn start_api_server(&mut self) {
        let Ports { etcd, api_server } = self.ports;
        let again = start::api_server_again(self.folder.path(), etcd, api_server, self.options);
        self.api_server = Some(again.await);
        self.ready().await;
    }

    /// What was asked of the API server, where [`Options::audited`] is set. A request is noted
    /// when it is over, which may be a moment after it was answered.
    pub(crate) fn requests(&self) -> Vec<Request> {
        log::read(self.folder.path())
    }

    async fn ready(&self) {
        let client = self.administrator().await;
        until("the API server is ready", async || {
            let asked = http::Request::get("/readyz").body(Vec::new()).unwrap();
            client.request_text(asked).await.is_ok()
        })
        .await;
        // The API server makes it by itself, a moment later.
        let namespaces: Api<Namespace> = Api::all(client.clone());
        until("the namespace `default` is there", async || {
            namespaces.get("default").await.is_ok()
        })
        .await;
        if let Some(served) = self.capa {
            capa::comes(&client, served).await;
        }
    }

    /// Where the API server answers.
    pub(crate) fn port(&self) -> u16 {
        self.ports.api_server
    }

    /// The folder with the API server's certificate and key.
    pub(crate) fn certificates(&self) -> PathBuf {
        self.folder.path().join("certificates")
    }
}

/// CAPA's namespace.
pub(crate) fn capa_system() -> NamespaceName {
    NamespaceName::parse("capa-system").unwrap()
}
