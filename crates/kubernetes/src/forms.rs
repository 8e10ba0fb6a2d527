//! What the two objects of a provider look like: the Secret with the key, and the identity that
//! names it and who may use it.

use commissary_core::domain::{AccessKey, IdentityName, NamespaceName, Owner};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::rights::INFRASTRUCTURE;

/// What all objects of the product are labelled with.
pub(crate) const MANAGED: &str = "app.kubernetes.io/managed-by=commissary";
const MANAGED_BY: (&str, &str) = ("app.kubernetes.io/managed-by", "commissary");
const WORKSPACE: &str = "commissary.dev/workspace";
const PROVIDER: &str = "commissary.dev/provider";
/// By this label an object is known as a provider's.
pub(crate) const PROVIDER_ID: &str = "commissary.dev/provider-id";

/// The keys that CAPA reads of a Secret.
pub(crate) const ACCESS_KEY_ID: &str = "AccessKeyID";
pub(crate) const SECRET_ACCESS_KEY: &str = "SecretAccessKey";
pub(crate) const SESSION_TOKEN: &str = "SessionToken";

/// What a Secret holds of a key, by the names that CAPA reads.
pub(crate) fn values(key: &AccessKey) -> impl Iterator<Item = (&'static str, SecretString)> {
    let id = SecretString::from(key.id.as_str());
    let secret = key.secret.clone();
    let token = key.session_token.clone();
    let always = [(ACCESS_KEY_ID, id), (SECRET_ACCESS_KEY, secret)];
    let sometimes = token.map(|token| (SESSION_TOKEN, token));
    always.into_iter().chain(sometimes)
}

/// A Secret with this data, which is in a field that says how it is encoded.
pub(crate) fn secret(
    name: &IdentityName,
    namespace: &NamespaceName,
    owner: &Owner,
    (field, data): (&str, Map<String, Value>),
) -> Value {
    let metadata = metadata_in(name, namespace, owner);
    json!({ "apiVersion": "v1", "kind": "Secret", "metadata": metadata, field: data })
}

/// What makes a Secret of these values where Bitnami's Sealed Secrets are installed: each is sealed,
/// and opens in a Secret of this name and namespace only.
pub(crate) fn sealed_secret(
    name: &IdentityName,
    namespace: &NamespaceName,
    owner: &Owner,
    encrypted: Map<String, Value>,
) -> Value {
    let metadata = metadata_in(name, namespace, owner);
    json!({
        "apiVersion": "bitnami.com/v1alpha1",
        "kind": "SealedSecret",
        "metadata": metadata,
        "spec": {
            "encryptedData": encrypted,
            "template": { "metadata": metadata, "type": "Opaque" },
        },
    })
}

/// The identity, in a version that the cluster serves. Who may use it is an explicit list: an
/// empty value or selector would mean every namespace.
pub(crate) fn identity(
    name: &IdentityName,
    owner: &Owner,
    namespaces: &[NamespaceName],
    version: &str,
) -> Value {
    json!({
        "apiVersion": format!("{INFRASTRUCTURE}/{version}"),
        "kind": IdentityName::KIND,
        "metadata": metadata(name, owner),
        "spec": {
            "secretRef": name,
            "allowedNamespaces": { "list": namespaces },
        },
    })
}

fn metadata_in(name: &IdentityName, namespace: &NamespaceName, owner: &Owner) -> Value {
    let mut metadata = metadata(name, owner);
    if let Some(metadata) = metadata.as_object_mut() {
        metadata.insert("namespace".to_owned(), json!(namespace));
    }
    metadata
}

fn metadata(name: &IdentityName, owner: &Owner) -> Value {
    let Owner {
        workspace,
        provider,
        provider_id,
    } = owner;
    json!({
        "name": name,
        "labels": {
            MANAGED_BY.0: MANAGED_BY.1,
            WORKSPACE: workspace,
            PROVIDER: label(provider.as_str()),
            PROVIDER_ID: provider_id.0,
        },
        "annotations": { PROVIDER: provider },
    })
}

/// A name as the value of a label, which has 63 characters at most and takes fewer of them
/// (Kubernetes documentation, "Labels and Selectors").
fn label(name: &str) -> String {
    let taken = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let value: String = name
        .chars()
        .map(|c| if taken(c) { c } else { '_' })
        .take(63)
        .collect();
    let ends = |c: char| !c.is_ascii_alphanumeric();
    value.trim_matches(ends).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_the_value_of_a_label() {
        for (name, value) in [
            ("prod", "prod"),
            ("me+you@x.io", "me_you_x.io"),
            ("a=", "a"),
            (&"n".repeat(64), &"n".repeat(63)),
        ] {
            assert_eq!(label(name), value);
        }
    }
}
