//! A server makes a user with an administrator's keys that are lent; killed at any call, and asked
//! again, it ends as if nothing had happened, and the keys are nowhere.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use serde_json::{Value, json};

use crate::killed::{account, ask, keys};
use crate::support::{Killer, Moment, Moto, Server};

const SECRET: &str = "CanaryAdministratorCanaryAdministrator00";

/// A request to a server as a program sends it; none where it broke off.
struct Request {
    address: String,
    token: String,
}

impl Request {
    fn to(server: &Server) -> Self {
        let token = std::fs::read_to_string(server.data().join("admin.token")).unwrap();
        Self {
            address: server.base.strip_prefix("http://").unwrap().to_owned(),
            token: token.trim().to_owned(),
        }
    }

    fn post(&self, path: &str, body: &Value) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let body = body.to_string();
        write!(
            stream,
            "POST /api/v1/workspaces/team-a/{path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        assert!(
            !answer.contains(SECRET),
            "the administrator's secret came back"
        );
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split_whitespace().nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).ok()?))
    }
}

fn user(more: &Value) -> Value {
    let mut body = json!({
        "administrator": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": SECRET},
        "features": ["ec2"],
        "selfCheck": true,
        "tags": ["team=platform"],
    });
    let fields = body.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    body
}

fn with_workspace(endpoint: &str) -> Server {
    let server = Server::with_endpoint(endpoint);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server
}

/// Nothing below a folder holds the secret.
fn has_no_secret(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            has_no_secret(&path);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes
            .windows(SECRET.len())
            .any(|window| window == SECRET.as_bytes());
        assert!(
            !found,
            "the administrator's secret is in {}",
            path.display()
        );
    }
}

#[test]
fn a_server_that_is_killed_at_any_call_goes_on_and_leaves_no_key_that_nobody_has() {
    let moto = Moto::start();
    let killer = Killer::before(&moto.endpoint);
    let server = with_workspace(&killer.endpoint);
    killer.arm(None);
    let (status, made) = Request::to(&server)
        .post("bootstrap", &user(&json!({})))
        .unwrap();
    assert_eq!((status, &made["madeKey"]), (201, &json!(true)), "{made}");
    assert_eq!(
        keys(&moto),
        [made["provider"]["accessKeyId"].as_str().unwrap()]
    );
    let (calls, undisturbed) = (killer.seen(), account(&moto));
    assert!(calls >= 5, "{calls} calls");
    has_no_secret(server.home.path());
    assert!(!server.log().contains(SECRET));
    drop(server);
    for moment in [Moment::Before, Moment::After, Moment::Answered] {
        for at in 1..=calls {
            ask(&moto, "/moto-api/reset", "");
            killer.arm(None);
            let server = with_workspace(&killer.endpoint);
            killer.arm(Some((at, moment)));
            let request = Request::to(&server);
            let first = std::thread::spawn(move || request.post("bootstrap", &user(&json!({}))));
            killer.time_has_come();
            let home = server.killed();
            // At the last call it may have ended.
            first.join().unwrap();
            let server = Server::start(home, &[], &[("AWS_ENDPOINT_URL", &moto.endpoint)]);
            let again = Request::to(&server).post("bootstrap", &user(&json!({})));
            let (status, made) = again.unwrap();
            assert!([200, 201].contains(&status), "{moment:?} {at}: {made}");
            let key = made["provider"]["accessKeyId"].as_str().unwrap();
            assert_eq!(keys(&moto), [key], "{moment:?} {at}");
            assert!(account(&moto) == undisturbed, "{moment:?} {at}");
            has_no_secret(server.home.path());
        }
    }
}

#[test]
fn in_the_sandbox_a_user_is_planned_made_checked_and_taken_back() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let credentials = server.data().join("sandbox/aws/credentials");
    let (id, secret) = crate::support::keys_of(&credentials, "sandbox-admin");
    let administrator = json!({"accessKeyId": id, "secretAccessKey": secret});
    let lent = |more: Value| {
        let mut body = json!({"administrator": administrator, "userName": "builder"});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    let request = Request::to(&server);
    let post = |path: &str, more: Value| request.post(path, &lent(more)).unwrap();
    let wish = || json!({"selfCheck": true, "nodeRoles": true, "path": "/clusters/"});
    let (status, plan) = post("bootstrap/plan", wish());
    assert_eq!((status, &plan["changes"]), (200, &json!(true)), "{plan}");
    let (status, made) = post("bootstrap", wish());
    assert_eq!(status, 201, "{made}");
    let provider = &made["provider"];
    assert_eq!(provider["name"], "builder", "{provider}");
    let check = &provider["lastCheck"];
    assert_eq!(
        (&check["allowed"], &check["denied"]),
        (&json!(111), &json!(0)),
        "{provider}"
    );
    assert!(
        provider["principalArn"]
            .as_str()
            .unwrap()
            .ends_with(":user/clusters/builder")
    );
    let (_, plan) = post("bootstrap/plan", wish());
    assert_eq!(plan["changes"], false, "{plan}");
    // A second provider of the same user needs a key of its own.
    let (status, refused) = post("bootstrap", json!({"provider": "second"}));
    assert_eq!(
        (status, &refused["errors"][0]["field"]),
        (422, &json!("newKey")),
        "{refused}"
    );
    let (status, second) = post("bootstrap", json!({"provider": "second", "newKey": true}));
    assert_eq!(status, 201, "{second}");
    let undo = |more: Value| post("bootstrap/undo", more);
    assert!(undo(json!({"plan": true})).1["changes"].as_bool().unwrap());
    assert_eq!(undo(json!({})).0, 422);
    let (status, gone) = undo(json!({"confirm": "builder"}));
    assert_eq!(status, 200, "{gone}");
    assert_eq!(undo(json!({"plan": true})).1["changes"], false);
    let log = server.log();
    assert!(!log.contains(&secret));
}
