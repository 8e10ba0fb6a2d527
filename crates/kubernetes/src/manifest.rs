//! The manifest that grants the rights of the table, and no other.

use commissary_core::domain::NamespaceName;
use serde_json::{Value, json};

use crate::rights::{RIGHTS, Right, Scope};

/// What everything in the manifest is called.
const NAME: &str = "commissary";

/// A service account with the rights that the product needs, as one list: `kubectl apply -f`
/// takes it.
pub fn rbac(capa_namespace: &NamespaceName) -> Value {
    let namespace = capa_namespace.as_str();
    let in_namespace = |right: &&Right| right.scope == Scope::CapaNamespace;
    let rules = |rights: Vec<&Right>| -> Vec<Value> {
        rights
            .into_iter()
            .map(|right| rule(right, namespace))
            .collect()
    };
    let (inside, everywhere): (Vec<&Right>, Vec<&Right>) = RIGHTS.iter().partition(in_namespace);
    json!({
        "apiVersion": "v1",
        "kind": "List",
        "items": [
            { "apiVersion": "v1", "kind": "ServiceAccount", "metadata": here(namespace) },
            {
                "apiVersion": RBAC, "kind": "Role", "metadata": here(namespace),
                "rules": rules(inside),
            },
            {
                "apiVersion": RBAC, "kind": "RoleBinding", "metadata": here(namespace),
                "roleRef": role("Role"), "subjects": subjects(namespace),
            },
            {
                "apiVersion": RBAC, "kind": "ClusterRole", "metadata": { "name": NAME },
                "rules": rules(everywhere),
            },
            {
                "apiVersion": RBAC, "kind": "ClusterRoleBinding", "metadata": { "name": NAME },
                "roleRef": role("ClusterRole"), "subjects": subjects(namespace),
            },
        ],
    })
}

/// The same as YAML, with what to do with it.
pub fn yaml(capa_namespace: &NamespaceName) -> String {
    let text = written(&rbac(capa_namespace));
    format!(
        "# What Commissary needs in a management cluster, and nothing more.\n\
         # Apply it with `kubectl apply -f FILE`, then add the cluster with a kubeconfig of the\n\
         # service account `{NAME}` in `{capa_namespace}`.\n{text}"
    )
}

/// An object as YAML.
pub(crate) fn written(object: &Value) -> String {
    // JSON is YAML too.
    serde_saphyr::to_string(object).unwrap_or_else(|_| object.to_string())
}

const RBAC: &str = "rbac.authorization.k8s.io/v1";

fn here(namespace: &str) -> Value {
    json!({ "name": NAME, "namespace": namespace })
}

fn role(kind: &str) -> Value {
    json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": NAME })
}

fn subjects(namespace: &str) -> Value {
    json!([{ "kind": "ServiceAccount", "name": NAME, "namespace": namespace }])
}

fn rule(right: &Right, namespace: &str) -> Value {
    let mut rule = json!({
        "apiGroups": [right.group],
        "resources": [right.resource],
        "verbs": right.verbs,
    });
    if right.scope == Scope::NamedCapaNamespace
        && let Some(rule) = rule.as_object_mut()
    {
        rule.insert("resourceNames".to_owned(), json!([namespace]));
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_reached_in_capas_namespace_only() {
        let manifest = rbac(&NamespaceName::parse("capa-system").unwrap());
        for item in manifest["items"].as_array().unwrap() {
            let about_secrets = item["rules"].to_string().contains("secrets");
            assert_eq!(about_secrets, item["kind"] == "Role", "{item}");
            assert!(!item.to_string().contains('*'), "{item}");
        }
    }

    #[test]
    fn as_yaml_it_is_the_same() {
        let namespace = NamespaceName::parse("capa-system").unwrap();
        let read: Value = serde_saphyr::from_str(&yaml(&namespace)).unwrap();
        assert_eq!(read, rbac(&namespace));
    }

    #[test]
    fn the_only_namespace_that_is_read_is_capas() {
        let manifest = rbac(&NamespaceName::parse("capa").unwrap());
        let rules = &manifest["items"][3]["rules"];
        assert_eq!(
            rules[0],
            json!({
                "apiGroups": [""], "resources": ["namespaces"], "verbs": ["get"],
                "resourceNames": ["capa"],
            })
        );
    }
}
