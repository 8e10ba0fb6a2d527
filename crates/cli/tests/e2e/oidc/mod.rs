//! Sign-in with a certified OpenID Connect provider.

mod faults;
mod refused;
mod rights;
mod settings;

use serde_json::{Value, json};

use crate::support::{IdentityProvider, Server};

/// A person in these groups, called after the login.
fn person(login: &str, groups: &[&str]) -> Value {
    json!({ login: { "preferred_username": login, "groups": groups } })
}

/// A server that takes people from `provider`: readers see the workspace `team-a`, and who
/// runs the platform may do everything.
fn server(provider: &IdentityProvider, more: &[&str]) -> Server {
    let mut args = provider.args();
    args.extend(["--oidc-role", "readers=viewer@team-a"]);
    args.extend(["--oidc-role", "platform=admin"]);
    args.extend(more);
    let server = Server::start(tempfile::tempdir().unwrap(), &args, &[]);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server
}

/// The user of that name, as the command line shows it.
fn user(server: &Server, name: &str) -> Value {
    let listed = server.run(&["user", "list", "-o", "json"]).json();
    let users = listed["items"].as_array().unwrap();
    let found = users.iter().find(|user| user["name"] == name);
    found
        .unwrap_or_else(|| panic!("no {name} in {listed}"))
        .clone()
}

/// What the audit log has of an action, the newest first.
fn audited(server: &Server, action: &str) -> Vec<String> {
    let listed = server.run(&["audit", "list", "-o", "json"]).json();
    let entries = listed["items"].as_array().unwrap().iter();
    let of_action = entries.filter(|entry| entry["action"] == action);
    of_action
        .map(|entry| {
            let [target, outcome] =
                ["target", "outcome"].map(|field| entry[field].as_str().unwrap());
            format!("{target} {outcome}")
        })
        .collect()
}
