//! The parameters of a query-protocol request.

use std::collections::BTreeMap;

use crate::fault::{Code, Fault};
use crate::wire::percent;

/// Decoded parameters by their full wire name (`UserName`, `Tags.member.1.Key`).
#[derive(Debug, Default)]
pub(crate) struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads the query string and the form body of one request.
    pub(crate) fn parse(query: &str, body: &[u8]) -> Result<Params, Fault> {
        let body = std::str::from_utf8(body).map_err(|_| malformed("is not UTF-8 text"))?;
        let mut params = BTreeMap::new();
        for pair in [query, body].iter().flat_map(|part| part.split('&')) {
            if pair.is_empty() {
                continue;
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = percent::decode_form(name).zip(percent::decode_form(value));
            let (name, value) = decoded.ok_or_else(|| malformed("has a broken percent-escape"))?;
            if params.insert(name, value).is_some() {
                return Err(malformed("gives a parameter twice"));
            }
        }
        Ok(Params(params))
    }

    /// A parameter's value, if it was sent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All of them, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A parameter that the operation cannot do without.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Fault> {
        self.get(name).ok_or_else(|| {
            Fault::validation(format!(
                "1 validation error detected: Value null at '{}' failed to satisfy constraint: \
                 Member must not be null",
                member_name(name)
            ))
        })
    }

    /// `true`/`false`, or `default` when it was not sent.
    pub(crate) fn flag(&self, name: &str, default: bool) -> Result<bool, Fault> {
        match self.get(name) {
            None => Ok(default),
            Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Some(text) => Err(Fault::validation(format!(
                "The value `{text}` at '{}' is not a boolean. Send true or false.",
                member_name(name)
            ))),
        }
    }

    /// The values of `name.member.1`, `name.member.2`, … up to the first gap.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        (1..)
            .map_while(|index| self.get(&format!("{name}.member.{index}")))
            .collect()
    }

    /// The prefixes (`Tags.member.1`) of a list of structures that have `field`, in order.
    pub(crate) fn structures(&self, name: &str, field: &str) -> Vec<String> {
        (1..)
            .map(|index| format!("{name}.member.{index}"))
            .take_while(|prefix| self.get(&format!("{prefix}.{field}")).is_some())
            .collect()
    }
}

/// AWS names members in its messages with a small first letter.
pub(crate) fn member_name(name: &str) -> String {
    let mut characters = name.chars();
    match characters.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + characters.as_str(),
        None => String::new(),
    }
}

fn malformed(what: &str) -> Fault {
    Fault::new(
        Code::MalformedQueryString,
        format!("The query string {what}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_query_and_body_lists_and_structures() {
        let body = b"UserName=a%2Bb&ActionNames.member.1=x&ActionNames.member.2=y+z\
                     &ActionNames.member.4=gap&Tags.member.1.Key=k&Tags.member.1.Value=&Empty=";
        let params = Params::parse("Action=GetUser&", body).unwrap();
        assert_eq!(params.get("Action"), Some("GetUser"));
        assert_eq!(params.get("UserName"), Some("a+b"));
        assert_eq!(params.get("Empty"), Some(""));
        assert_eq!(params.list("ActionNames"), ["x", "y z"]);
        assert_eq!(params.structures("Tags", "Key"), ["Tags.member.1"]);
    }

    #[test]
    fn refuses_what_is_broken() {
        for (query, body) in [("a=%zz", &b""[..]), ("a=1", b"a=2"), ("", b"a=\xff")] {
            let fault = Params::parse(query, body).unwrap_err();
            assert_eq!(fault.code, Code::MalformedQueryString);
        }
        let missing = Params::default().required("UserName").unwrap_err();
        assert_eq!(missing.code, Code::ValidationError);
        assert!(missing.message.contains("'userName'"));
    }

    proptest::proptest! {
        #[test]
        fn reads_back_what_a_client_encodes(
            sent in proptest::collection::btree_map("\\PC{1,8}", "\\PC{0,8}", 0..6),
        ) {
            let pairs: Vec<String> = sent
                .iter()
                .map(|(name, value)| format!("{}={}", percent::encode(name), percent::encode(value)))
                .collect();
            let params = Params::parse("", pairs.join("&").as_bytes()).unwrap();
            proptest::prop_assert_eq!(params.0, sent);
        }

        #[test]
        fn any_bytes_are_read_or_refused(query in "\\PC*", body: Vec<u8>) {
            let _ = Params::parse(&query, &body);
        }
    }
}
