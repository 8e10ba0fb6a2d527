//! The two objects of a delivery as they are applied, and how those that are there differ.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commissary_core::domain::{StandingObject, Wanted};
use kube::ResourceExt as _;
use kube::api::DynamicObject;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::forms::{self, PROVIDER_ID};

/// Who writes them, for server-side apply.
pub(crate) const MANAGER: &str = "commissary";

/// The Secret as it is applied.
pub(crate) fn secret(wanted: &Wanted) -> Value {
    let encoded = |(name, value): (&str, SecretString)| {
        let value = STANDARD.encode(value.expose_secret());
        (name.to_owned(), Value::from(value))
    };
    let data = forms::values(&wanted.key).map(encoded).collect();
    let namespace = &wanted.secret_namespace;
    forms::secret(&wanted.identity, namespace, &wanted.owner, ("data", data))
}

/// The identity as it is applied, in a version that the cluster serves.
pub(crate) fn identity(wanted: &Wanted, version: &str) -> Value {
    forms::identity(&wanted.identity, &wanted.owner, &wanted.namespaces, version)
}

/// An object as it is made before it is applied: with no key, and for nobody to use.
pub(crate) fn bare(object: &Value) -> Value {
    let mut bare = object.clone();
    for (part, name) in [("", "data"), ("/spec", "allowedNamespaces")] {
        if let Some(part) = bare.pointer_mut(part).and_then(Value::as_object_mut) {
            part.remove(name);
        }
    }
    bare
}

/// What must not be there beside what is applied: it would change what the rest means.
pub(crate) fn surplus_of_secret(wanted: &Wanted) -> &'static [&'static str] {
    match wanted.key.session_token {
        Some(_) => &[],
        None => &["/data/SessionToken"],
    }
}

/// What nobody can change once it is there.
const FIXED: &str = "/spec/secretRef";

/// A selector adds namespaces to the list.
pub(crate) const SURPLUS_OF_IDENTITY: &[&str] = &["/spec/allowedNamespaces/selector"];

/// Parts of an object, and how it is said that they are other ones.
type Parts = &'static [(&'static str, &'static str)];

const SECRET_PARTS: Parts = &[
    (
        "/data/AccessKeyID",
        "the Secret's `AccessKeyID` was changed",
    ),
    (
        "/data/SecretAccessKey",
        "the Secret's `SecretAccessKey` was changed",
    ),
    (
        "/data/SessionToken",
        "the Secret's `SessionToken` was changed",
    ),
    ("/metadata/labels", "the Secret's labels were changed"),
    (
        "/metadata/annotations",
        "the Secret's annotations were changed",
    ),
];

const IDENTITY_PARTS: Parts = &[
    (FIXED, "the identity names another Secret"),
    (
        "/spec/allowedNamespaces/list",
        "the identity's list of allowed namespaces was changed",
    ),
    ("/metadata/labels", "the identity's labels were changed"),
    (
        "/metadata/annotations",
        "the identity's annotations were changed",
    ),
];

/// How a Secret stands beside what is wanted.
pub(crate) fn standing_secret(found: &DynamicObject, wanted: &Wanted) -> StandingObject {
    let surplus = surplus_of_secret(wanted);
    standing(found, wanted, &secret(wanted), SECRET_PARTS, surplus)
}

/// How an identity stands beside what is wanted.
pub(crate) fn standing_identity(
    found: &DynamicObject,
    wanted: &Wanted,
    version: &str,
) -> StandingObject {
    let applied = identity(wanted, version);
    standing(found, wanted, &applied, IDENTITY_PARTS, SURPLUS_OF_IDENTITY)
}

fn standing(
    found: &DynamicObject,
    wanted: &Wanted,
    applied: &Value,
    parts: Parts,
    surplus: &[&str],
) -> StandingObject {
    let there = whole(found);
    let mut differences: Vec<String> = parts
        .iter()
        .filter(|(path, _)| {
            let wanted = applied.pointer(path);
            wanted.is_some_and(|wanted| !holds(there.pointer(path), wanted))
        })
        .map(|(_, said)| (*said).to_owned())
        .collect();
    let added = surplus.iter().filter(|path| is_set(&there, path));
    differences.extend(added.map(|path| added_part(path)));
    let fixed_otherwise = applied
        .pointer(FIXED)
        .is_some_and(|wanted| there.pointer(FIXED) != Some(wanted));
    StandingObject {
        ours: is_of(found, &wanted.owner.provider_id.0.to_string()),
        uid: found.uid().unwrap_or_default(),
        version: found.resource_version().unwrap_or_default(),
        differences,
        fixed_otherwise,
    }
}

fn added_part(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    format!("`{name}` was added")
}

/// Whether an object is labelled as a provider's.
pub(crate) fn is_of(object: &impl kube::ResourceExt, provider_id: &str) -> bool {
    object.labels().get(PROVIDER_ID).map(String::as_str) == Some(provider_id)
}

/// Whether an object still has a part that must not be there.
pub(crate) fn has_surplus(object: &DynamicObject, surplus: &[&str]) -> bool {
    let there = whole(object);
    surplus.iter().any(|path| is_set(&there, path))
}

/// The change that takes such parts out.
pub(crate) fn without(surplus: &[&str]) -> Value {
    let mut change = json!({});
    for path in surplus {
        let nested = path
            .rsplit('/')
            .filter(|name| !name.is_empty())
            .fold(Value::Null, |inner, name| json!({ name: inner }));
        if let (Some(all), Value::Object(one)) = (change.as_object_mut(), nested) {
            all.extend(one);
        }
    }
    change
}

fn is_set(there: &Value, path: &str) -> bool {
    there.pointer(path).is_some_and(|value| !value.is_null())
}

fn whole(object: &DynamicObject) -> Value {
    serde_json::to_value(object).unwrap_or_default()
}

/// Whether what is there has all that is wanted; maps may have more, of others.
fn holds(there: Option<&Value>, wanted: &Value) -> bool {
    match (there, wanted) {
        (Some(Value::Object(there)), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, value)| there.get(name) == Some(value)),
        (there, wanted) => there == Some(wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_taken_out_and_nothing_else() {
        assert_eq!(
            without(SURPLUS_OF_IDENTITY),
            json!({ "spec": { "allowedNamespaces": { "selector": null } } })
        );
    }
}
