//! What AWS's answer to a simulation means. Pure.

use aws_sdk_iam::types::{
    EvaluationResult, PolicyEvaluationDecisionType as Decision, PolicySourceType, Statement,
};
use commissary_core::domain::{DeniedBy, DenyingLayer, DenyingStatement};

use crate::ladder::facts::Known;
use crate::ladder::judge::Answer;

/// Reads one result of a simulation of one resource (IAM API Reference, "EvaluationResult" and
/// "ResourceSpecificResult").
pub(super) fn answer(result: &EvaluationResult, resource: &str, known: &Known) -> Answer {
    let specific = result
        .resource_specific_results()
        .iter()
        .find(|specific| specific.eval_resource_name() == resource);
    let decision = match specific {
        Some(specific) if specific.eval_resource_decision() != result.eval_decision() => {
            return unknown("AWS's simulation contradicts itself");
        }
        _ => result.eval_decision(),
    };
    let missing = missing_keys(
        known,
        result.eval_action_name(),
        result.missing_context_values().iter().chain(
            specific
                .into_iter()
                .flat_map(|s| s.missing_context_values()),
        ),
    );
    if !missing.is_empty() {
        // Without the key a condition is decided as if it were absent, for a deny as for an allow.
        return Answer::Conditional { keys: missing };
    }
    let boundary = specific
        .and_then(|s| s.permissions_boundary_decision_detail())
        .or(result.permissions_boundary_decision_detail());
    let layers = Layers {
        organization: result
            .organizations_decision_detail()
            .is_none_or(|detail| detail.allowed_by_organizations()),
        boundary: boundary.is_none_or(|detail| detail.allowed_by_permissions_boundary()),
    };
    let matched = match specific {
        Some(specific) if !specific.matched_statements().is_empty() => {
            specific.matched_statements()
        }
        _ => result.matched_statements(),
    };
    decided(decision, &layers, matched)
}

/// Whether the layers that only limit let the request through.
struct Layers {
    organization: bool,
    boundary: bool,
}

fn decided(decision: &Decision, layers: &Layers, matched: &[Statement]) -> Answer {
    match decision {
        Decision::Allowed if layers.organization && layers.boundary => {
            let by = policies(matched);
            Answer::Allowed {
                by: by.iter().map(|name| format!("`{name}`")).collect(),
            }
        }
        Decision::Allowed => unknown("AWS's simulation contradicts itself"),
        Decision::ExplicitDeny => Answer::Denied {
            by: explicitly(layers, matched),
            final_: true,
        },
        Decision::ImplicitDeny => Answer::Denied {
            final_: !layers.organization,
            by: DeniedBy::withheld(layer(layers)),
        },
        _ => unknown("AWS's simulation gave a decision that is not known here"),
    }
}

/// An explicit deny by the policies that matched. AWS names policies, and where in their text the
/// statement stands, but not its id.
fn explicitly(layers: &Layers, matched: &[Statement]) -> DeniedBy {
    let in_groups = matched
        .iter()
        .all(|statement| statement.source_policy_type() == Some(&PolicySourceType::Group));
    let layer = match layer(layers) {
        DenyingLayer::Identity if in_groups && !matched.is_empty() => DenyingLayer::Group,
        other => other,
    };
    let named = policies(matched)
        .into_iter()
        .map(|policy| DenyingStatement {
            policy,
            number: None,
            sid: None,
        });
    let named: Vec<DenyingStatement> = named.collect();
    match named.is_empty() {
        true => DeniedBy::explicitly_unquoted(layer),
        false => DeniedBy::explicitly(layer, named),
    }
}

fn layer(layers: &Layers) -> DenyingLayer {
    match layers {
        Layers {
            organization: false,
            ..
        } => DenyingLayer::ServiceControl,
        Layers {
            boundary: false, ..
        } => DenyingLayer::Boundary,
        _ => DenyingLayer::Identity,
    }
}

fn missing_keys<'a>(
    known: &Known,
    action: &str,
    keys: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let mut relevant: Vec<String> = keys
        .filter(|key| !known.lacks(action, key))
        .cloned()
        .collect();
    relevant.sort_unstable();
    relevant.dedup();
    relevant
}

/// The policies of the statements that decided, as far as AWS names them.
fn policies(matched: &[Statement]) -> Vec<String> {
    let named = matched
        .iter()
        .filter_map(|statement| statement.source_policy_id());
    let mut policies: Vec<String> = named.map(str::to_owned).collect();
    policies.sort_unstable();
    policies.dedup();
    policies
}

fn unknown(why: &str) -> Answer {
    Answer::Unknown {
        why: why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_iam::types::{
        OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail, ResourceSpecificResult,
    };

    use commissary_core::domain::{Identity, Partition};

    use super::*;
    use crate::principal::Principal;

    const RESOURCE: &str = "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1";

    fn result(decision: Decision) -> aws_sdk_iam::types::builders::EvaluationResultBuilder {
        EvaluationResult::builder()
            .eval_action_name("ec2:DeleteVpc")
            .eval_resource_name(RESOURCE)
            .eval_decision(decision)
    }

    fn read(result: aws_sdk_iam::types::builders::EvaluationResultBuilder) -> Answer {
        let identity = Identity {
            account_id: "123456789012".into(),
            principal_arn: "arn:aws:iam::123456789012:user/Kommander".into(),
            user_id: "AIDAEXAMPLE".into(),
            partition: Partition::new("aws"),
        };
        let known = Known::of(&identity, &Principal::of(&identity), false);
        answer(&result.build().unwrap(), RESOURCE, &known)
    }

    fn boundary(allowed: bool) -> PermissionsBoundaryDecisionDetail {
        PermissionsBoundaryDecisionDetail::builder()
            .allowed_by_permissions_boundary(allowed)
            .build()
    }

    fn organization(allowed: bool) -> OrganizationsDecisionDetail {
        OrganizationsDecisionDetail::builder()
            .allowed_by_organizations(allowed)
            .build()
    }

    fn denied(answer: Answer) -> (String, bool) {
        match answer {
            Answer::Denied { by, final_ } => (by.layer, final_),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_layer_that_denied_is_named() {
        let plain = result(Decision::ImplicitDeny);
        assert_eq!(
            denied(read(plain.clone())),
            ("identity policies".into(), false)
        );
        let bounded = plain
            .clone()
            .permissions_boundary_decision_detail(boundary(false));
        assert_eq!(
            denied(read(bounded.clone())),
            ("permissions boundary".into(), false)
        );
        let controlled = bounded.organizations_decision_detail(organization(false));
        assert_eq!(
            denied(read(controlled)),
            ("service control policies".into(), true)
        );
        let explicit = result(Decision::ExplicitDeny);
        assert_eq!(denied(read(explicit)), ("identity policies".into(), true));
    }

    #[test]
    fn a_key_that_is_missing_makes_any_answer_hang_on_it() {
        for decision in [
            Decision::Allowed,
            Decision::ImplicitDeny,
            Decision::ExplicitDeny,
        ] {
            let answer = read(result(decision).missing_context_values("aws:SourceIp"));
            let keys = vec!["aws:SourceIp".to_owned()];
            assert_eq!(answer, Answer::Conditional { keys });
        }
        let foreign = result(Decision::Allowed).missing_context_values("iam:PassedToService");
        assert!(matches!(read(foreign), Answer::Allowed { .. }));
    }

    #[test]
    fn what_contradicts_itself_is_no_answer() {
        let specific = ResourceSpecificResult::builder()
            .eval_resource_name(RESOURCE)
            .eval_resource_decision(Decision::ImplicitDeny)
            .build()
            .unwrap();
        for odd in [
            result(Decision::Allowed).resource_specific_results(specific),
            result(Decision::Allowed).organizations_decision_detail(organization(false)),
            result(Decision::Allowed).permissions_boundary_decision_detail(boundary(false)),
            result(Decision::from("maybe")),
        ] {
            assert!(matches!(read(odd), Answer::Unknown { .. }));
        }
    }

    #[test]
    fn the_details_of_the_resource_count() {
        let specific = ResourceSpecificResult::builder()
            .eval_resource_name(RESOURCE)
            .eval_resource_decision(Decision::ExplicitDeny)
            .matched_statements(Statement::builder().source_policy_id("guard").build())
            .permissions_boundary_decision_detail(boundary(true))
            .build()
            .unwrap();
        let answer = read(result(Decision::ExplicitDeny).resource_specific_results(specific));
        let Answer::Denied { by, final_: true } = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(by.statements, ["`guard`"]);
    }
}
