//! JSON as policies need it: order kept, duplicate keys refused, size and depth bounded, and
//! every fault with its place.

mod locate;
mod read;

pub(crate) use read::read;

/// A JSON value whose objects keep their order and have no duplicate keys.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// What the value is, for an error message.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "a string",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }

    pub(crate) fn text(&self, what: &str) -> Result<&str, Fault> {
        match self {
            Node::Text(text) => Ok(text),
            other => Err(other.mistyped(what, "a string")),
        }
    }

    pub(crate) fn object(&self, what: &str) -> Result<&[(String, Node)], Fault> {
        match self {
            Node::Object(members) => Ok(members),
            other => Err(other.mistyped(what, "an object")),
        }
    }

    pub(crate) fn list(&self, what: &str) -> Result<&[Node], Fault> {
        match self {
            Node::List(items) => Ok(items),
            other => Err(other.mistyped(what, "a list")),
        }
    }

    /// The value itself, or the items of the list: the policy grammar allows both in most places.
    pub(crate) fn one_or_many(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            single => std::slice::from_ref(single),
        }
    }

    /// Applies `convert` to the single value or to each item, naming the item in a fault.
    pub(crate) fn each<T>(
        &self,
        convert: impl Fn(&Node) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let is_list = matches!(self, Node::List(_));
        self.one_or_many()
            .iter()
            .enumerate()
            .map(|(index, item)| {
                convert(item).map_err(|fault| {
                    if is_list {
                        fault.under(index.to_string())
                    } else {
                        fault
                    }
                })
            })
            .collect()
    }

    pub(crate) fn mistyped(&self, what: &str, wanted: &str) -> Fault {
        Fault::new(format!("{what} must be {wanted}, not {}", self.kind()))
    }
}

impl From<Node> for serde_json::Value {
    fn from(node: Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(value),
            Node::Number(number) => Self::Number(number),
            Node::Text(text) => Self::String(text),
            Node::List(items) => Self::Array(items.into_iter().map(Into::into).collect()),
            Node::Object(members) => {
                let members = members.into_iter().map(|(key, value)| (key, value.into()));
                Self::Object(members.collect())
            }
        }
    }
}

/// The member of that name.
pub(crate) fn member<'a>(members: &'a [(String, Node)], name: &str) -> Option<&'a Node> {
    members
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// A fault found in a value; its way from the top is added by the callers as it rises.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) message: String,
    /// Innermost step first.
    steps: Vec<String>,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            steps: Vec::new(),
        }
    }

    /// The same fault seen from one level further out.
    pub(crate) fn under(mut self, step: impl Into<String>) -> Self {
        self.steps.push(step.into());
        self
    }

    /// The fault with its line and column in `text`.
    pub(crate) fn locate(self, text: &str) -> crate::ParseError {
        let steps: Vec<&str> = self.steps.iter().rev().map(String::as_str).collect();
        let position = locate::position(text, &steps);
        crate::ParseError::new(self, position)
    }

    /// The JSON pointer of the value at fault (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        self.steps
            .iter()
            .rev()
            .map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")))
            .collect()
    }
}

/// The text in backticks, cut to a readable length, control characters made visible.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!(
        "`{}`",
        shown
            .escape_debug()
            .to_string()
            .replace("\\\"", "\"")
            .replace("\\'", "'")
    )
}
