//! Addresses of the console and the API, with every name encoded.

use commissary_core::domain::CheckId;

/// Encodes a name as one segment of a path, or as a value of a query
/// (RFC 3986, section 2.3: only unreserved characters stay as they are).
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The page of the infrastructure providers of a workspace.
pub(crate) fn providers(workspace: &str) -> String {
    format!(
        "/workspaces/{}/infrastructure-providers",
        encoded(workspace)
    )
}

/// The form that adds a provider.
pub(crate) fn new_provider(workspace: &str) -> String {
    format!("{}/new", providers(workspace))
}

/// The form that makes a user.
pub(crate) fn make_user(workspace: &str) -> String {
    format!("/workspaces/{}/make-a-user", encoded(workspace))
}

/// The same for other tools.
pub(crate) fn printed_user(workspace: &str) -> String {
    format!("{}/with-another-tool", make_user(workspace))
}

/// The form that takes back the user whose key a provider has.
pub(crate) fn take_back(workspace: &str, provider: &str) -> String {
    format!(
        "/workspaces/{}/take-a-user-back?provider={}",
        encoded(workspace),
        encoded(provider)
    )
}

/// The page of a provider.
pub(crate) fn provider(workspace: &str, name: &str) -> String {
    format!("{}/{}", providers(workspace), beside_new(name))
}

/// Where the page of a provider tells where it can be used.
pub(crate) fn places(workspace: &str, name: &str) -> String {
    format!("{}#places", provider(workspace, name))
}

/// What the pages about a delivery of a provider begin with.
pub(crate) fn delivery(workspace: &str, name: &str, cluster: &str) -> String {
    format!(
        "{}/deliveries/{}",
        provider(workspace, name),
        encoded(cluster)
    )
}

/// The page of the namespaces of a workspace.
pub(crate) fn namespaces(workspace: &str) -> String {
    format!("/workspaces/{}/namespaces", encoded(workspace))
}

/// The page of the management clusters.
pub(crate) const CLUSTERS: &str = "/management-clusters";

/// The page of a management cluster.
pub(crate) fn cluster(name: &str) -> String {
    format!("{CLUSTERS}/{}", beside_new(name))
}

/// A name as a segment that is never that of the form beside it: with its first letter encoded the
/// path is another one and names the same.
fn beside_new(name: &str) -> String {
    match name {
        "new" => "%6Eew".to_owned(),
        name => encoded(name),
    }
}

/// The page of the people of a workspace.
pub(crate) fn people(workspace: &str) -> String {
    format!("/workspaces/{}/people", encoded(workspace))
}

/// The page of a user.
pub(crate) fn person(name: &str) -> String {
    format!("/people/{}", encoded(name))
}

/// The page that an invitation's link opens.
pub(crate) fn invitation(token: &str) -> String {
    format!("/invitation?token={}", encoded(token))
}

/// A workspace in the API.
pub(crate) fn api_workspace(workspace: &str) -> String {
    format!("/api/v1/workspaces/{}", encoded(workspace))
}

/// A provider in the API.
pub(crate) fn api_provider(workspace: &str, name: &str) -> String {
    format!(
        "{}/infrastructure-providers/{}",
        api_workspace(workspace),
        encoded(name)
    )
}

/// A management cluster in the API.
pub(crate) fn api_cluster(name: &str) -> String {
    format!("/api/v1/management-clusters/{}", encoded(name))
}

/// The audit log: all of it, or a workspace's.
pub(crate) fn audit_log(workspace: Option<&str>) -> String {
    match workspace {
        None => "/audit-log".to_owned(),
        Some(workspace) => format!("/audit-log?workspace={}", encoded(workspace)),
    }
}

/// A query of what is given; empty where nothing is.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let given: Vec<String> = given
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    match given.is_empty() {
        true => String::new(),
        false => format!("?{}", given.join("&")),
    }
}

/// The policy of a release and features in the API.
pub(crate) fn api_policy(release: &str, features: &[String]) -> String {
    let mut pairs = vec![("format", "pretty")];
    pairs.extend(features.iter().map(|feature| ("feature", feature.as_str())));
    format!(
        "/api/v1/releases/{}/policy{}",
        encoded(release),
        query(&pairs)
    )
}

/// The checks of a provider in the API.
pub(crate) fn api_checks(workspace: &str, name: &str) -> String {
    format!("{}/checks", api_provider(workspace, name))
}

/// One of the checks of a provider in the API.
pub(crate) fn api_check_run(workspace: &str, name: &str, id: CheckId) -> String {
    format!("{}/{id}", api_checks(workspace, name))
}

/// The sign-in page that leads back to `next`.
pub(crate) fn sign_in(next: &str) -> String {
    match next {
        "/" => "/sign-in".to_owned(),
        next => format!("/sign-in?next={}", encoded(next)),
    }
}

/// The way to the identity provider that leads back to `next`.
pub(crate) fn sign_in_elsewhere(next: &str) -> String {
    match next {
        "/" => "/sign-in/oidc".to_owned(),
        next => format!("/sign-in/oidc?next={}", encoded(next)),
    }
}

/// A way back that stays on this site: a path, never another host. What is not
/// one leads to the start.
pub(crate) fn safe_next(next: &str) -> &str {
    let stays = next.starts_with('/')
        && !next.starts_with("//")
        && next
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if stays { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_one_segment() {
        assert_eq!(
            provider("team-a", "a+b=c,d@e.f_g"),
            "/workspaces/team-a/infrastructure-providers/a%2Bb%3Dc%2Cd%40e.f_g"
        );
        assert_eq!(encoded("../<x>?#é"), "..%2F%3Cx%3E%3F%23%C3%A9");
        assert_ne!(provider("w", "new"), new_provider("w"));
    }

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert_eq!(
            safe_next("/workspaces/a?cursor=b"),
            "/workspaces/a?cursor=b"
        );
        for outside in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil",
            "x",
        ] {
            assert_eq!(safe_next(outside), "/", "{outside}");
        }
    }
}
