//! The table: for each route what each role is answered.

use Expected::{Allowed, Forbidden, NotFound, SignIn};

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// It is done, or the input is told to be at fault, which is told only to whom may.
    Allowed,
    /// Sign in first.
    SignIn,
    /// It can be seen, and may not be done.
    Forbidden,
    /// It cannot be seen.
    NotFound,
}

/// What is sent along.
pub(super) enum Send {
    Nothing,
    Json(&'static str),
    Form(&'static str),
}

/// One route.
pub(super) struct Row {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) rule: [Expected; 8],
    pub(super) send: Send,
}

// The columns, as `columns::COLUMNS` has them: signed out, no role, viewer, operator, admin,
// admin of another workspace, global administrator, a global administrator's token that only reads.
const PUBLIC: [Expected; 8] = [Allowed; 8];
const SIGNED_IN: [Expected; 8] = [
    SignIn, Allowed, Allowed, Allowed, Allowed, Allowed, Allowed, Allowed,
];
const OWN: [Expected; 8] = [
    SignIn, Allowed, Allowed, Allowed, Allowed, Allowed, Allowed, Forbidden,
];
const VIEWER: [Expected; 8] = [
    SignIn, NotFound, Allowed, Allowed, Allowed, NotFound, Allowed, Allowed,
];
const OPERATOR: [Expected; 8] = [
    SignIn, NotFound, Forbidden, Allowed, Allowed, NotFound, Allowed, Forbidden,
];
const ADMIN: [Expected; 8] = [
    SignIn, NotFound, Forbidden, Forbidden, Allowed, NotFound, Allowed, Forbidden,
];
const GLOBAL: [Expected; 8] = [
    SignIn, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Allowed, Forbidden,
];
const GLOBAL_READS: [Expected; 8] = [
    SignIn, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Allowed, Allowed,
];
/// A global administrator's, about a workspace that others may see.
const GLOBAL_HERE: [Expected; 8] = [
    SignIn, NotFound, Forbidden, Forbidden, Forbidden, NotFound, Allowed, Forbidden,
];
/// Somebody else's, which a global administrator sees and nobody else.
const THEIRS: [Expected; 8] = [
    SignIn, NotFound, NotFound, NotFound, NotFound, NotFound, Allowed, Forbidden,
];
/// The same, on a page of those who decide in a workspace.
const SENT_BY_OTHERS: [Expected; 8] = [
    SignIn, NotFound, Forbidden, Forbidden, NotFound, NotFound, Allowed, Forbidden,
];
/// Somebody else's, which nobody sees.
const PRIVATE: [Expected; 8] = [
    SignIn, NotFound, NotFound, NotFound, NotFound, NotFound, NotFound, Forbidden,
];
/// Of an identity provider, which the server of the table has not.
const NO_PROVIDER: [Expected; 8] = [NotFound; 8];
/// Needs a link that nobody here has.
const BY_LINK: [Expected; 8] = [Forbidden; 8];

use Send::{Form, Json, Nothing};

const fn row(method: &'static str, path: &'static str, rule: [Expected; 8], send: Send) -> Row {
    Row {
        method,
        path,
        rule,
        send,
    }
}

/// In what is sent `{n}` is a text that no other request has. What destroys is sent without
/// the confirmation that it asks whoever may.
pub(super) static ROWS: &[Row] = &[
    row("GET", "/healthz", PUBLIC, Nothing),
    row("GET", "/readyz", PUBLIC, Nothing),
    row("GET", "/api/openapi.json", PUBLIC, Nothing),
    row("GET", "/metrics", GLOBAL_READS, Nothing),
    row("GET", "/api/v1/whoami", SIGNED_IN, Nothing),
    row("GET", "/api/v1/workspaces", SIGNED_IN, Nothing),
    row(
        "POST",
        "/api/v1/workspaces",
        GLOBAL,
        Json(r#"{"name": "team-{n}"}"#),
    ),
    row("GET", "/api/v1/workspaces/{workspace}", VIEWER, Nothing),
    row(
        "DELETE",
        "/api/v1/workspaces/{workspace}",
        GLOBAL_HERE,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/infrastructure-providers",
        OPERATOR,
        Json(PROVIDER),
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/key-checks",
        OPERATOR,
        Json(KEYS),
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}",
        VIEWER,
        Nothing,
    ),
    row(
        "PATCH",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}",
        OPERATOR,
        Json("{}"),
    ),
    row(
        "DELETE",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}",
        OPERATOR,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/export",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/export",
        OPERATOR,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/check",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/check",
        OPERATOR,
        Json("{}"),
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks",
        OPERATOR,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}",
        VIEWER,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}/events",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}/cancel",
        OPERATOR,
        Nothing,
    ),
    row("GET", "/api/v1/management-clusters", GLOBAL_READS, Nothing),
    row("POST", "/api/v1/management-clusters", GLOBAL, Json(CLUSTER)),
    row(
        "GET",
        "/api/v1/management-clusters/{cluster}",
        GLOBAL_READS,
        Nothing,
    ),
    row(
        "PATCH",
        "/api/v1/management-clusters/{cluster}",
        GLOBAL,
        Json("{}"),
    ),
    row(
        "DELETE",
        "/api/v1/management-clusters/{cluster}",
        GLOBAL,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/management-clusters/{cluster}/check",
        GLOBAL,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/management-clusters/{cluster}/rbac",
        GLOBAL_READS,
        Nothing,
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/deliveries",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/deliveries",
        OPERATOR,
        Json(r#"{"managementCluster": "capi"}"#),
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/namespaces",
        VIEWER,
        Nothing,
    ),
    row(
        "PUT",
        "/api/v1/workspaces/{workspace}/namespaces/{cluster}",
        GLOBAL_HERE,
        Json(r#"{"namespaces": ["team-{n}"]}"#),
    ),
    row(
        "GET",
        "/api/v1/workspaces/{workspace}/members",
        VIEWER,
        Nothing,
    ),
    row(
        "PUT",
        "/api/v1/workspaces/{workspace}/members/{user}",
        ADMIN,
        Json(r#"{"role": "viewer"}"#),
    ),
    row(
        "DELETE",
        "/api/v1/workspaces/{workspace}/members/{user}",
        ADMIN,
        Nothing,
    ),
    row("GET", "/api/v1/users", GLOBAL_READS, Nothing),
    row("GET", "/api/v1/users/{user}", GLOBAL_READS, Nothing),
    row(
        "PATCH",
        "/api/v1/users/{user}",
        GLOBAL,
        Json(r#"{"disabled": false}"#),
    ),
    row("DELETE", "/api/v1/users/{user}", GLOBAL, Nothing),
    row("GET", "/api/v1/invitations", SIGNED_IN, Nothing),
    row(
        "POST",
        "/api/v1/invitations",
        ADMIN,
        Json(r#"{"name": "new {n}", "roles": {"team-a": "viewer"}}"#),
    ),
    row("DELETE", "/api/v1/invitations/{id}", THEIRS, Nothing),
    row("GET", "/api/v1/tokens", SIGNED_IN, Nothing),
    row("POST", "/api/v1/tokens", OWN, Json(r#"{"name": "{n}"}"#)),
    row("DELETE", "/api/v1/tokens/{id}", THEIRS, Nothing),
    row(
        "POST",
        "/api/v1/login",
        PUBLIC,
        Json(r#"{"name": "{n}", "password": "x", "tokenName": "x"}"#),
    ),
    row(
        "PUT",
        "/api/v1/account/password",
        OWN,
        Json(r#"{"currentPassword": "x", "password": "x"}"#),
    ),
    row("GET", "/api/v1/sessions", SIGNED_IN, Nothing),
    row("DELETE", "/api/v1/sessions/{id}", PRIVATE, Nothing),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/bootstrap/plan",
        OPERATOR,
        Json(LENT),
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/bootstrap",
        OPERATOR,
        Json(LENT),
    ),
    row(
        "POST",
        "/api/v1/workspaces/{workspace}/bootstrap/undo",
        OPERATOR,
        Json(LENT),
    ),
    row(
        "GET",
        "/workspaces/{workspace}/make-a-user",
        OPERATOR,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/make-a-user",
        OPERATOR,
        Form("userName=-"),
    ),
    row(
        "GET",
        "/workspaces/{workspace}/make-a-user/with-another-tool",
        VIEWER,
        Nothing,
    ),
    row(
        "GET",
        "/workspaces/{workspace}/take-a-user-back",
        OPERATOR,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/take-a-user-back",
        OPERATOR,
        Form("userName=-"),
    ),
    row(
        "GET",
        "/api/v1/releases/{release}/bootstrap",
        SIGNED_IN,
        Nothing,
    ),
    row("GET", "/api/v1/releases", SIGNED_IN, Nothing),
    row(
        "GET",
        "/api/v1/releases/{release}/policy",
        SIGNED_IN,
        Nothing,
    ),
    row("GET", "/api/v1/root-key", GLOBAL_READS, Nothing),
    row("POST", "/api/v1/root-key/rotation", GLOBAL, Nothing),
    row("POST", "/api/v1/root-key/rotation/step", GLOBAL, Nothing),
    row("GET", "/api/v1/audit-events/export", GLOBAL_READS, Nothing),
    row(
        "GET",
        "/api/v1/audit-events/verification",
        GLOBAL_READS,
        Nothing,
    ),
    row("GET", "/api/v1/audit-events", GLOBAL_READS, Nothing),
    row("GET", "/assets/{file}", PUBLIC, Nothing),
    row("GET", "/setup", BY_LINK, Nothing),
    row("POST", "/setup", BY_LINK, Form("token=x")),
    row("GET", "/sign-in", PUBLIC, Nothing),
    row("POST", "/sign-in", PUBLIC, Form("name={n}&password=x")),
    row("GET", "/", SIGNED_IN, Nothing),
    row("POST", "/workspaces", GLOBAL, Form("name=team-{n}")),
    row("GET", "/workspaces/{workspace}", VIEWER, Nothing),
    row(
        "GET",
        "/workspaces/{workspace}/infrastructure-providers",
        VIEWER,
        Nothing,
    ),
    row(
        "GET",
        "/workspaces/{workspace}/infrastructure-providers/new",
        OPERATOR,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/infrastructure-providers/new",
        OPERATOR,
        Form("name=-"),
    ),
    row(
        "GET",
        "/workspaces/{workspace}/infrastructure-providers/{name}",
        VIEWER,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/infrastructure-providers/{name}/check",
        OPERATOR,
        Form("ways=chosen"),
    ),
    row(
        "GET",
        "/workspaces/{workspace}/infrastructure-providers/{name}/edit",
        OPERATOR,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/infrastructure-providers/{name}/edit",
        OPERATOR,
        Form("name=-"),
    ),
    row(
        "GET",
        "/workspaces/{workspace}/infrastructure-providers/{name}/delete",
        OPERATOR,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/infrastructure-providers/{name}/delete",
        OPERATOR,
        Form("confirm="),
    ),
    row(
        "POST",
        "/workspaces/{workspace}/infrastructure-providers/{name}/deliveries/{cluster}/again",
        OPERATOR,
        Nothing,
    ),
    row(
        "GET",
        "/workspaces/{workspace}/infrastructure-providers/{name}/deliveries/{cluster}/conflict",
        OPERATOR,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/infrastructure-providers/{name}/deliveries/{cluster}/conflict",
        OPERATOR,
        Form("do=adopt"),
    ),
    row("GET", "/invitation", BY_LINK, Nothing),
    row("POST", "/invitation", BY_LINK, Form("token=x&password=x")),
    row("GET", "/people", GLOBAL_READS, Nothing),
    row("POST", "/people", GLOBAL, Form("name=by form {n}")),
    row("POST", "/people/invitations/{id}/revoke", THEIRS, Nothing),
    row("GET", "/people/{user}", GLOBAL_READS, Nothing),
    row("POST", "/people/{user}", GLOBAL, Form("do=enable")),
    row("POST", "/people/{user}/delete", GLOBAL, Form("confirm=")),
    row("GET", "/workspaces/{workspace}/people", VIEWER, Nothing),
    row(
        "POST",
        "/workspaces/{workspace}/people/invitations/{id}/revoke",
        SENT_BY_OTHERS,
        Nothing,
    ),
    row(
        "POST",
        "/workspaces/{workspace}/people",
        ADMIN,
        Form("name=target&role=viewer"),
    ),
    row(
        "POST",
        "/workspaces/{workspace}/people/remove",
        ADMIN,
        Form("name=target"),
    ),
    row(
        "POST",
        "/workspaces/{workspace}/people/invite",
        ADMIN,
        Form("name=member {n}&role=viewer"),
    ),
    row("GET", "/management-clusters", GLOBAL_READS, Nothing),
    row("GET", "/management-clusters/new", GLOBAL, Nothing),
    row("POST", "/management-clusters/new", GLOBAL, Form("name=-")),
    row(
        "GET",
        "/management-clusters/{cluster}",
        GLOBAL_READS,
        Nothing,
    ),
    row(
        "POST",
        "/management-clusters/{cluster}/check",
        GLOBAL,
        Nothing,
    ),
    row(
        "GET",
        "/management-clusters/{cluster}/edit",
        GLOBAL,
        Nothing,
    ),
    row(
        "POST",
        "/management-clusters/{cluster}/edit",
        GLOBAL,
        Form("name=-&seen=0"),
    ),
    row(
        "GET",
        "/management-clusters/{cluster}/delete",
        GLOBAL,
        Nothing,
    ),
    row(
        "POST",
        "/management-clusters/{cluster}/delete",
        GLOBAL,
        Form("confirm="),
    ),
    row("GET", "/workspaces/{workspace}/namespaces", VIEWER, Nothing),
    row(
        "POST",
        "/workspaces/{workspace}/namespaces",
        GLOBAL_HERE,
        Form("cluster=capi&namespaces=form-{n}"),
    ),
    row("GET", "/account", SIGNED_IN, Nothing),
    row("GET", "/policies", SIGNED_IN, Nothing),
    #[cfg(debug_assertions)]
    row("GET", "/components", SIGNED_IN, Nothing),
    row(
        "POST",
        "/policies",
        SIGNED_IN,
        Form("policy=%7B%22Statement%22%3A%5B%5D%7D"),
    ),
    row(
        "POST",
        "/account/password",
        OWN,
        Form("currentPassword=x&password=x"),
    ),
    row("POST", "/account/sessions/{id}/end", PRIVATE, Nothing),
    row("POST", "/account/tokens", OWN, Form("name=form {n}")),
    row("POST", "/account/tokens/{id}/revoke", THEIRS, Nothing),
    row("GET", "/audit-log", GLOBAL_READS, Nothing),
    // These end what the request came with, so they come last.
    row("DELETE", "/api/v1/login", SIGNED_IN, Nothing),
    row("GET", "/sign-in/oidc", NO_PROVIDER, Nothing),
    row("GET", "/sign-in/oidc/callback", NO_PROVIDER, Nothing),
    row("POST", "/sign-out", SIGNED_IN, Nothing),
];

const LENT: &str = r#"{"userName": "u{n}", "administrator":
    {"accessKeyId": "AKIAREADYREADYREADY1", "secretAccessKey": "a key that is forty characters long, 40+/"}}"#;
const KEYS: &str = r#"{"type": "aws", "authentication":
    {"method": "static", "accessKeyId": "AKIAREADYREADYREADY1", "secretAccessKey": "a key that is forty characters long, 40+/"}}"#;
const PROVIDER: &str = r#"{"name": "p{n}", "type": "aws", "verify": "later", "authentication":
    {"method": "static", "accessKeyId": "AKIAREADYREADYREADY1", "secretAccessKey": "a key that is forty characters long, 40+/"}}"#;
const CLUSTER: &str =
    r#"{"name": "c{n}", "connection": {"method": "inCluster"}, "verify": "later"}"#;
