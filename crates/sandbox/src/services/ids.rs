//! The ids of EC2's resources (Amazon EC2 User Guide, "Resource IDs"; Amazon EC2 Developer Guide,
//! "Error codes").

/// A kind of id.
struct Kind {
    /// What ids of it begin with.
    prefix: &'static str,
    /// The word in ARNs; empty for what has none (associations).
    resource: &'static str,
    /// The code for an id of nothing.
    missing: &'static str,
    /// The code for what is no id.
    malformed: &'static str,
}

const fn kind(
    prefix: &'static str,
    resource: &'static str,
    missing: &'static str,
    malformed: &'static str,
) -> Kind {
    Kind {
        prefix,
        resource,
        missing,
        malformed,
    }
}

/// A longer prefix stands before a shorter one that it begins with.
const KINDS: &[Kind] = &[
    kind(
        "vpc-cidr-assoc-",
        "",
        "InvalidVpcCidrBlockAssociationID.NotFound",
        "InvalidVpcCidrBlockAssociationID.Malformed",
    ),
    kind(
        "eni-attach-",
        "",
        "InvalidAttachmentID.NotFound",
        "InvalidAttachmentID.Malformed",
    ),
    kind(
        "rtbassoc-",
        "",
        "InvalidAssociationID.NotFound",
        "InvalidAssociationID.Malformed",
    ),
    kind(
        "eipassoc-",
        "",
        "InvalidAssociationID.NotFound",
        "InvalidAssociationID.Malformed",
    ),
    kind(
        "eipalloc-",
        "elastic-ip",
        "InvalidAllocationID.NotFound",
        "InvalidAllocationID.Malformed",
    ),
    kind(
        "ipam-pool-",
        "ipam-pool",
        "InvalidIpamPoolId.NotFound",
        "InvalidIpamPoolId.Malformed",
    ),
    kind(
        "subnet-",
        "subnet",
        "InvalidSubnetID.NotFound",
        "InvalidSubnetID.Malformed",
    ),
    kind(
        "snap-",
        "snapshot",
        "InvalidSnapshot.NotFound",
        "InvalidSnapshotID.Malformed",
    ),
    kind(
        "eigw-",
        "egress-only-internet-gateway",
        "InvalidGatewayID.NotFound",
        "InvalidEgressOnlyInternetGatewayId.Malformed",
    ),
    kind(
        "cagw-",
        "carrier-gateway",
        "InvalidCarrierGatewayID.NotFound",
        "InvalidCarrierGatewayID.Malformed",
    ),
    kind(
        "vpce-",
        "vpc-endpoint",
        "InvalidVpcEndpointId.NotFound",
        "InvalidVpcEndpointId.Malformed",
    ),
    kind(
        "dopt-",
        "dhcp-options",
        "InvalidDhcpOptionID.NotFound",
        "InvalidDhcpOptionsId.Malformed",
    ),
    kind(
        "vpc-",
        "vpc",
        "InvalidVpcID.NotFound",
        "InvalidVpcId.Malformed",
    ),
    kind(
        "rtb-",
        "route-table",
        "InvalidRouteTableID.NotFound",
        "InvalidRouteTableId.Malformed",
    ),
    kind(
        "igw-",
        "internet-gateway",
        "InvalidInternetGatewayID.NotFound",
        "InvalidInternetGatewayId.Malformed",
    ),
    kind(
        "nat-",
        "natgateway",
        "NatGatewayNotFound",
        "NatGatewayMalformed",
    ),
    kind(
        "ami-",
        "image",
        "InvalidAMIID.NotFound",
        "InvalidAMIID.Malformed",
    ),
    kind(
        "vol-",
        "volume",
        "InvalidVolume.NotFound",
        "InvalidVolumeID.Malformed",
    ),
    kind(
        "eni-",
        "network-interface",
        "InvalidNetworkInterfaceID.NotFound",
        "InvalidNetworkInterfaceId.Malformed",
    ),
    kind(
        "sg-",
        "security-group",
        "InvalidGroup.NotFound",
        "InvalidGroupId.Malformed",
    ),
    kind(
        "lt-",
        "launch-template",
        "InvalidLaunchTemplateId.NotFound",
        "InvalidLaunchTemplateId.Malformed",
    ),
    kind(
        "i-",
        "instance",
        "InvalidInstanceID.NotFound",
        "InvalidInstanceID.Malformed",
    ),
    kind(
        "h-",
        "dedicated-host",
        "InvalidHostID.NotFound",
        "InvalidHostID.Malformed",
    ),
];

/// The resources that are told by a name of people's choosing, with the code for one of nothing.
const BY_NAME: [(&str, &str); 3] = [
    ("security-group", "InvalidGroup.NotFound"),
    (
        "launch-template",
        "InvalidLaunchTemplateName.NotFoundException",
    ),
    ("key-pair", "InvalidKeyPair.NotFound"),
];

fn kind_of(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| id.starts_with(kind.prefix))
}

/// `vpc/vpc-1` as it stands, `vpc/vpc-1` for `vpc-1` alone, and `route-table/*` for
/// `route-table/rtbassoc-1`: which one that is, only what it belongs to could tell.
pub(super) fn resource(text: &str) -> String {
    let Some((word, id)) = text.split_once('/') else {
        let word = kind_of(text).map(|kind| kind.resource);
        return format!("{}/{text}", word.unwrap_or("*"));
    };
    let named = word == "key-pair" || id == "*";
    if named || kind_of(id).is_some_and(|kind| kind.resource == word) {
        return text.to_owned();
    }
    format!("{word}/*")
}

/// The id itself.
fn id_of(text: &str) -> &str {
    text.split_once('/').map_or(text, |(_, id)| id)
}

/// The code and the sentence for an id of the wrong form.
pub(super) fn malformed(text: &str) -> Option<(&'static str, String)> {
    let id = id_of(text);
    let word = text.split_once('/').map_or("", |(word, _)| word);
    if id == "*" {
        return None;
    }
    let Some(kind) = kind_of(id) else {
        if BY_NAME.iter().any(|(by_name, _)| *by_name == word) {
            return None;
        }
        let mut kinds = KINDS.iter();
        let expected = kinds.find(|kind| !word.is_empty() && kind.resource == word);
        let code = expected.map_or("InvalidID", |kind| kind.malformed);
        return Some((code, format!("Invalid id: \"{id}\"")));
    };
    let number = id.strip_prefix(kind.prefix).unwrap_or_default();
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let formed = [8, 17].contains(&number.len()) && number.bytes().all(hex);
    (!formed).then(|| (kind.malformed, format!("Invalid id: \"{id}\"")))
}

/// The code and the sentence for an id or a name of nothing.
pub(super) fn missing(text: &str) -> (&'static str, String) {
    let id = id_of(text);
    let word = text.split_once('/').map_or("", |(word, _)| word);
    let by_name = BY_NAME.iter().find(|(by_name, _)| *by_name == word);
    let (code, shown) = match (kind_of(id), by_name) {
        (Some(kind), _) if word != "key-pair" => (kind.missing, kind.resource),
        (_, Some((_, code))) => (*code, word),
        _ => ("InvalidID", word),
    };
    let shown = if shown.is_empty() { "ID" } else { shown };
    (code, format!("The {shown} '{id}' does not exist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_follow_from_ids() {
        for (text, wanted) in [
            ("vpc/vpc-0123456789abcdef0", "vpc/vpc-0123456789abcdef0"),
            ("i-0123456789abcdef0", "instance/i-0123456789abcdef0"),
            ("eipalloc-01234567", "elastic-ip/eipalloc-01234567"),
            ("route-table/rtbassoc-01234567", "route-table/*"),
            ("vpc/vpc-cidr-assoc-01234567", "vpc/*"),
            ("security-group/default", "security-group/*"),
            ("key-pair/default", "key-pair/default"),
            ("volume/*", "volume/*"),
        ] {
            assert_eq!(resource(text), wanted);
        }
    }

    #[test]
    fn ids_have_eight_or_seventeen_digits() {
        for good in [
            "vpc/vpc-0123abcd",
            "i-0123456789abcdef0",
            "security-group/default",
            "route-table/rtbassoc-01234567",
            "volume/*",
        ] {
            assert_eq!(malformed(good), None, "{good}");
        }
        for (bad, code) in [
            ("vpc/vpc-xyz", "InvalidVpcId.Malformed"),
            ("subnet/none", "InvalidSubnetID.Malformed"),
            ("i-012345", "InvalidInstanceID.Malformed"),
            ("nat-0123ABCD", "NatGatewayMalformed"),
            ("what-0123abcd", "InvalidID"),
        ] {
            assert_eq!(malformed(bad).map(|(code, _)| code), Some(code), "{bad}");
        }
    }

    #[test]
    fn no_prefix_hides_another() {
        for (place, kind) in KINDS.iter().enumerate() {
            let found = KINDS.iter().position(|k| kind.prefix.starts_with(k.prefix));
            assert_eq!(found, Some(place), "{}", kind.prefix);
        }
    }

    #[test]
    fn each_kind_has_its_code_for_nothing() {
        for (text, code) in [
            ("vpc/vpc-0123abcd", "InvalidVpcID.NotFound"),
            ("i-0123abcd", "InvalidInstanceID.NotFound"),
            (
                "vpc/vpc-cidr-assoc-0123abcd",
                "InvalidVpcCidrBlockAssociationID.NotFound",
            ),
            ("security-group/none", "InvalidGroup.NotFound"),
            ("key-pair/i-am-a-key", "InvalidKeyPair.NotFound"),
        ] {
            assert_eq!(missing(text).0, code);
        }
    }
}
