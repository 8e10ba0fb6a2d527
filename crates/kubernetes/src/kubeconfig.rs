//! Kubeconfigs: one context of them, with everything in it that a server needs.

use std::path::Path;

use commissary_core::FieldError;
use commissary_core::domain::Kubeconfig as Taken;
use kube::config::{AuthInfo, Cluster, Kubeconfig, NamedAuthInfo, NamedCluster, NamedContext};
use secrecy::{ExposeSecret as _, SecretString};

/// Whether a field is set, its name, and why a server cannot work with it.
type Unusable = (bool, &'static str, &'static str);

const FILE: &str = "it names a file, and a server reads none that somebody else names: put what the file holds into `…-data`, as `kubectl config view --raw --flatten` does";
const NO_PROGRAM: &str = "a server runs no program to sign in: use the token of a service account, which `commissary management-cluster rbac` tells how to make";
const NO_PASSWORD: &str = "no cluster takes user names and passwords any more (Kubernetes 1.19)";
const NO_IMPERSONATION: &str =
    "acting as somebody else takes more rights than are needed: use a service account of its own";

/// Takes one context and leaves the rest.
pub(crate) fn read(text: &SecretString, context: Option<&str>) -> Result<Taken, FieldError> {
    let whole = parsed(text)?;
    let (name, cluster, user) = chosen(&whole, context)?;
    let server = server(&cluster)?;
    if let Some((_, field, why)) = unusable(&cluster, &user).into_iter().find(|row| row.0) {
        return fault(format!("`{field}` cannot be used: {why}"));
    }
    if user.token.is_none() && user.client_key_data.is_none() {
        return fault(format!(
            "the user of context `{name}` has neither `token` nor `client-key-data`, so that the cluster would not know who asks"
        ));
    }
    Ok(Taken {
        server,
        text: written(&single(&name, cluster, user))?,
        context: name,
    })
}

/// Puts what a kubeconfig names by path into it; paths are relative to `folder`. This is for
/// who reads files of their own.
///
/// # Errors
/// It is none, or a file that it names cannot be read.
pub fn inlined(
    text: &SecretString,
    context: Option<&str>,
    folder: &Path,
) -> Result<SecretString, FieldError> {
    let whole = parsed(text)?;
    let (name, mut cluster, mut user) = chosen(&whole, context)?;
    if let Some(path) = cluster.certificate_authority.take() {
        cluster.certificate_authority_data = Some(
            file(folder, "certificate-authority", &path)?
                .expose_secret()
                .to_owned(),
        );
    }
    if let Some(path) = user.client_certificate.take() {
        user.client_certificate_data = Some(
            file(folder, "client-certificate", &path)?
                .expose_secret()
                .to_owned(),
        );
    }
    if let Some(path) = user.client_key.take() {
        user.client_key_data = Some(file(folder, "client-key", &path)?);
    }
    written(&single(&name, cluster, user))
}

/// The bytes of a file in base64.
fn file(folder: &Path, field: &str, path: &str) -> Result<SecretString, FieldError> {
    use base64::Engine as _;
    let path = folder.join(path);
    match std::fs::read(&path).map(zeroize::Zeroizing::new) {
        Ok(bytes) => Ok(SecretString::from(
            base64::engine::general_purpose::STANDARD.encode(bytes.as_slice()),
        )),
        Err(error) => fault(format!(
            "`{field}` names `{}`, which cannot be read: {error}",
            path.display()
        )),
    }
}

/// What the parser says is not repeated: it quotes.
fn parsed(text: &SecretString) -> Result<Kubeconfig, FieldError> {
    match Kubeconfig::from_yaml(text.expose_secret()) {
        Ok(whole) => Ok(whole),
        Err(_) => fault(
            "this is not a kubeconfig: it is YAML with `clusters`, `users` and `contexts`, as `kubectl config view --raw --flatten --minify` prints it",
        ),
    }
}

fn chosen(
    whole: &Kubeconfig,
    context: Option<&str>,
) -> Result<(String, Cluster, AuthInfo), FieldError> {
    let at_context = |message: String| Err(FieldError::new("context", message));
    let named = context.or(whole.current_context.as_deref());
    let Some(name) = named.map(str::trim).filter(|name| !name.is_empty()) else {
        return at_context(format!(
            "the kubeconfig has no current context; name one of {}",
            names(&whole.contexts)
        ));
    };
    let found = whole.contexts.iter().find(|known| known.name == name);
    let Some(known) = found.and_then(|known| known.context.as_ref()) else {
        return at_context(format!(
            "the kubeconfig has no context `{name}`; name one of {}",
            names(&whole.contexts)
        ));
    };
    let cluster = whole
        .clusters
        .iter()
        .find(|cluster| cluster.name == known.cluster);
    let Some(cluster) = cluster.and_then(|named| named.cluster.clone()) else {
        return fault(format!(
            "the context `{name}` names the cluster `{}`, which the kubeconfig does not have",
            known.cluster
        ));
    };
    let user = known.user.as_deref().unwrap_or_default();
    let found = whole.auth_infos.iter().find(|named| named.name == user);
    match found.and_then(|named| named.auth_info.clone()) {
        Some(user) => Ok((name.to_owned(), cluster, user)),
        None => fault(format!(
            "the context `{name}` names the user `{user}`, which the kubeconfig does not have"
        )),
    }
}

fn names(contexts: &[NamedContext]) -> String {
    let names: Vec<String> = contexts
        .iter()
        .map(|known| format!("`{}`", known.name))
        .collect();
    match names.is_empty() {
        true => "its contexts, of which it has none".to_owned(),
        false => names.join(", "),
    }
}

/// A token must not travel in the clear.
fn server(cluster: &Cluster) -> Result<String, FieldError> {
    let server = cluster.server.as_deref().unwrap_or_default().trim();
    match server.strip_prefix("https://") {
        // What stands before an `@` would be a password.
        Some(rest) if !rest.is_empty() && !rest.contains('@') => Ok(server.to_owned()),
        _ => fault("`server` has to be an address that begins with `https://` and names nobody"),
    }
}

fn unusable(cluster: &Cluster, user: &AuthInfo) -> [Unusable; 12] {
    [
        (
            cluster.insecure_skip_tls_verify == Some(true),
            "insecure-skip-tls-verify",
            "credentials would go to whoever answers: put the authority of the cluster into `certificate-authority-data`",
        ),
        (
            cluster.proxy_url.is_some(),
            "proxy-url",
            "clusters behind a proxy are not reached",
        ),
        (
            cluster.certificate_authority.is_some(),
            "certificate-authority",
            FILE,
        ),
        (
            user.client_certificate.is_some(),
            "client-certificate",
            FILE,
        ),
        (user.client_key.is_some(), "client-key", FILE),
        (
            user.token_file.is_some(),
            "tokenFile",
            "it names a file whose token is replaced from time to time: put a token that lasts into `token`, or add the cluster with `--in-cluster` where the server runs inside it",
        ),
        (user.exec.is_some(), "exec", NO_PROGRAM),
        (user.auth_provider.is_some(), "auth-provider", NO_PROGRAM),
        (user.username.is_some(), "username", NO_PASSWORD),
        (user.password.is_some(), "password", NO_PASSWORD),
        (
            user.impersonate.is_some() || user.impersonate_uid.is_some(),
            "as",
            NO_IMPERSONATION,
        ),
        (
            user.impersonate_groups.is_some() || user.impersonate_user_extra.is_some(),
            "as-groups",
            NO_IMPERSONATION,
        ),
    ]
}

/// A kubeconfig of one cluster and who signs in there.
pub(crate) fn single(name: &str, cluster: Cluster, user: AuthInfo) -> Kubeconfig {
    let context = kube::config::Context {
        cluster: name.to_owned(),
        user: Some(name.to_owned()),
        ..kube::config::Context::default()
    };
    Kubeconfig {
        clusters: vec![NamedCluster {
            name: name.to_owned(),
            cluster: Some(cluster),
            ..NamedCluster::default()
        }],
        auth_infos: vec![NamedAuthInfo {
            name: name.to_owned(),
            auth_info: Some(user),
            ..NamedAuthInfo::default()
        }],
        contexts: vec![NamedContext {
            name: name.to_owned(),
            context: Some(context),
            ..NamedContext::default()
        }],
        current_context: Some(name.to_owned()),
        kind: Some("Config".to_owned()),
        api_version: Some("v1".to_owned()),
        ..Kubeconfig::default()
    }
}

/// As JSON, which is YAML.
fn written(config: &Kubeconfig) -> Result<SecretString, FieldError> {
    match serde_json::to_string(config) {
        Ok(text) => Ok(SecretString::from(text)),
        Err(_) => fault("the kubeconfig cannot be written again"),
    }
}

fn fault<T>(message: impl Into<String>) -> Result<T, FieldError> {
    Err(FieldError::new("kubeconfig", message))
}

#[cfg(test)]
mod tests;
