//! Every form of the console, with its fields.

/// The address of each, and what it sends.
pub(super) const FORMS: &[(&str, &[&str])] = &[
    ("/setup", &["token", "name", "password"]),
    ("/sign-in", &["name", "password", "next"]),
    ("/invitation", &["token", "password"]),
    ("/workspaces", &["name"]),
    (
        "/workspaces/{workspace}/infrastructure-providers/new",
        PROVIDER,
    ),
    (
        "/workspaces/{workspace}/infrastructure-providers/{name}/edit",
        PROVIDER,
    ),
    (
        "/workspaces/{workspace}/infrastructure-providers/{name}/check",
        &[
            "ways",
            "rungs",
            "probeExisting",
            "administrator.accessKeyId",
            "administrator.sessionToken",
        ],
    ),
    (
        "/workspaces/{workspace}/infrastructure-providers/{name}/delete",
        &["confirm"],
    ),
    ("/workspaces/{workspace}/make-a-user", USER),
    (
        "/workspaces/{workspace}/take-a-user-back",
        &[
            "userName",
            "policyName",
            "provider",
            "region",
            "confirm",
            "deleteProvider",
        ],
    ),
    ("/people", &["name", "administrator", "role"]),
    ("/people/{user}", &["do"]),
    ("/people/{user}/delete", &["confirm"]),
    ("/people/invitations/{id}/revoke", &["x"]),
    ("/workspaces/{workspace}/people", &["name", "role"]),
    (
        "/workspaces/{workspace}/people/invitations/{id}/revoke",
        &["x"],
    ),
    ("/workspaces/{workspace}/people/remove", &["name"]),
    ("/workspaces/{workspace}/people/invite", &["name", "role"]),
    ("/account/password", &["currentPassword", "password"]),
    ("/account/tokens", &["name", "scope", "days", "workspace"]),
    ("/account/tokens/{id}/revoke", &["x"]),
    ("/account/sessions/{id}/end", &["x"]),
];

const PROVIDER: &[&str] = &[
    "name",
    "method",
    "accessKeyId",
    "sessionToken",
    "region",
    "release",
    "features",
    "verify",
    "seen",
];

const USER: &[&str] = &[
    "do",
    "userName",
    "policyName",
    "provider",
    "region",
    "release",
    "features",
    "path",
    "permissionsBoundary",
    "tags",
    "replaceKey",
    "administrator.accessKeyId",
    "administrator.sessionToken",
];
