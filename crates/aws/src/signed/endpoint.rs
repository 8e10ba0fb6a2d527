//! Where each service is (AWS General Reference, "Service endpoints and quotas").

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use commissary_core::domain::Region;

/// A service.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Service {
    /// Its name in credential scopes.
    pub(crate) signing: &'static str,
    /// The first part of its host name.
    pub(crate) host: &'static str,
    /// Its name in the AWS settings that give one service an endpoint (AWS SDKs and Tools Reference
    /// Guide, "Identifiers for service-specific endpoints").
    pub(crate) id: &'static str,
    /// Whether there is one for the whole partition.
    pub(crate) global: bool,
}

/// The regions and hosts of IAM by the beginning of a partition's regions: China and GovCloud have
/// their own, every other partition that can be reached from here shares AWS's.
const IAM: [(&str, &str, &str); 3] = [
    (
        "cn-",
        "cn-north-1",
        "https://iam.cn-north-1.amazonaws.com.cn",
    ),
    (
        "us-gov-",
        "us-gov-west-1",
        "https://iam.us-gov.amazonaws.com",
    ),
    ("", "us-east-1", "https://iam.amazonaws.com"),
];

impl Service {
    /// The endpoint that the AWS configuration names for this service alone.
    pub(super) fn configured(&self, config: &SdkConfig) -> Option<String> {
        let key = ServiceConfigKey::builder()
            .service_id(self.id)
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        config.service_config()?.load_config(key)
    }

    /// AWS's own endpoint.
    pub(super) fn own(&self, region: &Region) -> String {
        if self.global {
            return iam(region).2.to_owned();
        }
        let suffix = match region.as_str().starts_with("cn-") {
            true => "amazonaws.com.cn",
            false => "amazonaws.com",
        };
        format!("https://{}.{region}.{suffix}", self.host)
    }

    /// The region that signatures name.
    pub(super) fn signing_region(&self, region: &Region) -> String {
        match self.global {
            true => iam(region).1.to_owned(),
            false => region.to_string(),
        }
    }
}

fn iam(region: &Region) -> (&'static str, &'static str, &'static str) {
    let found = IAM
        .iter()
        .find(|(start, _, _)| region.as_str().starts_with(start));
    found
        .copied()
        .unwrap_or(("", "us-east-1", "https://iam.amazonaws.com"))
}

/// The ends of AWS's own host names.
const AWS_HOSTS: [&str; 4] = [
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".api.aws",
    ".api.amazonwebservices.com.cn",
];

/// Whether a URL is one of AWS's own.
pub(crate) fn is_aws(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    AWS_HOSTS.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EC2: Service = Service {
        signing: "ec2",
        host: "ec2",
        id: "EC2",
        global: false,
    };
    const IAM_SERVICE: Service = Service {
        signing: "iam",
        host: "iam",
        id: "IAM",
        global: true,
    };

    #[test]
    fn each_partition_has_its_hosts() {
        let own = |service: &Service, region| service.own(&Region::parse(region).unwrap());
        assert_eq!(
            own(&EC2, "eu-west-1"),
            "https://ec2.eu-west-1.amazonaws.com"
        );
        assert_eq!(
            own(&EC2, "cn-north-1"),
            "https://ec2.cn-north-1.amazonaws.com.cn"
        );
        assert_eq!(own(&IAM_SERVICE, "eu-west-1"), "https://iam.amazonaws.com");
        assert_eq!(
            own(&IAM_SERVICE, "us-gov-east-1"),
            "https://iam.us-gov.amazonaws.com"
        );
        let region = Region::parse("cn-northwest-1").unwrap();
        assert_eq!(IAM_SERVICE.signing_region(&region), "cn-north-1");
        assert!(is_aws(&IAM_SERVICE.own(&region)));
    }

    #[test]
    fn look_alikes_are_not_aws() {
        for url in [
            "http://ec2.us-east-1.amazonaws.com",
            "https://amazonaws.com.example.org",
            "https://ec2.amazonaws.com@evil.example",
            "https://xamazonaws.com",
            "http://127.0.0.1:4566",
            "",
        ] {
            assert!(!is_aws(url), "{url}");
        }
        assert!(is_aws("https://ec2.us-east-1.amazonaws.com:443/"));
        assert!(is_aws("https://ec2.us-east-1.api.aws"));
    }
}
