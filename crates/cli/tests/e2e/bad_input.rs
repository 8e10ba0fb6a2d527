//! What goes wrong is told in a sentence, with the right exit code, and leaves
//! nothing half-written.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::support::{Done, Server, commissary, run_with_input};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "0123456789abcdefghij0123456789abcdefghij";

fn serve(home: &std::path::Path, args: &[&str]) -> Done {
    let mut command = commissary(home);
    command
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(args);
    Done::of(command.output().unwrap())
}

fn add(server: &Server, name: &str, secret: &str, more: &[&str]) -> Done {
    let args = [
        "provider",
        "add",
        "aws",
        name,
        "-w",
        "team-a",
        "--access-key-id",
        KEY,
        "--secret-key-file",
        "-",
    ];
    run_with_input(&mut server.command(&[&args, more].concat()), secret)
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let mut command = commissary(home.path());
    command.args([
        "serve",
        "--listen",
        &address,
        "--data-dir",
        data.to_str().unwrap(),
    ]);
    let done = Done::of(command.output().unwrap());
    assert!(
        done.err.contains("in use by another process"),
        "{}",
        done.err
    );
    done.with_code(7);
    assert!(!data.exists(), "nothing is written before the port is had");
}

#[test]
fn a_data_folder_that_is_in_use() {
    let server = Server::with_sandbox();
    let data = server.data();
    let done = serve(server.home.path(), &["--data-dir", data.to_str().unwrap()]);
    assert!(done.err.contains("in use by another"), "{}", done.err);
    assert_ne!(done.code, 0);
}

#[test]
fn a_data_folder_that_cannot_be_written() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    for data in [file.clone(), file.join("below")] {
        let done = serve(home.path(), &["--data-dir", data.to_str().unwrap()]);
        assert!(done.err.contains(data.to_str().unwrap()), "{}", done.err);
        done.with_code(1);
    }
}

#[test]
fn a_root_key_that_is_lost_or_wrong() {
    let server = Server::with_sandbox();
    let home = server.killed();
    let key = home.path().join("data/root.key");
    let data = home.path().join("data");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let lost = serve(home.path(), &["--data-dir", data.to_str().unwrap()]);
    assert!(lost.err.contains("root key"), "{}", lost.err);
    lost.with_code(1);
    assert!(!key.exists(), "no other key is made for old data");

    let other = Server::with_sandbox();
    std::fs::copy(other.data().join("root.key"), &key).unwrap();
    let wrong = serve(home.path(), &["--data-dir", data.to_str().unwrap()]);
    assert!(wrong.err.contains("root key"), "{}", wrong.err);
    wrong.with_code(1);

    std::fs::write(&key, kept).unwrap();
    Server::start(home, &["--sandbox", "--sandbox-listen", "127.0.0.1:0"], &[]);
}

#[test]
fn an_aws_endpoint_that_is_down() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let server = Server::with_endpoint(&format!("http://{closed}"));
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let done = add(&server, "prod", SECRET, &[]);
    assert!(done.err.contains("cannot be reached"), "{}", done.err);
    done.with_code(1);
    server
        .run(&["provider", "show", "prod", "-w", "team-a"])
        .with_code(6);

    let later = add(&server, "prod", SECRET, &["--verify-later"]);
    assert!(later.out.contains("not verified"), "{}", later.out);
    later.with_code(0);
    let check = server.run(&["provider", "check", "prod", "-w", "team-a"]);
    assert!(check.err.contains("cannot be reached"), "{}", check.err);
    check.with_code(1);
    let mut profile = server.command(&["aws", "check"]);
    profile
        .env("AWS_ENDPOINT_URL", format!("http://{closed}"))
        .env("AWS_ACCESS_KEY_ID", KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET);
    let done = Done::of(profile.output().unwrap());
    assert!(done.err.contains("cannot be reached"), "{}", done.err);
    assert!(!done.err.contains(SECRET));
    done.with_code(1);
}

#[test]
fn an_aws_endpoint_that_answers_nonsense() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 8192];
            let _ = stream.read(&mut request);
            let body = "<html><body>Welcome to the captive portal</body></html>";
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    let server = Server::with_endpoint(&endpoint);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let done = add(&server, "prod", SECRET, &[]);
    assert!(done.err.contains("is not AWS"), "{}", done.err);
    done.with_code(1);
    server
        .run(&["provider", "show", "prod", "-w", "team-a"])
        .with_code(6);
}

#[test]
fn names_and_keys_that_are_none() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "Team A"]).with_code(1);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server.run(&["workspace", "create", "team-a"]).with_code(7);
    for name in ["", &"x".repeat(300), "a/b"] {
        let done = add(&server, name, SECRET, &[]);
        assert!(done.err.contains("name"), "{}", done.err);
        done.with_code(1);
    }
    let short = add(&server, "prod", "too-short", &[]);
    assert!(
        short.err.contains("secretAccessKey") && !short.err.contains("too-short"),
        "{}",
        short.err
    );
    short.with_code(1);
    let unknown = add(&server, "prod", SECRET, &[]);
    assert!(
        unknown.err.contains("does not know this access key"),
        "{}",
        unknown.err
    );
    unknown.with_code(1);
    for name in [".", ".."] {
        server
            .run(&["provider", "show", name, "-w", "team-a"])
            .with_code(2);
        server.run(&["workspace", "delete", name]).with_code(2);
    }
    server.run(&["provider", "list"]).with_code(2);
    server
        .run(&["provider", "list", "-w", "nobody"])
        .with_code(6);
}

#[test]
fn a_server_that_is_not_there_or_not_ours() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = commissary(home.path());
        command.env("COMMISSARY_TOKEN", "cmsa_wrong").args(args);
        Done::of(command.output().unwrap())
    };
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let absent = run(&["--server", &format!("http://{closed}"), "workspace", "list"]);
    assert!(absent.err.contains("cannot be reached"), "{}", absent.err);
    absent.with_code(1);
    let server = Server::with_sandbox();
    let refused = run(&["--server", &server.base, "workspace", "list"]);
    assert!(!refused.err.contains("cmsa_wrong"));
    refused.with_code(5);
    run(&["--server", "ftp://x", "workspace", "list"]).with_code(2);
}

#[test]
fn a_key_of_another_partition() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server.run(&["aws", "bootstrap", "--yes"]).with_code(0);
    let china = [
        "provider",
        "add",
        "aws",
        "china",
        "-w",
        "team-a",
        "--from-profile",
        "Kommander",
        "--region",
        "cn-north-1",
    ];
    let done = server.run(&china);
    assert!(done.err.contains("in partition `aws-cn`"), "{}", done.err);
    done.with_code(1);
    server
        .run(&["provider", "show", "china", "-w", "team-a"])
        .with_code(6);
}

#[test]
fn a_temporary_key_without_its_session_token() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let empty = server.home.path().join("token");
    std::fs::write(&empty, "\n").unwrap();
    let args = [
        "provider",
        "add",
        "aws",
        "temporary",
        "-w",
        "team-a",
        "--access-key-id",
        "ASIAIOSFODNN7EXAMPLE",
        "--secret-key-file",
        "-",
        "--session-token-file",
        empty.to_str().unwrap(),
    ];
    let done = run_with_input(&mut server.command(&args), SECRET);
    assert!(
        done.err.contains("works only with its session token"),
        "{}",
        done.err
    );
    done.with_code(1);
}

#[test]
fn stopping_leaves_nothing_half_written_and_frees_the_folder() {
    let sandbox = ["--sandbox", "--sandbox-listen", "127.0.0.1:0"];
    let mut server = Server::with_sandbox();
    for round in 0..3 {
        let name = format!("round-{round}");
        server.run(&["workspace", "create", &name]).with_code(0);
        server = server.restarted(&sandbox);
        let files = std::fs::read_dir(server.data()).unwrap();
        let unfinished = files.filter(|file| {
            file.as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|e| e == "unfinished")
        });
        assert_eq!(unfinished.count(), 0);
    }
    let list = server.run(&["-o", "json", "workspace", "list"]).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 3);
}
