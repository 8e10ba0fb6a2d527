//! A look at a cluster: whether providers can be delivered there.

use commissary_core::domain::{
    ClusterAccess, ClusterFault, ClusterFinding, ClusterLook, IdentityName, ManagementCluster,
    NamespaceName, ServedKind,
};
use commissary_core::ports::DeliveryError;
use futures::future::try_join_all;
use jiff::Timestamp;
use k8s_openapi::api::authorization::v1::{
    ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec,
};
use k8s_openapi::api::core::v1::Namespace;
use kube::Api;
use kube::api::PostParams;

use crate::client::Session;
use crate::rights::{CONTROL_PLANE, INFRASTRUCTURE, RIGHTS, Right, Scope};
use crate::service_account::ServiceAccount;

/// The kinds of CAPA that name identities.
pub(crate) const USERS: [(&str, &str); 2] = [
    (INFRASTRUCTURE, "AWSCluster"),
    (CONTROL_PLANE, "AWSManagedControlPlane"),
];

/// The kinds of CAPA that the product works with.
const KINDS: &[(&str, &str)] = &[(INFRASTRUCTURE, IdentityName::KIND), USERS[0], USERS[1]];

/// Looks at everything; what stands in the way of the look itself is its only finding.
pub(crate) async fn look(
    access: &ClusterAccess,
    inside: &ServiceAccount,
    capa_namespace: &NamespaceName,
    now: Timestamp,
) -> ClusterLook {
    let mut look = ClusterLook {
        at: now,
        version: None,
        kinds: Vec::new(),
        findings: Vec::new(),
    };
    if let Err(error) = found(access, inside, capa_namespace, &mut look).await {
        let (code, message) = (error.fault(), error.to_string());
        look.findings.push(ClusterFinding { code, message });
    }
    look
}

async fn found(
    access: &ClusterAccess,
    inside: &ServiceAccount,
    capa_namespace: &NamespaceName,
    look: &mut ClusterLook,
) -> Result<(), DeliveryError> {
    let session = Session::open(access, inside).await?;
    let asked = session.client.apiserver_version();
    let version = session.answer("tell its version", asked).await?;
    look.version = Some(version.git_version);
    look.kinds = kinds(&session).await?;
    look.findings
        .extend(look.kinds.iter().filter_map(missing_kind));
    look.findings
        .extend(missing_namespace(&session, capa_namespace).await?);
    look.findings
        .extend(missing_rights(&session, capa_namespace).await?);
    Ok(())
}

/// In which versions the cluster serves the kinds of CAPA.
pub(crate) async fn kinds(session: &Session) -> Result<Vec<ServedKind>, DeliveryError> {
    let asked = session.client.list_api_groups();
    let groups = session
        .answer("list its groups of kinds", asked)
        .await?
        .groups;
    let mut served = Vec::new();
    for group in groups
        .iter()
        .filter(|group| KINDS.iter().any(|(name, _)| group.name == *name))
    {
        for version in &group.versions {
            let asked = session
                .client
                .list_api_group_resources(&version.group_version);
            let list = session.answer("list its kinds", asked).await?;
            let names = list.resources.into_iter().map(|resource| resource.kind);
            served.extend(names.map(|kind| (group.name.clone(), kind, version.version.clone())));
        }
    }
    let of = |group: &str, kind: &str| {
        let mut versions: Vec<String> = served
            .iter()
            .filter(|(at, name, _)| at == group && name == kind)
            .map(|(_, _, version)| version.clone())
            .collect();
        // A kind stands in a list once for itself and once for each part of it.
        versions.dedup();
        versions
    };
    let named = |(group, kind): &(&str, &str)| ServedKind {
        kind: (*kind).to_owned(),
        versions: of(group, kind),
    };
    Ok(KINDS.iter().map(named).collect())
}

fn missing_kind(served: &ServedKind) -> Option<ClusterFinding> {
    let ServedKind { kind, versions } = served;
    if served.newest().is_some() {
        return None;
    }
    let message = match versions.is_empty() {
        true => format!(
            "the cluster has no `{kind}`: install Cluster API Provider AWS there (`clusterctl init --infrastructure aws`)"
        ),
        false => format!(
            "the cluster serves `{kind}` as {} only, and {} is needed: update Cluster API Provider AWS there",
            versions.join(", "),
            ManagementCluster::CAPA_VERSIONS.join(" or ")
        ),
    };
    Some(ClusterFinding {
        code: ClusterFault::KindMissing,
        message,
    })
}

/// Who may not see the namespace is told so with the other rights.
async fn missing_namespace(
    session: &Session,
    name: &NamespaceName,
) -> Result<Option<ClusterFinding>, DeliveryError> {
    let namespaces: Api<Namespace> = Api::all(session.client.clone());
    let asked = namespaces.get_metadata_opt(name.as_str());
    match session.answer("read CAPA's namespace", asked).await {
        Ok(Some(_)) | Err(DeliveryError::Denied { .. }) => Ok(None),
        Ok(None) => Ok(Some(ClusterFinding {
            code: ClusterFault::NamespaceMissing,
            message: format!(
                "the cluster has no namespace `{name}`: name the one that CAPA's manager runs in (`--capa-namespace`), or install Cluster API Provider AWS"
            ),
        })),
        Err(error) => Err(error),
    }
}

async fn missing_rights(
    session: &Session,
    capa_namespace: &NamespaceName,
) -> Result<Vec<ClusterFinding>, DeliveryError> {
    let each = RIGHTS
        .iter()
        .flat_map(|right| right.verbs.iter().map(move |verb| (right, *verb)));
    let asked = each.map(|(right, verb)| async move {
        let allowed = is_allowed(session, right, verb, capa_namespace).await?;
        Ok((!allowed).then(|| missing_right(right, verb, capa_namespace)))
    });
    Ok(try_join_all(asked).await?.into_iter().flatten().collect())
}

async fn is_allowed(
    session: &Session,
    right: &Right,
    verb: &str,
    capa_namespace: &NamespaceName,
) -> Result<bool, DeliveryError> {
    let in_namespace = right.scope == Scope::CapaNamespace;
    let named = right.scope == Scope::NamedCapaNamespace;
    let capa_namespace = || capa_namespace.to_string();
    let review = SelfSubjectAccessReview {
        spec: SelfSubjectAccessReviewSpec {
            resource_attributes: Some(ResourceAttributes {
                group: Some(right.group.to_owned()),
                resource: Some(right.resource.to_owned()),
                verb: Some(verb.to_owned()),
                namespace: in_namespace.then(capa_namespace),
                name: named.then(capa_namespace),
                ..ResourceAttributes::default()
            }),
            ..SelfSubjectAccessReviewSpec::default()
        },
        ..SelfSubjectAccessReview::default()
    };
    let reviews: Api<SelfSubjectAccessReview> = Api::all(session.client.clone());
    let post = PostParams::default();
    let asked = reviews.create(&post, &review);
    let answer = session.answer("ask what one may do there", asked).await?;
    Ok(answer.status.is_some_and(|status| status.allowed))
}

fn missing_right(right: &Right, verb: &str, capa_namespace: &NamespaceName) -> ClusterFinding {
    let resource = match right.group {
        "" => right.resource.to_owned(),
        group => format!("{}.{group}", right.resource),
    };
    let place = match right.scope {
        Scope::CapaNamespace => format!(" in the namespace `{capa_namespace}`"),
        Scope::NamedCapaNamespace => format!(" named `{capa_namespace}`"),
        Scope::Cluster => String::new(),
    };
    ClusterFinding {
        code: ClusterFault::RightMissing,
        message: format!(
            "the right to {verb} {resource}{place} is missing; apply what `commissary management-cluster rbac` prints"
        ),
    }
}
