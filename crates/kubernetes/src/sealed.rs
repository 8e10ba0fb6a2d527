//! The manifests of a provider with the secret in them, sealed for one management cluster.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commissary_core::domain::{SealingCertificate, Wanted};
use commissary_core::ports::NotSealed;
use serde_json::{Map, Value};

use crate::certificate::recipient;
use crate::forms;
use crate::manifest::written;

/// What would be delivered, as YAML, with what makes the Secret in the cluster in its place.
pub(crate) fn yaml(
    wanted: &Wanted,
    version: &str,
    certificate: &SealingCertificate,
) -> Result<String, NotSealed> {
    let secret = sealed_secret(wanted, certificate)?;
    let identity = forms::identity(&wanted.identity, &wanted.owner, &wanted.namespaces, version);
    Ok(format!(
        "# The secret in this is sealed: only the controller of Sealed Secrets that has the key of the\n\
         # certificate {}\n\
         # opens it, as the Secret `{}` in `{}` and as no other.\n{}---\n{}",
        certificate.fingerprint,
        wanted.identity,
        wanted.secret_namespace,
        written(&secret),
        written(&identity)
    ))
}

fn sealed_secret(wanted: &Wanted, certificate: &SealingCertificate) -> Result<Value, NotSealed> {
    let recipient = recipient(certificate).map_err(|_| NotSealed)?;
    // The name that it is bound to, and opens under: the strict scope of Sealed Secrets.
    let label = format!("{}/{}", wanted.secret_namespace, wanted.identity);
    let mut encrypted = Map::new();
    for (name, value) in forms::values(&wanted.key) {
        let sealed = recipient.seal(label.as_bytes(), &value);
        let sealed = STANDARD.encode(sealed.map_err(|_| NotSealed)?);
        encrypted.insert(name.to_owned(), Value::from(sealed));
    }
    Ok(forms::sealed_secret(
        &wanted.identity,
        &wanted.secret_namespace,
        &wanted.owner,
        encrypted,
    ))
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::{
        AccessKey, IdentityName, NamespaceName, Owner, ProviderId, ProviderName, SecretInput,
        WorkspaceName,
    };
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::objects;

    fn wanted(token: Option<&str>) -> Wanted {
        let secret = SecretInput::new("k".repeat(40));
        let token = token.map(|token| SecretInput::new(token.repeat(200)));
        let id = match token {
            Some(_) => "ASIAIOSFODNN7EXAMPLE",
            None => "AKIAIOSFODNN7EXAMPLE",
        };
        Wanted {
            identity: IdentityName::parse("team-a-prod").unwrap(),
            secret_namespace: NamespaceName::parse("capa").unwrap(),
            owner: Owner {
                workspace: WorkspaceName::parse("team-a").unwrap(),
                provider: ProviderName::parse("prod").unwrap(),
                provider_id: ProviderId(Uuid::from_u128(7)),
            },
            key: AccessKey::parse(id, secret, token).unwrap().0,
            namespaces: vec![NamespaceName::parse("staging").unwrap()],
        }
    }

    const CERTIFICATE: &str = include_str!("../../../tests/kubernetes/sealing-certificate.pem");

    /// What comes out of it is looked at where the key comes from the store, in the tests of the
    /// server.
    #[test]
    fn the_secret_that_it_makes_is_the_one_that_is_delivered() {
        let certificate = crate::certificate::read(CERTIFICATE).unwrap();
        for wanted in [wanted(None), wanted(Some("t"))] {
            let text = yaml(&wanted, "v1beta2", &certificate).unwrap();
            assert!(text.contains(&certificate.fingerprint), "{text}");
            let objects: Vec<Value> = serde_saphyr::from_multiple(&text).unwrap();
            let [sealed, identity] = objects.as_slice() else {
                panic!("{text}");
            };
            assert_eq!(identity, &objects::identity(&wanted, "v1beta2"));
            assert_eq!(sealed["apiVersion"], "bitnami.com/v1alpha1");
            assert_eq!(sealed["kind"], "SealedSecret");
            let delivered = objects::secret(&wanted);
            let template = json!({"metadata": delivered["metadata"], "type": "Opaque"});
            assert_eq!(sealed["spec"]["template"], template);
            assert_eq!(sealed["metadata"], delivered["metadata"]);
            let keys = |object: &Value| -> Vec<String> {
                object.as_object().unwrap().keys().cloned().collect()
            };
            let encrypted = &sealed["spec"]["encryptedData"];
            assert_eq!(keys(encrypted), keys(&delivered["data"]));
            for (name, value) in delivered["data"].as_object().unwrap() {
                let plain = STANDARD.decode(value.as_str().unwrap()).unwrap();
                let plain = String::from_utf8(plain).unwrap();
                assert!(!text.contains(&plain), "{name} is not sealed");
                assert!(
                    !text.contains(value.as_str().unwrap()),
                    "{name} is not sealed"
                );
            }
        }
    }
}
