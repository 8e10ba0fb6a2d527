//! What went wrong at a cluster, in words of our own: the library's may repeat what was sent.

use std::error::Error;

use commissary_core::ports::DeliveryError;

/// What an error means; `what` is the call as a verb phrase.
pub(crate) fn told(error: &kube::Error, server: &str, what: &str) -> DeliveryError {
    let server = server.to_owned();
    match error {
        kube::Error::Api(status) => match status.code {
            401 => DeliveryError::NotSignedIn { server },
            403 if is_of_rights(&status.message) => DeliveryError::Denied {
                server,
                what: what.to_owned(),
            },
            // What one has the right to is refused with the same status by what admits objects.
            403 => DeliveryError::NotAdmitted {
                server,
                what: what.to_owned(),
            },
            500 if status.message.contains("failed calling webhook") => {
                DeliveryError::NotAdmitted {
                    server,
                    what: what.to_owned(),
                }
            }
            status => DeliveryError::Refused {
                server,
                status,
                what: what.to_owned(),
            },
        },
        error if mentions(error, "invalid peer certificate") => DeliveryError::Untrusted { server },
        kube::Error::SerdeError(_) => DeliveryError::Unreachable {
            server,
            why: "what answers there is no Kubernetes API server".to_owned(),
        },
        error => DeliveryError::Unreachable {
            server,
            why: why(error).to_owned(),
        },
    }
}

/// Whether it is said that somebody has no right: `… is forbidden: User "…" cannot …`, as no
/// admission plugin says it.
fn is_of_rights(message: &str) -> bool {
    let (_, refused) = message.split_once(" forbidden: ").unwrap_or(("", message));
    refused.starts_with("User \"") && refused.contains("\" cannot ")
}

/// Reasons that the network gives, and how they are told.
const REASONS: &[(&str, &str)] = &[
    ("dns error", "its name is not known"),
    ("failed to lookup", "its name is not known"),
    ("refused", "nothing listens there"),
    ("timed out", "no connection came about in time"),
    ("deadline has elapsed", "no connection came about in time"),
    ("unreachable", "there is no way to it"),
    ("reset", "the connection broke"),
];

fn why(error: &kube::Error) -> &'static str {
    let known = REASONS.iter().find(|(sign, _)| mentions(error, sign));
    known.map_or("the connection failed", |(_, why)| why)
}

/// Whether an error or one that it comes from says so.
fn mentions(error: &(dyn Error + 'static), sign: &str) -> bool {
    std::iter::successors(Some(error), |error| (*error).source())
        .any(|error| error.to_string().to_lowercase().contains(sign))
}
