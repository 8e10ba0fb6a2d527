//! The parameters of a call, whatever protocol they came by.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::wire::params::Params;

/// Texts by name. The members of lists and structures follow after a dot: `VpcId.1`,
/// `Tags.member.1.Key`, `resourcesVpcConfig.subnetIds.1`.
#[derive(Debug, Default)]
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Those of a query.
    pub(crate) fn of_query(params: Params) -> Self {
        Self(params.into_pairs())
    }

    /// Those of a JSON body.
    pub(crate) fn of_json(body: &Value) -> Self {
        let mut parameters = Self::default();
        parameters.flatten(String::new(), body);
        parameters
    }

    /// Adds one, such as a part of the path.
    pub(crate) fn add(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    fn flatten(&mut self, name: String, value: &Value) {
        let below = |part: &str| match name.as_str() {
            "" => part.to_owned(),
            name => format!("{name}.{part}"),
        };
        match value {
            Value::Object(members) => {
                for (part, value) in members {
                    self.flatten(below(part), value);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    self.flatten(below(&(index + 1).to_string()), value);
                }
            }
            Value::String(text) => self.add(&name, text.clone()),
            Value::Null => {}
            other => self.add(&name, other.to_string()),
        }
    }

    /// Whether the parameter, or a member of it, is there; case does not matter.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// The values of a parameter and of its members.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let is_it = move |known: &str| {
            let (head, rest) = known.split_at_checked(name.len()).unwrap_or((known, ""));
            head.eq_ignore_ascii_case(name) && (rest.is_empty() || rest.starts_with('.'))
        };
        let pairs = self.0.iter();
        pairs
            .filter(move |(known, _)| is_it(known))
            .map(|(_, value)| value.as_str())
    }

    /// All values.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.values(name)
            .any(|value| value.eq_ignore_ascii_case("true"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_flattened() {
        let parameters = Parameters::of_json(&serde_json::json!({
            "name": "c", "subnets": ["a", "b"], "tags": {"x": "1"}, "n": 3}));
        let values = |name| parameters.values(name).collect::<Vec<_>>();
        assert_eq!(values("Subnets"), ["a", "b"]);
        assert_eq!(values("tags"), ["1"]);
        assert_eq!(values("n"), ["3"]);
        assert!(!parameters.names("nam") && parameters.names("NAME"));
    }
}
