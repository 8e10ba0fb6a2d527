//! Reading JSON text into nodes.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Fault, Node, quoted};
use crate::ParseError;

/// A policy is 6 levels deep, a file of cases 10; far beyond that nothing meaningful can follow.
const MAX_DEPTH: usize = 32;

/// Reads one JSON document of at most `max_bytes`.
pub(crate) fn read(text: &str, max_bytes: usize) -> Result<Node, ParseError> {
    if text.len() > max_bytes {
        return Err(ParseError::without_place(format!(
            "the document is {} bytes long, more than the {max_bytes} that are read",
            text.len()
        )));
    }
    let fault = RefCell::new(None);
    let seed = Seed {
        path: &Path::Top,
        depth: 0,
        fault: &fault,
    };
    let mut source = serde_json::Deserializer::from_str(text);
    let result = seed
        .deserialize(&mut source)
        .and_then(|node| source.end().map(|()| node));
    result.map_err(|error| match fault.take() {
        Some(fault) => ParseError::new(fault, Some((error.line(), error.column()))),
        None => ParseError::not_json(&error),
    })
}

/// The way to the value being read, on the stack.
enum Path<'a> {
    Top,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn place(&self, fault: Fault) -> Fault {
        match self {
            Path::Top => fault,
            Path::Key(outer, key) => outer.place(fault.under(*key)),
            Path::Index(outer, index) => outer.place(fault.under(index.to_string())),
        }
    }
}

struct Seed<'a> {
    path: &'a Path<'a>,
    depth: usize,
    /// Where a fault of ours waits while an error of the JSON reader rises.
    fault: &'a RefCell<Option<Fault>>,
}

impl Seed<'_> {
    fn refuse<E: serde::de::Error>(&self, path: &Path<'_>, message: String) -> E {
        self.fault.replace(Some(path.place(Fault::new(message))));
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Node, D::Error> {
        if self.depth > MAX_DEPTH {
            let message = format!("the document is nested more than {MAX_DEPTH} levels deep");
            return Err(self.refuse(self.path, message));
        }
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        serde_json::Number::from_f64(value)
            .map(Node::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        loop {
            let path = Path::Index(self.path, items.len());
            let seed = Seed {
                path: &path,
                depth: self.depth + 1,
                fault: self.fault,
            };
            match source.next_element_seed(seed)? {
                Some(item) => items.push(item),
                None => return Ok(Node::List(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        while let Some(key) = source.next_key::<String>()? {
            let path = Path::Key(self.path, &key);
            if !seen.insert(key.clone()) {
                let message = format!("the key {} is given twice", quoted(&key));
                return Err(self.refuse(&path, message));
            }
            let seed = Seed {
                path: &path,
                depth: self.depth + 1,
                fault: self.fault,
            };
            let value = source.next_value_seed(seed)?;
            members.push((key, value));
        }
        Ok(Node::Object(members))
    }
}
