//! The services that the sandbox answers for, and how each speaks.

/// A service, as its API is versioned: Elastic Load Balancing is two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Iam,
    Sts,
    Ec2,
    Elb,
    ElbV2,
    AutoScaling,
    Tagging,
    SecretsManager,
    Ssm,
    Kms,
    Events,
    Sqs,
    Eks,
    S3,
}

/// The form of requests and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Parameters in a form, results in XML.
    Query,
    /// The same with EC2's envelopes.
    Ec2,
    /// JSON with the operation in `X-Amz-Target`; the version stands in the content type.
    Json(&'static str),
    /// JSON at a path (EKS).
    RestJson,
    /// XML at a path (S3).
    RestXml,
}

/// What tells one service from another on the wire.
struct Facts {
    /// What its actions begin with in policies.
    prefix: &'static str,
    /// The name in credential scopes.
    scope: &'static str,
    protocol: Protocol,
    /// Of the query protocols: the version that requests name.
    version: &'static str,
    /// Of the query protocols: the namespace of answers. Of JSON: what targets begin with.
    name: &'static str,
}

const fn facts(service: Service) -> Facts {
    let (prefix, scope, protocol, version, name) = match service {
        Service::Iam => (
            "iam",
            "iam",
            Protocol::Query,
            "2010-05-08",
            "https://iam.amazonaws.com/doc/2010-05-08/",
        ),
        Service::Sts => (
            "sts",
            "sts",
            Protocol::Query,
            "2011-06-15",
            "https://sts.amazonaws.com/doc/2011-06-15/",
        ),
        Service::Ec2 => (
            "ec2",
            "ec2",
            Protocol::Ec2,
            "2016-11-15",
            "http://ec2.amazonaws.com/doc/2016-11-15/",
        ),
        Service::Elb => (
            "elasticloadbalancing",
            "elasticloadbalancing",
            Protocol::Query,
            "2012-06-01",
            "http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/",
        ),
        Service::ElbV2 => (
            "elasticloadbalancing",
            "elasticloadbalancing",
            Protocol::Query,
            "2015-12-01",
            "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
        ),
        Service::AutoScaling => (
            "autoscaling",
            "autoscaling",
            Protocol::Query,
            "2011-01-01",
            "http://autoscaling.amazonaws.com/doc/2011-01-01/",
        ),
        Service::Tagging => json("tag", "tagging", "1.1", "ResourceGroupsTaggingAPI_20170126"),
        Service::SecretsManager => {
            json("secretsmanager", "secretsmanager", "1.1", "secretsmanager")
        }
        Service::Ssm => json("ssm", "ssm", "1.1", "AmazonSSM"),
        Service::Kms => json("kms", "kms", "1.1", "TrentService"),
        Service::Events => json("events", "events", "1.1", "AWSEvents"),
        Service::Sqs => json("sqs", "sqs", "1.0", "AmazonSQS"),
        Service::Eks => ("eks", "eks", Protocol::RestJson, "", ""),
        Service::S3 => ("s3", "s3", Protocol::RestXml, "", ""),
    };
    Facts {
        prefix,
        scope,
        protocol,
        version,
        name,
    }
}

const fn json(
    prefix: &'static str,
    scope: &'static str,
    version: &'static str,
    target: &'static str,
) -> (
    &'static str,
    &'static str,
    Protocol,
    &'static str,
    &'static str,
) {
    (prefix, scope, Protocol::Json(version), "", target)
}

impl Service {
    pub(crate) const ALL: [Service; 14] = [
        Service::Iam,
        Service::Sts,
        Service::Ec2,
        Service::Elb,
        Service::ElbV2,
        Service::AutoScaling,
        Service::Tagging,
        Service::SecretsManager,
        Service::Ssm,
        Service::Kms,
        Service::Events,
        Service::Sqs,
        Service::Eks,
        Service::S3,
    ];

    /// What its actions begin with in policies.
    pub(crate) fn prefix(self) -> &'static str {
        facts(self).prefix
    }

    /// The name in credential scopes.
    pub(crate) fn scope(self) -> &'static str {
        facts(self).scope
    }

    pub(crate) fn protocol(self) -> Protocol {
        facts(self).protocol
    }

    /// The API version that requests of the query protocols name.
    pub(crate) fn version(self) -> &'static str {
        facts(self).version
    }

    /// The XML namespace of its answers.
    pub(crate) fn namespace(self) -> &'static str {
        facts(self).name
    }

    /// The service of the query protocols that has this version.
    pub(crate) fn of_version(version: &str) -> Option<Service> {
        let mut all = Service::ALL.into_iter();
        all.find(|service| !version.is_empty() && service.version() == version)
    }

    /// The service and operation that an `X-Amz-Target` names.
    pub(crate) fn of_target(target: &str) -> Option<(Service, &str)> {
        let (name, operation) = target.rsplit_once('.')?;
        let mut all = Service::ALL.into_iter();
        let json = |service: &Service| matches!(service.protocol(), Protocol::Json(_));
        let service = all.find(|service| json(service) && facts(*service).name == name)?;
        Some((service, operation))
    }

    /// The first service of that name in credential scopes.
    pub(crate) fn of_scope(scope: &str) -> Option<Service> {
        let mut all = Service::ALL.into_iter();
        all.find(|service| service.scope() == scope)
    }
}
