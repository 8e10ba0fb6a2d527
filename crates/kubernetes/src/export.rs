//! The manifests of a provider for a repository that something else applies from.

use commissary_core::domain::{Authentication, Export};
use serde_json::{Map, Value, json};

use crate::forms::{self, ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN};
use crate::manifest::written;

/// What stands where a secret is to be filled in.
const PLACE: &str = "FILL IN";

/// What would be delivered, as YAML. The Secret is a comment: applied without its key it would
/// take the place of one that has it.
pub(crate) fn yaml(export: &Export) -> String {
    let identity = forms::identity(
        &export.identity,
        &export.owner,
        &export.namespaces,
        export.version,
    );
    format!(
        "# The identity names this Secret, and no secret is given out: fill the key in, and keep the\n\
         # Secret sealed in the way of your repository.\n{}---\n{}",
        commented(&written(&secret(export))),
        written(&identity)
    )
}

/// The Secret with places for what is secret.
fn secret(export: &Export) -> Value {
    let Authentication::Static {
        access_key_id,
        temporary,
    } = &export.authentication;
    let mut data = Map::new();
    data.insert(ACCESS_KEY_ID.to_owned(), json!(access_key_id));
    data.insert(SECRET_ACCESS_KEY.to_owned(), json!(PLACE));
    if *temporary {
        data.insert(SESSION_TOKEN.to_owned(), json!(PLACE));
    }
    forms::secret(
        &export.identity,
        &export.secret_namespace,
        &export.owner,
        ("stringData", data),
    )
}

fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::{
        AccessKeyId, IdentityName, NamespaceName, Owner, ProviderId, ProviderName, WorkspaceName,
    };
    use uuid::Uuid;

    use super::*;

    fn export(temporary: bool) -> Export {
        let workspace = WorkspaceName::parse("team-a").unwrap();
        let provider = ProviderName::parse("prod+eu").unwrap();
        Export {
            identity: IdentityName::of(&workspace, &provider),
            secret_namespace: NamespaceName::parse("capa").unwrap(),
            owner: Owner {
                workspace,
                provider,
                provider_id: ProviderId(Uuid::from_u128(7)),
            },
            namespaces: vec![NamespaceName::parse("staging").unwrap()],
            version: "v1beta1",
            authentication: Authentication::Static {
                access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
                temporary,
            },
        }
    }

    fn labelled(namespace: Option<&str>) -> Value {
        let mut metadata = json!({
            "name": "team-a-prod-eu",
            "labels": {
                "app.kubernetes.io/managed-by": "commissary",
                "commissary.dev/workspace": "team-a",
                "commissary.dev/provider": "prod_eu",
                "commissary.dev/provider-id": "00000000-0000-0000-0000-000000000007",
            },
            "annotations": { "commissary.dev/provider": "prod+eu" },
        });
        if let Some(namespace) = namespace {
            metadata["namespace"] = json!(namespace);
        }
        metadata
    }

    #[test]
    fn only_the_identity_is_applied_and_names_who_may_use_it() {
        let applied: Value = serde_saphyr::from_str(&yaml(&export(false))).unwrap();
        let expected = json!({
            "apiVersion": "infrastructure.cluster.x-k8s.io/v1beta1",
            "kind": "AWSClusterStaticIdentity",
            "metadata": labelled(None),
            "spec": {
                "secretRef": "team-a-prod-eu",
                "allowedNamespaces": { "list": ["staging"] },
            },
        });
        assert_eq!(applied, expected);
    }

    #[test]
    fn the_comment_is_the_secret_with_places_for_what_is_secret() {
        for temporary in [false, true] {
            let text = yaml(&export(temporary));
            let lines = text.lines().filter_map(|line| line.strip_prefix("# "));
            let lines: Vec<&str> = lines.skip_while(|line| !line.contains(": v1")).collect();
            let commented: Value = serde_saphyr::from_str(&lines.join("\n")).unwrap();
            let mut data = json!({"AccessKeyID": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": PLACE});
            if temporary {
                data["SessionToken"] = json!(PLACE);
            }
            let expected = json!({
                "apiVersion": "v1",
                "kind": "Secret",
                "metadata": labelled(Some("capa")),
                "stringData": data,
            });
            assert_eq!(commented, expected);
        }
    }
}
