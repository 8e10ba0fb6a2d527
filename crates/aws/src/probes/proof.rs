//! What the answer to a probe proves. Pure.

use commissary_core::domain::DeniedBy;

use super::existing::{Named, placeholders};
use super::reach::Reach;
use super::request::sent;
use super::table::Probe;
use crate::signed::{Answer, CallFault};

/// What a probe found out about its action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// AWS allows the call on what it names; how that shows.
    Allowed { seen: String, reach: Reach },
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

/// A probe as it was sent.
pub(super) struct Asked<'a> {
    pub(super) probe: &'a Probe,
    pub(super) named: &'a Named,
    /// The resources that it was asked about.
    pub(super) about: &'a [String],
    /// Whether the action takes no resources.
    pub(super) is_exact: bool,
    pub(super) reach: Reach,
}

/// Weighs an answer. A denial is certain where the action takes no resources (`is_exact`): then it
/// cannot hang on the tags that the made-up or found thing lacks.
pub(super) fn weigh(asked: Asked<'_>, answer: &Result<Answer, CallFault>) -> Proof {
    let on = on(&asked);
    let Asked {
        probe,
        is_exact,
        reach,
        ..
    } = asked;
    match answer {
        Ok(Answer::Done(_)) if probe.is_dry_run() && !probe.only_reads() => nothing(
            "what answered did the call although it was a dry run; it is not AWS, and nothing it says counts",
        ),
        Ok(Answer::Done(_)) => Proof::Allowed {
            seen: format!("AWS answered the call itself{on}"),
            reach,
        },
        Ok(Answer::Refused { code, .. }) if code == DRY_RUN && probe.is_dry_run() => {
            Proof::Allowed {
                seen: format!("AWS says of a dry run{on} that it would have succeeded"),
                reach,
            }
        }
        Ok(Answer::Refused { code, message }) if DENIED.contains(&code.as_str()) => {
            match is_about(probe, message) {
                true => denied(probe, is_exact, &on, message),
                false => nothing(&format!(
                    "what answered{on} says `{code}`, but not as AWS denies this action"
                )),
            }
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
fn on(asked: &Asked<'_>) -> String {
    let kinds = || sent(asked.probe, asked.about).flat_map(|(_, value)| placeholders(value));
    let more = match kinds().count() {
        0 | 1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    match kinds().next() {
        None => String::new(),
        Some(kind) if kinds().all(|kind| asked.named.exists(kind)) => {
            format!(" on `{}`{more}", asked.named.id(kind))
        }
        Some(kind) if asked.named.exists(kind) => {
            format!(" on `{}`{more}, some of them made up", asked.named.id(kind))
        }
        Some(kind) => format!(" on the made-up `{}`{more}", asked.named.id(kind)),
    }
}

/// Whether a denial is AWS's and about the action of the probe. A proxy may deny too, and AWS may
/// deny what the call needs beside (IAM User Guide, "Troubleshoot access denied error messages").
fn is_about(probe: &Probe, message: &str) -> bool {
    let Some((_, after)) = message.split_once("not authorized to perform: ") else {
        return message.contains("not authorized to perform this operation");
    };
    let action = after.split_whitespace().next().unwrap_or_default();
    action
        .trim_end_matches(['.', ','])
        .eq_ignore_ascii_case(&probe.action())
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
/// messages") and as reports do.
const LAYERS: [(&str, &str); 7] = [
    ("identity-based policy", "identity policies"),
    ("permissions boundary", "permissions boundary"),
    ("service control policy", "service control policies"),
    ("session policy", "session policy"),
    ("resource-based policy", "resource policy"),
    ("resource control policy", "resource control policies"),
    ("VPC endpoint policy", "VPC endpoint policy"),
];

fn by(message: &str) -> DeniedBy {
    let named = LAYERS.iter().find(|(theirs, _)| message.contains(theirs));
    let explicit = message.contains("explicit deny");
    DeniedBy {
        layer: match named {
            Some((_, ours)) => (*ours).to_owned(),
            None => "policies, of which AWS does not name the one".to_owned(),
        },
        statements: match explicit {
            true => vec![quoted(message)],
            false => Vec::new(),
        },
    }
}

/// The policy of an explicit deny, which AWS names at the end of its sentence where it may.
fn quoted(message: &str) -> String {
    let after = message.split("explicit deny").nth(1).unwrap_or_default();
    let arn = after.split_whitespace().find(|word| {
        word.starts_with("arn:") && (word.contains(":policy/") || word.contains(":policy:"))
    });
    match arn {
        Some(arn) => format!("`{}`", arn.trim_end_matches(['.', ','])),
        None => "an explicit deny that AWS does not quote".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::probe;
    use super::*;

    fn weighed(action: &str, is_exact: bool, answer: Result<Answer, CallFault>) -> Proof {
        let asked = Asked {
            probe: probe(action).unwrap(),
            named: &Named::made_up(),
            about: &[],
            is_exact,
            reach: Reach::default(),
        };
        weigh(asked, &answer)
    }

    fn refused(code: &str, message: &str) -> Result<Answer, CallFault> {
        Ok(Answer::Refused {
            code: code.into(),
            message: message.into(),
        })
    }

    fn implicit(action: &str) -> String {
        format!(
            "User: arn:aws:iam::1:user/a is not authorized to perform: {action} because no identity-based policy allows the {action} action"
        )
    }

    const SCP: &str = "User: arn:aws:iam::1:user/a is not authorized to perform: tag:GetResources with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1";

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
            refused("UnauthorizedOperation", &implicit("ec2:DescribeVpcs")),
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
            (by.layer.as_str(), by.statements.join(", ").as_str()),
            (
                "service control policies",
                "`arn:aws:organizations::1:policy/o-1/service_control_policy/p-1`"
            )
        );
        let proof = weighed(
            "ec2:DeleteVpc",
            false,
            refused("UnauthorizedOperation", &implicit("ec2:DeleteVpc")),
        );
        assert!(matches!(proof, Proof::Nothing { why } if why.contains("made-up `vpc-")));
    }

    #[test]
    fn the_layer_is_not_told_where_ec2_encodes_it() {
        let encoded = "You are not authorized to perform this operation. Encoded authorization failure message: abc";
        let answer = refused("UnauthorizedOperation", encoded);
        let Proof::Denied { by, .. } = weighed("ec2:DescribeVpcs", true, answer) else {
            panic!("not denied");
        };
        assert!(by.layer.contains("does not name"), "{by:?}");
    }

    #[test]
    fn a_denial_of_something_else_is_none_of_the_action() {
        for message in [
            implicit("iam:PassRole"),
            "blocked by the web filter".to_owned(),
            String::new(),
        ] {
            let answer = refused("AccessDeniedException", &message);
            let proof = weighed("tag:GetResources", true, answer);
            assert!(matches!(proof, Proof::Nothing { .. }), "{message}");
        }
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
