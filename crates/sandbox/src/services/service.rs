//! The services: how each is called and how it refuses.

use crate::fault::Code;

/// The protocol that a service speaks (Smithy, "AWS protocols").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// EC2's own query protocol.
    Ec2,
    /// The query protocol of IAM and its like.
    Query,
    /// JSON, with the operation in `X-Amz-Target`.
    Json,
    /// JSON, with the operation in method and path.
    Rest,
}

/// A service.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServiceRow {
    /// Its name in credential scopes.
    pub(crate) signing: &'static str,
    /// Its name in actions.
    pub(crate) prefix: &'static str,
    pub(crate) protocol: Protocol,
    /// How it says that the caller may not ("Common Errors" of its API Reference).
    pub(crate) denied: Code,
    /// How it says that a parameter is not there.
    pub(crate) missing_parameter: Code,
}

const fn row(
    signing: &'static str,
    prefix: &'static str,
    protocol: Protocol,
    denied: Code,
    missing_parameter: Code,
) -> ServiceRow {
    ServiceRow {
        signing,
        prefix,
        protocol,
        denied,
        missing_parameter,
    }
}

use Code::{
    AccessDenied, AccessDeniedException, MissingParameter, UnauthorizedOperation, ValidationError,
    ValidationException,
};
use Protocol::{Ec2, Json, Query, Rest};

const SERVICES: &[ServiceRow] = &[
    row("ec2", "ec2", Ec2, UnauthorizedOperation, MissingParameter),
    row(
        "elasticloadbalancing",
        "elasticloadbalancing",
        Query,
        AccessDenied,
        ValidationError,
    ),
    row(
        "autoscaling",
        "autoscaling",
        Query,
        AccessDenied,
        ValidationError,
    ),
    row(
        "tagging",
        "tag",
        Json,
        AccessDeniedException,
        ValidationException,
    ),
    row(
        "secretsmanager",
        "secretsmanager",
        Json,
        AccessDeniedException,
        ValidationException,
    ),
    row(
        "ssm",
        "ssm",
        Json,
        AccessDeniedException,
        ValidationException,
    ),
    row(
        "kms",
        "kms",
        Json,
        AccessDeniedException,
        ValidationException,
    ),
    row(
        "eks",
        "eks",
        Rest,
        AccessDeniedException,
        ValidationException,
    ),
];

/// The service of that name in a credential scope.
pub(crate) fn find(signing: &str) -> Option<&'static ServiceRow> {
    SERVICES.iter().find(|row| row.signing == signing)
}
