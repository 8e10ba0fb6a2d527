//! A management cluster in JSON, as it is read: without its kubeconfig.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::domain::{
    ClusterLook, ClusterNamespaces, ClusterStatus, Connection, ManagementCluster,
    SealingCertificate,
};
use commissary_core::{ClusterSaved, Notice};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::tag;

/// A management cluster as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ManagementCluster")]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClusterJson {
    name: String,
    connection: ConnectionJson,
    capa_namespace: String,
    sealing_certificate: Option<SealingCertificateJson>,
    status: ClusterStatus,
    last_check: Option<ClusterLook>,
    created_at: Timestamp,
    updated_at: Timestamp,
    etag: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Connection")]
#[serde(rename_all = "camelCase")]
struct ConnectionJson {
    method: &'static str,
    server: Option<String>,
    context: Option<String>,
}

/// What is told of a certificate; the whole of it is not needed by anybody.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SealingCertificate")]
#[serde(rename_all = "camelCase")]
struct SealingCertificateJson {
    /// Its SHA-256, as `openssl x509 -fingerprint -sha256` writes it.
    fingerprint: String,
    /// Whose it says it is; often empty.
    subject: String,
    expires_at: Timestamp,
}

/// A management cluster as it is kept now, with notices.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ManagementClusterSaved")]
pub(crate) struct ClusterSavedJson {
    #[serde(flatten)]
    cluster: ClusterJson,
    notices: Vec<Notice>,
}

/// The namespaces of a workspace in one management cluster as they are written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Namespaces")]
#[serde(rename_all = "camelCase")]
pub(crate) struct NamespacesJson {
    management_cluster: String,
    namespaces: Vec<String>,
}

impl ClusterJson {
    pub(crate) fn of(cluster: &ManagementCluster) -> Self {
        let (method, server, context) = match &cluster.connection {
            Connection::Kubeconfig { server, context } => {
                ("kubeconfig", Some(server.clone()), Some(context.clone()))
            }
            Connection::InCluster => ("inCluster", None, None),
        };
        Self {
            name: cluster.name.to_string(),
            connection: ConnectionJson {
                method,
                server,
                context,
            },
            capa_namespace: cluster.capa_namespace.to_string(),
            sealing_certificate: cluster.sealing_certificate.as_ref().map(told),
            status: cluster.status(),
            last_check: cluster.last_look.clone(),
            created_at: cluster.created_at,
            updated_at: cluster.updated_at,
            etag: cluster_etag(cluster),
        }
    }

    /// The answer that is this cluster.
    pub(crate) fn into_answer(self) -> Response {
        let etag = self.etag.clone();
        ([(header::ETAG, etag)], Json(self)).into_response()
    }
}

impl ClusterSavedJson {
    pub(crate) fn of(saved: ClusterSaved) -> Self {
        Self {
            cluster: ClusterJson::of(&saved.cluster),
            notices: saved.notices,
        }
    }
}

impl NamespacesJson {
    pub(crate) fn of(namespaces: &ClusterNamespaces) -> Self {
        let names = namespaces.namespaces.iter();
        Self {
            management_cluster: namespaces.cluster.to_string(),
            namespaces: names.map(ToString::to_string).collect(),
        }
    }
}

fn told(certificate: &SealingCertificate) -> SealingCertificateJson {
    SealingCertificateJson {
        fingerprint: certificate.fingerprint.clone(),
        subject: certificate.subject.clone(),
        expires_at: certificate.expires_at,
    }
}

/// The entity tag of a cluster's present state, what was found there included.
pub(crate) fn cluster_etag(cluster: &ManagementCluster) -> String {
    let look = cluster.last_look.as_ref();
    let at = look.map_or(cluster.updated_at, |look| look.at.max(cluster.updated_at));
    tag(cluster.id.0, cluster.revision, at)
}
