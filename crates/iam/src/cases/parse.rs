//! Reading a file of cases.

mod policies;

use super::{Case, CaseFile};
use crate::json::{self, Fault, Node, member, quoted};
use crate::{Context, Outcome, ParseError, Request};
use policies::{Documents, policy_set};

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
    let cases: Result<Vec<Case>, Fault> = nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let under = |fault: Fault| fault.under(index.to_string()).under("cases");
            case(node, &documents, &|fault| under(fault).locate(text)).map_err(under)
        })
        .collect();
    Ok(CaseFile { cases: cases? })
}

fn case(
    node: &Node,
    documents: &Documents<'_>,
    locate: &dyn Fn(Fault) -> ParseError,
) -> Result<Case, Fault> {
    let members = node.object("a case")?;
    let name = required(members, "name", |node| node.text("the `name`"))?;
    let expected = required(members, "expected", outcome)?;
    let mut asked = required(members, "request", request)?;
    asked.principal = match member(members, "principal") {
        Some(Node::Null) | None => stand_in(&asked.context, members),
        Some(node) => Some(named_principal(node).map_err(|fault| fault.under("principal"))?),
    };
    let extra = members
        .iter()
        .filter(|(name, _)| !KNOWN.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone().into()));
    Ok(Case {
        name: name.to_owned(),
        policies: policy_set(members, documents).map_err(|problem| problem.located(locate)),
        request: asked,
        expected,
        extra: extra.collect(),
    })
}

fn named_principal(node: &Node) -> Result<String, Fault> {
    node.text("the `principal`").map(str::to_owned)
}

/// Who asks when the case does not say: only a resource policy needs to know.
fn stand_in(context: &Context, members: &[(String, Node)]) -> Option<String> {
    member(members, "resourcePolicy")?;
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
    if let Some(node) = member(members, "context") {
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
