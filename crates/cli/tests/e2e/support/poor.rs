//! A user that lacks most of what is required.

use super::Server;

/// Checks that user, by the administrator.
pub(crate) const CHECK_POOR: [&str; 6] = [
    "aws",
    "check",
    "--profile",
    "poor",
    "--admin-profile",
    "sandbox-admin",
];

/// A server, and a user whose policy is for machines only.
pub(crate) fn with_poor_user() -> Server {
    let server = Server::with_sandbox();
    let poor = [
        "aws",
        "bootstrap",
        "--yes",
        "--user-name",
        "poor",
        "--policy-name",
        "poor-policy",
        "--feature",
        "ec2",
    ];
    server.run(&poor).with_code(0);
    server
}
