//! Who uses an identity.

use commissary_core::domain::{IdentityName, IdentityUser, SeenUser, UserCondition, UserPhase};
use kube::ResourceExt as _;
use kube::api::DynamicObject;
use serde_json::Value;

/// The conditions in which CAPA tells about an identity.
const CONDITIONS: [&str; 2] = ["PrincipalUsageAllowed", "PrincipalCredentialRetrieved"];

/// What a watch saw.
pub(crate) fn seen(kind: &str, object: &DynamicObject, gone: bool) -> SeenUser {
    let text = |path| object.data.pointer(path).and_then(Value::as_str);
    let names_one = text("/spec/identityRef/kind") == Some(IdentityName::KIND);
    let identity = text("/spec/identityRef/name").filter(|_| names_one && !gone);
    let ready = object.data.pointer("/status/ready") == Some(&Value::Bool(true));
    let phase = match object.metadata.deletion_timestamp {
        Some(_) => UserPhase::Deleting,
        None if ready => UserPhase::Ready,
        None => UserPhase::Provisioning,
    };
    SeenUser {
        identity: identity.map(str::to_owned),
        user: IdentityUser {
            kind: kind.to_owned(),
            namespace: object.namespace().unwrap_or_default(),
            name: object.name_any(),
            region: text("/spec/region").map(str::to_owned),
            phase,
            conditions: conditions(&object.data),
        },
    }
}

fn conditions(data: &Value) -> Vec<UserCondition> {
    let all = data.pointer("/status/conditions").and_then(Value::as_array);
    let read = |condition: &Value| {
        let text = |name| condition.get(name).and_then(Value::as_str);
        let name = text("type").filter(|name| CONDITIONS.contains(name))?;
        Some(UserCondition {
            name: name.to_owned(),
            status: text("status").unwrap_or("Unknown").to_owned(),
            reason: text("reason")
                .filter(|reason| !reason.is_empty())
                .map(str::to_owned),
        })
    };
    all.into_iter().flatten().filter_map(read).collect()
}
