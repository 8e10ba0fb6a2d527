//! What the answer to a probe proves. Pure.

use commissary_core::domain::{DeniedBy, DenyingLayer};

use super::existing::{Named, placeholders};
use super::table::Probe;
use crate::signed::{Answer, CallFault};

/// What a probe found out about its action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// AWS allows the call; how that shows.
    Allowed { seen: String },
    /// AWS denies the action, whatever it is called on; how that shows.
    Denied { by: DeniedBy, seen: String },
    /// Nothing is certain, because.
    Nothing { why: String },
}

/// How EC2 says that a dry run would have been done.
const DRY_RUN: &str = "DryRunOperation";

/// How services say that the caller may not.
const DENIED: [&str; 4] = [
    "UnauthorizedOperation",
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedAccess",
];

/// How services say that they do not take the key, which in a region that is not enabled they do
/// of every key (AWS Account Management Reference Guide, "Enable or disable AWS Regions").
const KEY_REFUSED: [&str; 8] = [
    "AuthFailure",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "OptInRequired",
    "ExpiredToken",
    "ExpiredTokenException",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
];

/// Weighs an answer. A denial is certain where the action takes no resources (`is_exact`): then it
/// cannot hang on the tags that the made-up or found thing lacks.
pub(super) fn weigh(
    probe: &Probe,
    named: &Named,
    is_exact: bool,
    answer: &Result<Answer, CallFault>,
) -> Proof {
    let on = on(probe, named);
    match answer {
        Ok(Answer::Done(_)) if probe.is_dry_run() && !probe.only_reads() => nothing(
            "what answered did the call although it was a dry run; it is not AWS, and nothing it says counts",
        ),
        Ok(Answer::Done(_)) => Proof::Allowed {
            seen: format!("AWS answered the call itself{on}"),
        },
        Ok(Answer::Refused { code, .. }) if code == DRY_RUN && probe.is_dry_run() => {
            Proof::Allowed {
                seen: format!("AWS says of a dry run{on} that it would have succeeded"),
            }
        }
        Ok(Answer::Refused { code, message }) if DENIED.contains(&code.as_str()) => {
            denied(probe, is_exact, &on, message)
        }
        Ok(Answer::Refused { code, .. }) if KEY_REFUSED.contains(&code.as_str()) => {
            nothing(&format!(
                "AWS does not take the key there (`{code}`); is the region enabled for the account?"
            ))
        }
        Ok(Answer::Refused { code, .. }) => nothing(&format!(
            "AWS answered `{code}`{on}, which does not say whether the call is allowed"
        )),
        Err(fault) => nothing(&fault.to_string()),
    }
}

fn nothing(why: &str) -> Proof {
    Proof::Nothing {
        why: why.to_owned(),
    }
}

/// What the probe names, for people.
fn on(probe: &Probe, named: &Named) -> String {
    match placeholders(probe.parameters).next() {
        None => String::new(),
        Some(kind) if named.knows_all(probe.parameters) => format!(" on `{}`", named.id(kind)),
        Some(kind) => format!(" on the made-up `{}`", named.id(kind)),
    }
}

fn denied(probe: &Probe, is_exact: bool, on: &str, message: &str) -> Proof {
    let by = by(message);
    if is_exact {
        let seen = format!("AWS denied the call itself, made from this machine{on}");
        return Proof::Denied { by, seen };
    }
    let what = if probe.is_dry_run() {
        "a dry run"
    } else {
        "the call"
    };
    nothing(&format!(
        "AWS denied {what}{on}, by the {}; the right may be missing, or may hang on tags and names that only the resources of clusters have",
        by.layer
    ))
}

/// The layers as AWS's sentences name them (IAM User Guide, "Troubleshoot access denied error
/// messages").
const LAYERS: [(&str, DenyingLayer); 7] = [
    ("identity-based policy", DenyingLayer::Identity),
    ("permissions boundary", DenyingLayer::Boundary),
    ("service control policy", DenyingLayer::ServiceControl),
    ("session policy", DenyingLayer::Session),
    ("resource-based policy", DenyingLayer::Resource),
    ("resource control policy", DenyingLayer::ResourceControl),
    ("VPC endpoint policy", DenyingLayer::VpcEndpoint),
];

fn by(message: &str) -> DeniedBy {
    let named = LAYERS.iter().find(|(theirs, _)| message.contains(theirs));
    let layer = named.map_or(DenyingLayer::Unknown, |(_, ours)| *ours);
    match message.contains("explicit deny") {
        true => DeniedBy::explicitly_unquoted(layer),
        false => DeniedBy::withheld(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::probe;
    use super::*;

    fn weighed(action: &str, is_exact: bool, answer: Result<Answer, CallFault>) -> Proof {
        weigh(probe(action).unwrap(), &Named::made_up(), is_exact, &answer)
    }

    fn refused(code: &str, message: &str) -> Result<Answer, CallFault> {
        Ok(Answer::Refused {
            code: code.into(),
            message: message.into(),
        })
    }

    const IMPLICIT: &str = "User: arn:aws:iam::1:user/a is not authorized to perform: ec2:X because no identity-based policy allows the ec2:X action";
    const SCP: &str = "… with an explicit deny in a service control policy";

    #[test]
    fn a_dry_run_that_would_succeed_is_allowed() {
        let proof = weighed("ec2:CreateVpc", false, refused("DryRunOperation", ""));
        assert!(matches!(proof, Proof::Allowed { .. }));
        // Nothing but a dry run is answered so.
        let proof = weighed("tag:GetResources", true, refused("DryRunOperation", ""));
        assert!(matches!(proof, Proof::Nothing { .. }));
    }

    #[test]
    fn a_denial_counts_only_where_no_tag_could_turn_it() {
        let Proof::Denied { by, .. } = weighed(
            "ec2:DescribeVpcs",
            true,
            refused("UnauthorizedOperation", IMPLICIT),
        ) else {
            panic!("not denied");
        };
        assert_eq!(
            (by.layer.as_str(), by.statements.len()),
            ("identity policies", 0)
        );
        let Proof::Denied { by, .. } = weighed(
            "tag:GetResources",
            true,
            refused("AccessDeniedException", SCP),
        ) else {
            panic!("not denied");
        };
        assert_eq!(
            (by.layer.as_str(), by.statements.len()),
            ("service control policies", 1)
        );
        let proof = weighed(
            "ec2:DeleteVpc",
            false,
            refused("UnauthorizedOperation", IMPLICIT),
        );
        assert!(matches!(proof, Proof::Nothing { why } if why.contains("made-up `vpc-")));
    }

    #[test]
    fn whatever_else_is_answered_proves_nothing() {
        for answer in [
            refused("InvalidVpcID.NotFound", ""),
            refused("MissingParameter", ""),
            refused("AuthFailure", ""),
            refused("InternalError", ""),
            Ok(Answer::Done(String::new())),
            Err(CallFault::Throttled),
            Err(CallFault::Silence("x".into())),
        ] {
            let proof = weighed("ec2:DeleteVpc", true, answer);
            assert!(matches!(proof, Proof::Nothing { .. }), "{proof:?}");
        }
    }
}
