//! What is read out of an identity.

use openidconnect::{AdditionalClaims, EndUserEmail, EndUserUsername};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where a claim is said to be elsewhere (OpenID Connect Core 1.0, section 5.6.2,
/// "Aggregated and Distributed Claims"), which is how Entra ID tells that there are too
/// many groups.
const ELSEWHERE: &str = "_claim_names";

/// The claims that the standard does not name.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(crate) struct Further(Map<String, Value>);

impl AdditionalClaims for Further {}

/// What a claim says about groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Groups {
    These(Vec<String>),
    /// They are too many to be told.
    TooMany,
    /// Nothing.
    Untold,
}

impl Further {
    /// The groups that the claim names: a list of texts, or one text. The claim is found by
    /// its whole name first, then as a path with dots.
    pub(crate) fn groups(&self, claim: &str) -> Groups {
        let pointer = format!("/{}", claim.replace('.', "/"));
        let nested = || self.object().pointer(&pointer).cloned();
        match self.0.get(claim).cloned().or_else(nested) {
            Some(Value::String(group)) => Groups::These(vec![group]),
            Some(Value::Array(groups)) => {
                let texts = groups.iter().filter_map(Value::as_str);
                Groups::These(texts.map(str::to_owned).collect())
            }
            _ => match self.0.get(ELSEWHERE).and_then(|names| names.get(claim)) {
                Some(_) => Groups::TooMany,
                None => Groups::Untold,
            },
        }
    }

    /// Before when it must not be believed, in seconds of Unix time (RFC 7519, "nbf").
    pub(crate) fn not_before(&self) -> Option<i64> {
        let told = self.0.get("nbf")?;
        // Seconds may have a fraction, which does not matter here.
        #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
        told.as_i64()
            .or_else(|| told.as_f64().map(|seconds| seconds as i64))
    }

    fn object(&self) -> Value {
        Value::Object(self.0.clone())
    }
}

/// What people call the person.
pub(crate) fn name(
    preferred: Option<&EndUserUsername>,
    email: Option<&EndUserEmail>,
) -> Option<String> {
    let preferred = preferred.map(|name| name.as_str());
    let email = email.map(|email| email.as_str());
    preferred.or(email).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn further(value: Value) -> Further {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn groups_are_found_however_providers_name_them() {
        let these =
            |names: &[&str]| Groups::These(names.iter().map(|name| (*name).to_owned()).collect());
        for (value, claim, expected) in [
            (json!({"groups": ["a", "b"]}), "groups", these(&["a", "b"])),
            (json!({"groups": "a"}), "groups", these(&["a"])),
            (json!({"groups": []}), "groups", these(&[])),
            (
                json!({"realm_access": {"roles": ["a"]}}),
                "realm_access.roles",
                these(&["a"]),
            ),
            (
                json!({"https://a.example/b": ["a"]}),
                "https://a.example/b",
                these(&["a"]),
            ),
            (json!({"groups": ["a", 7, null]}), "groups", these(&["a"])),
            (json!({"groups": true}), "groups", Groups::Untold),
            (json!({}), "groups", Groups::Untold),
            (
                json!({"_claim_names": {"groups": "src1"}}),
                "groups",
                Groups::TooMany,
            ),
        ] {
            assert_eq!(further(value.clone()).groups(claim), expected, "{value}");
        }
    }
}
