//! The policy simulator (IAM API Reference, "SimulatePrincipalPolicy").

mod evaluate;
mod inputs;
mod positions;
mod subject;

use commissary_iam::Outcome;

use crate::account::Account;
use crate::authorize::policies::Source;
use crate::call::Call;
use crate::fault::Fault;
use crate::operations::{Handler, Operation, Target};
use crate::wire::page::Page;
use crate::wire::xml::Xml;
use evaluate::Evaluation;
use positions::Position;

pub(super) const OPERATIONS: &[Operation] = &[Operation::iam(
    "SimulatePrincipalPolicy",
    Target::PolicySource,
    Handler::Read(simulate_principal_policy),
)];

/// The most combinations of action and resource in one simulation.
const MOST_EVALUATIONS: usize = 100_000;

fn simulate_principal_policy(
    account: &Account,
    call: &Call<'_>,
    xml: &mut Xml,
) -> Result<(), Fault> {
    let subject = subject::read(account, call)?;
    let actions = inputs::actions(call.params)?;
    let resources = inputs::resources(call.params)?;
    if actions.len() * resources.len() > MOST_EVALUATIONS {
        return Err(Fault::invalid_input(format!(
            "A simulation may have at most {MOST_EVALUATIONS} combinations of ActionNames and \
             ResourceArns. Ask in several requests."
        )));
    }
    let pairs = actions
        .iter()
        .flat_map(|action| resources.iter().map(move |resource| (*action, *resource)))
        .enumerate()
        .map(|(index, pair)| (format!("{index:08}"), pair));
    let page = Page::cut(call.params, pairs)?;
    xml.list(
        "EvaluationResults",
        &page.items,
        |xml, (action, resource)| {
            let evaluation = evaluate::evaluate(&subject, action, resource);
            write_evaluation(xml, action, resource, &evaluation);
        },
    );
    page.write_end(xml);
    Ok(())
}

/// For `*` the missing keys stand with the action, for a resource with the resource (IAM API
/// Reference, "EvaluationResult" and "ResourceSpecificResult").
fn write_evaluation(xml: &mut Xml, action: &str, resource: &str, evaluation: &Evaluation<'_>) {
    let everything = resource == "*";
    xml.text("EvalActionName", action);
    xml.text("EvalResourceName", resource);
    xml.text("EvalDecision", decision_word(evaluation.outcome));
    write_statements(xml, evaluation);
    if everything {
        xml.texts("MissingContextValues", &evaluation.missing);
    } else {
        xml.texts::<&str>("MissingContextValues", []);
    }
    if let Some(allowed) = evaluation.allowed_by_organization {
        xml.element("OrganizationsDecisionDetail", |xml| {
            xml.text("AllowedByOrganizations", allowed);
        });
    }
    write_boundary(xml, evaluation);
    if everything {
        return;
    }
    xml.element("EvalDecisionDetails", |_| {});
    xml.list("ResourceSpecificResults", [resource], |xml, resource| {
        xml.text("EvalResourceName", resource);
        xml.text("EvalResourceDecision", decision_word(evaluation.outcome));
        write_statements(xml, evaluation);
        xml.texts("MissingContextValues", &evaluation.missing);
        write_boundary(xml, evaluation);
    });
}

fn decision_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::ExplicitDeny => "explicitDeny",
        Outcome::ImplicitDeny => "implicitDeny",
    }
}

fn write_statements(xml: &mut Xml, evaluation: &Evaluation<'_>) {
    xml.list(
        "MatchedStatements",
        &evaluation.statements,
        |xml, (source, index)| write_statement(xml, source, *index),
    );
}

fn write_statement(xml: &mut Xml, source: &Source, index: usize) {
    xml.text("SourcePolicyId", &source.id);
    // The documented values are `user`, `group`, …; this one is what IAM sends.
    xml.text("SourcePolicyType", "IAM Policy");
    if let Some((start, end)) = positions::of_statement(source.document.text(), index) {
        write_position(xml, "StartPosition", start);
        write_position(xml, "EndPosition", end);
    }
}

fn write_position(xml: &mut Xml, tag: &str, position: Position) {
    xml.element(tag, |xml| {
        xml.text("Line", position.line);
        xml.text("Column", position.column);
    });
}

fn write_boundary(xml: &mut Xml, evaluation: &Evaluation<'_>) {
    if let Some(allowed) = evaluation.allowed_by_boundary {
        xml.element("PermissionsBoundaryDecisionDetail", |xml| {
            xml.text("AllowedByPermissionsBoundary", allowed);
        });
    }
}
