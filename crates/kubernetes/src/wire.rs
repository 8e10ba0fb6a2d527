//! What a server is sent about a management cluster, with the kubeconfig in it.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// The body of a request that gives a server a kubeconfig: `fields` with `connection` beside them.
pub fn cluster_body(
    mut fields: Map<String, Value>,
    kubeconfig: &SecretString,
) -> Zeroizing<String> {
    fields.remove("connection");
    let empty = fields.is_empty();
    let head = Value::Object(fields).to_string();
    let text = quoted(kubeconfig);
    // As long as it gets, so that no shorter copy is left behind.
    let mut body = Zeroizing::new(String::with_capacity(head.len() + text.len() + 64));
    body.push_str(head.strip_suffix('}').unwrap_or_default());
    if !empty {
        body.push(',');
    }
    body.push_str(r#""connection":{"method":"kubeconfig","kubeconfig":"#);
    body.push_str(&text);
    body.push_str("}}");
    body
}

/// As a text of JSON.
fn quoted(secret: &SecretString) -> Zeroizing<String> {
    Zeroizing::new(Value::from(secret.expose_secret()).to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_kubeconfig_comes_out_as_it_was() {
        let text = "kind: Config\nusers:\n- name: \"a\\b\"\n";
        for fields in [json!({}), json!({"name": "prod", "verify": "later"})] {
            let body = cluster_body(fields.as_object().unwrap().clone(), &text.into());
            let mut read: Value = serde_json::from_str(&body).unwrap();
            let connection = read.as_object_mut().unwrap().remove("connection");
            let expected = json!({"method": "kubeconfig", "kubeconfig": text});
            assert_eq!((connection, read), (Some(expected), fields));
        }
    }
}
