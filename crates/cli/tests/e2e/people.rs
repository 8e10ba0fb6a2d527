//! People by command: invited, given roles, signed in, disabled.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{Done, Server, commissary, run_with_input};

const PASSWORD: &str = "canary password of ada";

/// Opens an invitation's link and sends its form, as a browser does.
fn accept(server: &Server, link: &str) {
    let token = link.split("token=").nth(1).unwrap();
    let body = format!("token={token}&password={}", PASSWORD.replace(' ', "+"));
    let address = server.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /invitation HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{body}",
        server.base,
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
}

/// A command on a machine of ada's own.
fn by_ada(server: &Server, home: &Path, args: &[&str]) -> Done {
    let mut command = commissary(home);
    command.args(["--server", &server.base]).args(args);
    Done::of(command.output().unwrap())
}

#[test]
fn somebody_who_was_invited_signs_in_and_does_what_the_role_says() {
    let server = Server::with_sandbox();
    for team in ["team-a", "team-b"] {
        server.run(&["workspace", "create", team]).with_code(0);
    }
    let invite = ["user", "invite", "ada", "--role", "team-a=viewer"];
    let link = server.run(&invite).with_code(0);
    assert!(link.starts_with(&server.base), "{link}");
    accept(&server, link.trim());

    let home = tempfile::tempdir().unwrap();
    let ada = |args: &[&str]| by_ada(&server, home.path(), args);
    assert_eq!(ada(&["workspace", "list"]).code, 5);
    let login = [
        "--server",
        &server.base,
        "login",
        "--user",
        "ada",
        "--password-file",
        "-",
    ];
    let wrong = run_with_input(
        commissary(home.path()).args(login),
        "not the password at all",
    );
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    assert!(wrong.err.contains("the user name or the password is wrong"));
    let done = run_with_input(
        commissary(home.path()).args(login),
        &format!("{PASSWORD}\n"),
    );
    assert_eq!(done.code, 0, "{}", done.err);

    // The token is hers alone, and nothing that was printed or logged has it.
    let folder = home.path().join(".config/commissary/tokens");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let token = std::fs::read_to_string(file.path()).unwrap();
    assert!(token.starts_with("cmsa_"));
    for text in [&done.out, &done.err, &server.log()] {
        assert!(!text.contains(&token) && !text.contains(PASSWORD));
    }

    let seen = ada(&["workspace", "list", "-o", "json"]).json();
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    assert_eq!(ada(&["provider", "list", "-w", "team-b"]).code, 6);
    assert_eq!(ada(&["user", "list"]).code, 5);
    assert_eq!(ada(&["workspace", "create", "team-c"]).code, 5);
    let set = ["workspace", "member", "set", "team-a", "ada", "admin"];
    assert_eq!(ada(&set).code, 5);
    server.run(&set).with_code(0);
    let members = ada(&["workspace", "member", "list", "team-a"]).with_code(0);
    assert!(
        members.contains("ada") && members.contains("admin"),
        "{members}"
    );

    // A token that she makes does less than she may, and is revoked by its name.
    let made = ada(&["token", "create", "ci", "--read-only", "--expires", "7d"]);
    let narrow = made.with_code(0);
    let mut command = commissary(home.path());
    command
        .env("COMMISSARY_TOKEN", narrow.trim())
        .args(["--server", &server.base])
        .args(["workspace", "member", "set", "team-a", "ada", "viewer"]);
    assert_eq!(Done::of(command.output().unwrap()).code, 5);
    let listed = ada(&["token", "list"]).with_code(0);
    assert!(
        listed.contains("ci") && listed.contains("reads"),
        "{listed}"
    );
    assert!(!listed.contains("admin.token"));
    ada(&["token", "revoke", "ci"]).with_code(0);

    // Without a right to sign in the token works no more.
    server.run(&["user", "disable", "ada"]).with_code(0);
    assert_eq!(ada(&["workspace", "list"]).code, 5);
    server.run(&["user", "enable", "ada"]).with_code(0);
    ada(&["workspace", "list"]).with_code(0);
    server
        .run(&["user", "delete", "ada", "--confirm", "ada"])
        .with_code(0);
    assert_eq!(ada(&["workspace", "list"]).code, 5);
}

#[test]
fn signing_out_revokes_the_token_and_forgets_it() {
    let server = Server::with_sandbox();
    let link = server
        .run(&["user", "invite", "ada", "--administrator"])
        .with_code(0);
    accept(&server, link.trim());
    let home = tempfile::tempdir().unwrap();
    let password = home.path().join("password");
    std::fs::write(&password, PASSWORD).unwrap();
    let login = [
        "login",
        "--user",
        "ada",
        "--password-file",
        password.to_str().unwrap(),
    ];
    by_ada(&server, home.path(), &login).with_code(0);
    by_ada(&server, home.path(), &["user", "list"]).with_code(0);
    let folder = home.path().join(".config/commissary/tokens");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let token = std::fs::read_to_string(file.path()).unwrap();

    // Nobody is left without an administrator.
    let refused = server.run(&["user", "role", "ada", "member"]);
    assert_eq!(refused.code, 7, "{}", refused.err);
    assert!(refused.err.contains("last global administrator"));

    by_ada(&server, home.path(), &["logout"]).with_code(0);
    assert!(std::fs::read_dir(&folder).unwrap().next().is_none());
    let mut command = commissary(home.path());
    command
        .env("COMMISSARY_TOKEN", token)
        .args(["--server", &server.base, "workspace", "list"]);
    assert_eq!(Done::of(command.output().unwrap()).code, 5);
}

#[test]
fn a_password_is_not_sent_in_clear_text_to_another_machine() {
    let home = tempfile::tempdir().unwrap();
    let mut command = commissary(home.path());
    command.args([
        "--server",
        "http://192.0.2.1:8080",
        "login",
        "--user",
        "ada",
    ]);
    let refused = Done::of(command.output().unwrap());
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("clear text") && refused.err.contains("https://"));
}
