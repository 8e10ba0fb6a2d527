//! Where a call takes place: what ARNs hold besides names.

use crate::wire::service::Service;

/// Partition, region and account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) partition: &'static str,
    /// The region in the signature.
    pub(crate) region: String,
    pub(crate) account: String,
}

impl Place {
    /// The ARN of a resource of a service, `resource` being all after the account.
    pub(crate) fn arn(&self, service: Service, resource: &str) -> String {
        let prefix = service.prefix();
        let regional = self.region.as_str();
        let (region, account) = match (service, resource.split('/').next()) {
            (Service::S3, _) => ("", ""),
            (Service::Iam, _) => ("", self.account.as_str()),
            // Images and snapshots may belong to anyone, address pools to all regions.
            (Service::Ec2, Some("image" | "snapshot")) => (regional, ""),
            (Service::Ec2, Some("ipam-pool")) => ("", self.account.as_str()),
            _ => (regional, self.account.as_str()),
        };
        let partition = self.partition;
        format!("arn:{partition}:{prefix}:{region}:{account}:{resource}")
    }

    /// A text of a table with its account, region and partition.
    pub(crate) fn fill(&self, text: &str) -> String {
        text.replace("{Partition}", self.partition)
            .replace("{Region}", &self.region)
            .replace("{Account}", &self.account)
    }
}
