//! The cluster that the product runs in, and who it is there.

use std::env;
use std::net::Ipv6Addr;
use std::path::PathBuf;

use kube::Config;
use kube::config::{AuthInfo, Cluster, KubeConfigOptions};

use crate::kubeconfig;

/// What a cluster gives to what runs in it: the token of a service account and the authority of
/// the API server, each in a file, and where the API server is, in the environment (Kubernetes
/// documentation, "Accessing the Kubernetes API from a Pod").
#[derive(Debug, Clone)]
pub struct ServiceAccount {
    /// The folder with the files `token` and `ca.crt`.
    pub folder: PathBuf,
}

impl ServiceAccount {
    /// Where the folder is, unless it is mounted elsewhere.
    pub const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// The way to the cluster; none where one of its parts is missing. The files are read anew when
    /// they change.
    pub(crate) async fn config(&self) -> Option<Config> {
        let server = server()?;
        let [authority, token] = ["ca.crt", "token"].map(|name| self.folder.join(name));
        if !token.exists() {
            return None;
        }
        let cluster = Cluster {
            server: Some(server),
            certificate_authority: Some(authority.to_str()?.to_owned()),
            ..Cluster::default()
        };
        let user = AuthInfo {
            token_file: Some(token.to_str()?.to_owned()),
            ..AuthInfo::default()
        };
        let way = kubeconfig::single("here", cluster, user);
        let options = KubeConfigOptions::default();
        let mut config = Config::from_custom_kubeconfig(way, &options).await.ok()?;
        config.root_cert_file = Some(authority);
        Some(config)
    }
}

impl Default for ServiceAccount {
    fn default() -> Self {
        Self {
            folder: Self::FOLDER.into(),
        }
    }
}

fn server() -> Option<String> {
    let host = env::var("KUBERNETES_SERVICE_HOST").ok()?;
    let port: u16 = env::var("KUBERNETES_SERVICE_PORT").ok()?.parse().ok()?;
    Some(match host.parse::<Ipv6Addr>() {
        Ok(address) => format!("https://[{address}]:{port}"),
        Err(_) => format!("https://{host}:{port}"),
    })
}
