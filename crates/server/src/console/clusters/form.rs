//! The form of a management cluster, to add one and to change it.

use askama::Template;
use commissary_core::domain::{Connection, ManagementCluster, NamespaceName, SecretInput};
use commissary_core::{NewAccess, Verify};

use super::{LIST, Section, Shell, Visitor, way};
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::moment::Moment;
use crate::console::shell::Crumb;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

/// What was typed, as far as it is shown again.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) in_cluster: bool,
    context: String,
    pub(super) capa_namespace: String,
    no_certificate: bool,
    later: bool,
}

/// What was sent.
pub(super) struct Sent {
    pub(super) typed: Typed,
    kubeconfig: SecretInput,
    certificate: String,
    /// How often the cluster had been changed when the form was made.
    pub(super) seen: Option<u32>,
}

#[derive(Template)]
#[template(path = "cluster_form.html")]
pub(super) struct FormPage {
    shell: Shell,
    /// The cluster that is changed.
    edited: Option<Edited>,
    typed: Typed,
    faults: Faults,
    manifest: String,
    cancel: String,
}

struct Edited {
    name: String,
    seen: u32,
    /// Whether a kubeconfig is kept, which an empty field leaves.
    keeps: bool,
    /// Until when the sealing certificate is good that is kept, if there is one.
    certificate: Option<Moment>,
}

impl FormPage {
    fn kubeconfig_hint(&self) -> &'static str {
        match self.edited.as_ref().is_some_and(|edited| edited.keeps) {
            true => "Leave it empty to keep the one that is sealed; another one takes its place.",
            false => {
                "As kubectl config view --raw --flatten --minify prints it. Sealed when saved, and never shown again."
            }
        }
    }

    fn certificate_hint(&self) -> String {
        let edited = self.edited.as_ref();
        match edited.and_then(|edited| edited.certificate.as_ref()) {
            Some(until) => format!(
                "Leave it empty to keep the one that is good until {}; another one takes its place.",
                until.people
            ),
            None => "Only to export providers sealed for a repository: as kubeseal --fetch-cert prints it, of the controller of Sealed Secrets in this cluster.".to_owned(),
        }
    }
}

impl Typed {
    /// An empty form.
    pub(super) fn empty() -> Self {
        Self {
            capa_namespace: ManagementCluster::CAPA_NAMESPACE.to_owned(),
            ..Self::default()
        }
    }

    /// A form with what is kept.
    pub(super) fn of(cluster: &ManagementCluster) -> Self {
        Self {
            name: cluster.name.to_string(),
            in_cluster: cluster.connection == Connection::InCluster,
            capa_namespace: cluster.capa_namespace.to_string(),
            ..Self::default()
        }
    }

    /// Reads the form, or what the address brings back of it: `take` gives the value of a field.
    fn take(mut take: impl FnMut(&str) -> String) -> Self {
        Self {
            name: take("name"),
            in_cluster: take("connection") == "inCluster",
            context: take("context"),
            capa_namespace: take("capaNamespace"),
            no_certificate: take("noSealingCertificate") == "true",
            later: take("verify") == "later",
        }
    }

    /// What the address brings back; none if it brings nothing.
    pub(super) fn of_query(query: &mut Parameters) -> Option<Self> {
        (!query.is_empty()).then(|| Self::take(|field| query.brought(field)))
    }

    pub(super) fn verify(&self) -> Verify {
        match self.later {
            true => Verify::Later,
            false => Verify::Now,
        }
    }
}

impl Sent {
    pub(super) fn read(mut form: Form) -> Self {
        Self {
            kubeconfig: SecretInput::new(form.take("kubeconfig")),
            certificate: form.take("sealingCertificate"),
            seen: form.take("seen").parse().ok(),
            typed: Typed::take(|field| form.take(field)),
        }
    }

    /// The sealing certificate that was given; an empty one where the one that is kept is to go,
    /// none where nothing of that changes.
    pub(super) fn take_certificate(&mut self) -> Option<String> {
        let given = std::mem::take(&mut self.certificate);
        match given.trim().is_empty() {
            false => Some(given),
            true => self.typed.no_certificate.then(String::new),
        }
    }

    /// The way that was chosen, and what was typed.
    pub(super) fn access(self) -> (NewAccess, Typed) {
        let context = self.typed.context.trim();
        let access = match self.typed.in_cluster {
            true => NewAccess::InCluster,
            false => NewAccess::Kubeconfig {
                context: (!context.is_empty()).then(|| context.to_owned()),
                text: self.kubeconfig,
            },
        };
        (access, self.typed)
    }

    /// The same for a cluster that is kept already; none where nothing of that changes.
    pub(super) fn other_access(self, kept: &ManagementCluster) -> (Option<NewAccess>, Typed) {
        let stays = match (&kept.connection, self.typed.in_cluster) {
            (Connection::InCluster, in_cluster) => in_cluster,
            (Connection::Kubeconfig { .. }, in_cluster) => {
                !in_cluster && self.kubeconfig.is_blank()
            }
        };
        let (access, typed) = self.access();
        ((!stays).then_some(access), typed)
    }
}

/// The form with what was typed and what was wrong; `edited` is the cluster that is changed.
pub(super) async fn shown(
    visitor: &Visitor,
    app: &App,
    (typed, faults): (Typed, Faults),
    edited: Option<&ManagementCluster>,
) -> Result<FormPage, Problem> {
    let (crumbs, cancel) = match edited {
        None => (
            vec![
                Crumb::to(LIST, urls::CLUSTERS),
                Crumb::here("Add management cluster"),
            ],
            urls::CLUSTERS.to_owned(),
        ),
        Some(cluster) => (way(cluster, "Edit"), urls::cluster(cluster.name.as_str())),
    };
    let namespace = NamespaceName::parse(&typed.capa_namespace)
        .or_else(|_| NamespaceName::parse(ManagementCluster::CAPA_NAMESPACE));
    let namespace = namespace.map_err(|fault| Problem::invalid(vec![fault]))?;
    Ok(FormPage {
        shell: visitor.shell(Section::Clusters, crumbs).await?,
        edited: edited.map(|cluster| Edited {
            name: cluster.name.to_string(),
            seen: cluster.revision,
            keeps: cluster.connection != Connection::InCluster,
            certificate: cluster
                .sealing_certificate
                .as_ref()
                .map(|kept| Moment::of(kept.expires_at)),
        }),
        manifest: app.commissary.rights_manifest(&visitor.actor, &namespace)?,
        typed,
        faults,
        cancel,
    })
}
