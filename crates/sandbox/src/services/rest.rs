//! The operations of EKS by method and path (EKS API Reference, "Request Syntax").

use axum::http::Method;

use super::Parameters;
use crate::wire::percent;

/// `{name}` stands for a part that is a parameter; lists of the query come beside the path.
const PATHS: &[(&str, &str, &str)] = &[
    (
        "AssociateAccessPolicy",
        "POST",
        "/clusters/{name}/access-entries/{principalArn}/access-policies",
    ),
    (
        "AssociateEncryptionConfig",
        "POST",
        "/clusters/{name}/encryption-config/associate",
    ),
    (
        "AssociateIdentityProviderConfig",
        "POST",
        "/clusters/{name}/identity-provider-configs/associate",
    ),
    (
        "CreateAccessEntry",
        "POST",
        "/clusters/{name}/access-entries",
    ),
    ("CreateAddon", "POST", "/clusters/{name}/addons"),
    ("CreateCluster", "POST", "/clusters"),
    (
        "CreateFargateProfile",
        "POST",
        "/clusters/{name}/fargate-profiles",
    ),
    ("CreateNodegroup", "POST", "/clusters/{name}/node-groups"),
    (
        "DeleteAccessEntry",
        "DELETE",
        "/clusters/{name}/access-entries/{principalArn}",
    ),
    (
        "DeleteAddon",
        "DELETE",
        "/clusters/{name}/addons/{addonName}",
    ),
    ("DeleteCluster", "DELETE", "/clusters/{name}"),
    (
        "DeleteFargateProfile",
        "DELETE",
        "/clusters/{name}/fargate-profiles/{fargateProfileName}",
    ),
    (
        "DeleteNodegroup",
        "DELETE",
        "/clusters/{name}/node-groups/{nodegroupName}",
    ),
    (
        "DescribeAccessEntry",
        "GET",
        "/clusters/{name}/access-entries/{principalArn}",
    ),
    (
        "DescribeAddon",
        "GET",
        "/clusters/{name}/addons/{addonName}",
    ),
    ("DescribeAddonVersions", "GET", "/addons/supported-versions"),
    ("DescribeCluster", "GET", "/clusters/{name}"),
    (
        "DescribeFargateProfile",
        "GET",
        "/clusters/{name}/fargate-profiles/{fargateProfileName}",
    ),
    (
        "DescribeIdentityProviderConfig",
        "POST",
        "/clusters/{name}/identity-provider-configs/describe",
    ),
    (
        "DescribeNodegroup",
        "GET",
        "/clusters/{name}/node-groups/{nodegroupName}",
    ),
    (
        "DisassociateAccessPolicy",
        "DELETE",
        "/clusters/{name}/access-entries/{principalArn}/access-policies/{policyArn}",
    ),
    (
        "DisassociateIdentityProviderConfig",
        "POST",
        "/clusters/{name}/identity-provider-configs/disassociate",
    ),
    (
        "ListAccessEntries",
        "GET",
        "/clusters/{name}/access-entries",
    ),
    ("ListAddons", "GET", "/clusters/{name}/addons"),
    (
        "ListAssociatedAccessPolicies",
        "GET",
        "/clusters/{name}/access-entries/{principalArn}/access-policies",
    ),
    ("ListClusters", "GET", "/clusters"),
    (
        "ListIdentityProviderConfigs",
        "GET",
        "/clusters/{name}/identity-provider-configs",
    ),
    ("TagResource", "POST", "/tags/{resourceArn}"),
    ("UntagResource", "DELETE", "/tags/{resourceArn}"),
    (
        "UpdateAccessEntry",
        "POST",
        "/clusters/{name}/access-entries/{principalArn}",
    ),
    (
        "UpdateAddon",
        "POST",
        "/clusters/{name}/addons/{addonName}/update",
    ),
    (
        "UpdateClusterConfig",
        "POST",
        "/clusters/{name}/update-config",
    ),
    ("UpdateClusterVersion", "POST", "/clusters/{name}/updates"),
    (
        "UpdateNodegroupConfig",
        "POST",
        "/clusters/{name}/node-groups/{nodegroupName}/update-config",
    ),
    (
        "UpdateNodegroupVersion",
        "POST",
        "/clusters/{name}/node-groups/{nodegroupName}/update-version",
    ),
];

/// The operation at a path; the parts that are parameters are added.
pub(crate) fn operation(
    method: &Method,
    path: &str,
    parameters: &mut Parameters,
) -> Option<&'static str> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (name, form) = PATHS
        .iter()
        .filter(|(_, known, form)| *known == method.as_str() && fits(form, &parts))
        .map(|(name, _, form)| (*name, *form))
        .next()?;
    for (form, part) in form.trim_matches('/').split('/').zip(parts) {
        if let Some(parameter) = parameter(form) {
            parameters.add(parameter, percent::decode(part)?);
        }
    }
    Some(name)
}

fn fits(form: &str, parts: &[&str]) -> bool {
    let forms: Vec<&str> = form.trim_matches('/').split('/').collect();
    let alike = |(form, part): (&&str, &&str)| {
        form == part || (parameter(form).is_some() && !part.is_empty())
    };
    forms.len() == parts.len() && forms.iter().zip(parts).all(alike)
}

fn parameter(form: &str) -> Option<&str> {
    form.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_operations_and_names() {
        let mut parameters = Parameters::default();
        let found = operation(
            &Method::GET,
            "/clusters/a%20b/node-groups/pool",
            &mut parameters,
        );
        assert_eq!(found, Some("DescribeNodegroup"));
        assert_eq!(parameters.values("name").next(), Some("a b"));
        assert_eq!(parameters.values("nodegroupName").next(), Some("pool"));
        assert_eq!(operation(&Method::PUT, "/clusters", &mut parameters), None);
        assert_eq!(
            operation(&Method::GET, "/clusters//addons", &mut parameters),
            None
        );
    }
}
