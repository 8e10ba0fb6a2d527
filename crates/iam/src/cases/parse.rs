//! Reading a file of cases.

mod policies;

use super::{Case, CaseFile, Test};
use crate::json::{self, Fault, Node, member, quoted};
use crate::{Context, Outcome, ParseError, Request};
use policies::{Documents, Problem, policy_set};

const MAX_BYTES: usize = 64 << 20;
const DEFAULT_PRINCIPAL: &str = "arn:aws:iam::123456789012:user/Kommander";

/// The keys that have a meaning here.
const KNOWN: [&str; 10] = [
    "name",
    "policies",
    "groupPolicies",
    "boundary",
    "session",
    "scp",
    "resourcePolicy",
    "principal",
    "request",
    "expected",
];

const OUTCOMES: [(&str, Outcome); 3] = [
    ("allowed", Outcome::Allowed),
    ("implicitDeny", Outcome::ImplicitDeny),
    ("explicitDeny", Outcome::ExplicitDeny),
];

pub(super) fn file(text: &str) -> Result<CaseFile, ParseError> {
    let node = json::read(text, MAX_BYTES)?;
    read(&node, text).map_err(|fault| fault.locate(text))
}

fn read(node: &Node, text: &str) -> Result<CaseFile, Fault> {
    let members = node.object("a file of cases")?;
    let documents = match member(members, "documents") {
        Some(node) => Documents::read(node, text).map_err(|fault| fault.under("documents"))?,
        None => Documents::default(),
    };
    let nodes = required(members, "cases", |node| node.list("the `cases`"))?;
    let cases = nodes.iter().enumerate().map(|(index, node)| {
        case(index, node, &documents, &|fault| {
            let fault = fault.under(index.to_string()).under("cases");
            fault.locate(text)
        })
    });
    Ok(CaseFile {
        cases: cases.collect(),
    })
}

fn case(
    index: usize,
    node: &Node,
    documents: &Documents<'_>,
    locate: &dyn Fn(Fault) -> ParseError,
) -> Case {
    let members = match node {
        Node::Object(members) => members.as_slice(),
        _ => &[],
    };
    let name = match member(members, "name") {
        Some(Node::Text(name)) => name.clone(),
        _ => format!("case {}", index + 1),
    };
    let extra = members
        .iter()
        .filter(|(name, _)| !KNOWN.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone().into()));
    Case {
        name,
        test: test(node, documents).map_err(|problem| problem.located(locate)),
        extra: extra.collect(),
    }
}

fn test(node: &Node, documents: &Documents<'_>) -> Result<Test, Problem> {
    let members = node.object("a case")?;
    let mut request = required(members, "request", request)?;
    request.principal = match present(members, "principal") {
        None => stand_in(&request.context, members),
        Some(node) => Some(principal(node).map_err(|fault| fault.under("principal"))?),
    };
    Ok(Test {
        expected: required(members, "expected", outcome)?,
        policies: policy_set(members, documents)?,
        request,
    })
}

/// The name of the principal, alone or under its type.
fn principal(node: &Node) -> Result<String, Fault> {
    let name = |node: &Node| node.text("the `principal`").map(str::to_owned);
    match node {
        Node::Object(members) => match members.as_slice() {
            [(kind, node)] => name(node).map_err(|fault| fault.under(kind)),
            _ => Err(Fault::new("the `principal` must be one principal")),
        },
        node => name(node),
    }
}

/// Who asks when the case does not say: only a resource policy needs to know.
fn stand_in(context: &Context, members: &[(String, Node)]) -> Option<String> {
    present(members, "resourcePolicy")?;
    match context.get("aws:PrincipalArn") {
        Some([arn]) => Some(arn.clone()),
        _ => Some(DEFAULT_PRINCIPAL.to_owned()),
    }
}

fn outcome(node: &Node) -> Result<Outcome, Fault> {
    let text = node.text("the `expected` outcome")?;
    let found = OUTCOMES.iter().find(|(name, _)| *name == text);
    found.map(|(_, outcome)| *outcome).ok_or_else(|| {
        Fault::new(format!(
            "the expected outcome {} is none of `allowed`, `implicitDeny`, `explicitDeny`",
            quoted(text)
        ))
    })
}

fn request(node: &Node) -> Result<Request, Fault> {
    let members = node.object("the `request`")?;
    let action = required(members, "action", |node| node.text("the `action`"))?;
    let resource = required(members, "resource", |node| node.text("the `resource`"))?;
    let mut request = Request::new(action, resource);
    if let Some(node) = present(members, "context") {
        request.context = context(node).map_err(|fault| fault.under("context"))?;
    }
    Ok(request)
}

fn context(node: &Node) -> Result<Context, Fault> {
    let mut context = Context::new();
    for (key, values) in node.object("the `context`")? {
        let values = values.each(value).map_err(|fault| fault.under(key))?;
        context.set(key, values);
    }
    Ok(context)
}

fn value(node: &Node) -> Result<String, Fault> {
    match node {
        Node::Text(text) => Ok(text.clone()),
        Node::Bool(value) => Ok(value.to_string()),
        Node::Number(number) => Ok(number.to_string()),
        other => Err(other.mistyped("a context value", "a string, a number or a boolean")),
    }
}

/// The member of that name, if it is there and not null.
fn present<'a>(members: &'a [(String, Node)], name: &str) -> Option<&'a Node> {
    member(members, name).filter(|node| !matches!(node, Node::Null))
}

fn required<'a, T>(
    members: &'a [(String, Node)],
    name: &str,
    read: impl FnOnce(&'a Node) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let Some(node) = member(members, name) else {
        return Err(Fault::new(format!("`{name}` is missing")));
    };
    read(node).map_err(|fault| fault.under(name))
}
