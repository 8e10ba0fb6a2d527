//! Amazon EKS (EKS API Reference; Service Authorization Reference, "Actions, resources, and
//! condition keys for Amazon Elastic Kubernetes Service").

use super::row::{Answer, Row};
use crate::wire::service::Service;

const fn change(
    name: &'static str,
    call: &'static str,
    needs: &'static [&'static str],
    about: &'static [&'static str],
) -> Row {
    Row::change(Service::Eks, name, needs, about)
        .at(call)
        .tags_by("eks:TagResource")
}

const fn shown(name: &'static str, call: &'static str, about: &'static [&'static str]) -> Row {
    Row::new(Service::Eks, name, Answer::Shown)
        .at(call)
        .about(about)
}

const fn list(
    name: &'static str,
    call: &'static str,
    list: &'static str,
    about: &'static [&'static str],
) -> Row {
    Row::new(Service::Eks, name, Answer::List(list, ""))
        .at(call)
        .about(about)
}

const CLUSTER: &[&str] = &["cluster/{name}"];
const ENTRY: &[&str] = &["id cluster/{name}", "access-entry/{name}/{@principal}/*"];
const ADDON: &[&str] = &["id cluster/{name}", "addon/{name}/{addonName}/*"];
const NODES: &[&str] = &["id cluster/{name}", "nodegroup/{name}/{nodegroupName}/*"];
const FARGATE: &[&str] = &[
    "id cluster/{name}",
    "fargateprofile/{name}/{fargateProfileName}/*",
];
const PROVIDER: &[&str] = &[
    "id cluster/{name}",
    "identityproviderconfig/{name}/{identityProviderConfig.type}/{identityProviderConfig.name}/*",
];
const OF_PROVIDER: &[&str] = &["identityProviderConfig.type", "identityProviderConfig.name"];

pub(super) const ROWS: &[Row] = &[
    change(
        "AssociateAccessPolicy",
        "POST /clusters/{name}/access-entries/{principalArn}/access-policies",
        &["policyArn", "accessScope.type"],
        ENTRY,
    ),
    change(
        "AssociateEncryptionConfig",
        "POST /clusters/{name}/encryption-config/associate",
        &["encryptionConfig.resources"],
        CLUSTER,
    ),
    change(
        "AssociateIdentityProviderConfig",
        "POST /clusters/{name}/identity-provider-configs/associate",
        &["oidc.issuerUrl"],
        CLUSTER,
    ),
    change(
        "CreateAccessEntry",
        "POST /clusters/{name}/access-entries",
        &["principalArn"],
        CLUSTER,
    ),
    change(
        "CreateAddon",
        "POST /clusters/{name}/addons",
        &["addonName"],
        CLUSTER,
    )
    .passes("serviceAccountRoleArn", "eks.amazonaws.com"),
    change(
        "CreateCluster",
        "POST /clusters",
        &["name", "roleArn", "resourcesVpcConfig.subnetIds"],
        &["+cluster/{name}"],
    )
    .passes("roleArn", "eks.amazonaws.com"),
    change(
        "CreateFargateProfile",
        "POST /clusters/{name}/fargate-profiles",
        &["fargateProfileName", "podExecutionRoleArn"],
        CLUSTER,
    )
    .passes("podExecutionRoleArn", "eks.amazonaws.com"),
    change(
        "CreateNodegroup",
        "POST /clusters/{name}/node-groups",
        &["nodegroupName", "subnets", "nodeRole"],
        CLUSTER,
    )
    .passes("nodeRole", "eks.amazonaws.com"),
    change(
        "DeleteAccessEntry",
        "DELETE /clusters/{name}/access-entries/{principalArn}",
        &[],
        ENTRY,
    ),
    change(
        "DeleteAddon",
        "DELETE /clusters/{name}/addons/{addonName}",
        &[],
        ADDON,
    ),
    change("DeleteCluster", "DELETE /clusters/{name}", &[], CLUSTER),
    change(
        "DeleteFargateProfile",
        "DELETE /clusters/{name}/fargate-profiles/{fargateProfileName}",
        &[],
        FARGATE,
    ),
    change(
        "DeleteNodegroup",
        "DELETE /clusters/{name}/node-groups/{nodegroupName}",
        &[],
        NODES,
    ),
    shown(
        "DescribeAccessEntry",
        "GET /clusters/{name}/access-entries/{principalArn}",
        ENTRY,
    ),
    shown(
        "DescribeAddon",
        "GET /clusters/{name}/addons/{addonName}",
        ADDON,
    ),
    list(
        "DescribeAddonVersions",
        "GET /addons/supported-versions",
        "addons",
        &["*"],
    ),
    shown("DescribeCluster", "GET /clusters/{name}", CLUSTER),
    shown(
        "DescribeFargateProfile",
        "GET /clusters/{name}/fargate-profiles/{fargateProfileName}",
        FARGATE,
    ),
    shown(
        "DescribeIdentityProviderConfig",
        "POST /clusters/{name}/identity-provider-configs/describe",
        PROVIDER,
    )
    .needs(OF_PROVIDER),
    shown(
        "DescribeNodegroup",
        "GET /clusters/{name}/node-groups/{nodegroupName}",
        NODES,
    ),
    change(
        "DisassociateAccessPolicy",
        "DELETE /clusters/{name}/access-entries/{principalArn}/access-policies/{policyArn}",
        &[],
        ENTRY,
    ),
    change(
        "DisassociateIdentityProviderConfig",
        "POST /clusters/{name}/identity-provider-configs/disassociate",
        OF_PROVIDER,
        PROVIDER,
    ),
    list(
        "ListAccessEntries",
        "GET /clusters/{name}/access-entries",
        "accessEntries",
        CLUSTER,
    ),
    list(
        "ListAddons",
        "GET /clusters/{name}/addons",
        "addons",
        CLUSTER,
    ),
    list(
        "ListAssociatedAccessPolicies",
        "GET /clusters/{name}/access-entries/{principalArn}/access-policies",
        "associatedAccessPolicies",
        ENTRY,
    ),
    Row::new(
        Service::Eks,
        "ListClusters",
        Answer::List("clusters", "cluster"),
    )
    .at("GET /clusters")
    .about(&["+cluster/*"]),
    list(
        "ListIdentityProviderConfigs",
        "GET /clusters/{name}/identity-provider-configs",
        "identityProviderConfigs",
        CLUSTER,
    ),
    change(
        "TagResource",
        "POST /tags/{resourceArn}",
        &["tags"],
        &["{resourceArn}"],
    ),
    change(
        "UntagResource",
        "DELETE /tags/{resourceArn}",
        &["tagKeys"],
        &["{resourceArn}"],
    ),
    change(
        "UpdateAccessEntry",
        "POST /clusters/{name}/access-entries/{principalArn}",
        &[],
        ENTRY,
    ),
    change(
        "UpdateAddon",
        "POST /clusters/{name}/addons/{addonName}/update",
        &[],
        ADDON,
    )
    .passes("serviceAccountRoleArn", "eks.amazonaws.com"),
    change(
        "UpdateClusterConfig",
        "POST /clusters/{name}/update-config",
        &[],
        CLUSTER,
    ),
    change(
        "UpdateClusterVersion",
        "POST /clusters/{name}/updates",
        &["version"],
        CLUSTER,
    ),
    change(
        "UpdateNodegroupConfig",
        "POST /clusters/{name}/node-groups/{nodegroupName}/update-config",
        &[],
        NODES,
    ),
    change(
        "UpdateNodegroupVersion",
        "POST /clusters/{name}/node-groups/{nodegroupName}/update-version",
        &[],
        NODES,
    ),
];
