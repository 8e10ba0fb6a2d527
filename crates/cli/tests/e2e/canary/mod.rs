//! Secrets go through everything that the product does, and then everything
//! that it said, logged and wrote is searched for them.

mod http;
pub(crate) mod search;

use std::fs;
use std::path::{Path, PathBuf};

use self::http::{asked, sent};
use self::search::{Canary, Seen, contains, files, search};
use crate::support::{Done, SEALING_CERTIFICATE, Server, keys_of, run_with_input};

/// A secret key that AWS does not know, and the access key that it comes with.
const WRONG_SECRET: &str = "canaryWRONGcanary/WRONG+canaryWRONG/can4";
const WRONG_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const PASSWORD: &str = "canary pass phrase of the administrator";
const WRONG_PASSWORD: &str = "canary pass phrase that nobody has";

const PROVIDERS: &str = "/workspaces/team-a/infrastructure-providers";

/// What the product does, by its commands; `BACKUP`, `DATA` and `CERTIFICATE` are paths.
const COMMANDS: &[&str] = &[
    "workspace create team-a",
    "aws bootstrap --yes --user-name Kommander --policy-name kommander-policy --release kommander-2.2 --self-check",
    "provider add aws prod -w team-a --from-profile Kommander",
    "provider update prod -w team-a --from-profile sandbox-admin",
    "provider update prod -w team-a --from-profile Kommander",
    "provider check prod -w team-a --admin-profile sandbox-admin",
    "provider show prod -w team-a -o json",
    "provider checks prod -w team-a -o json",
    "management-cluster add capi --in-cluster --verify-later --sealing-certificate CERTIFICATE",
    "workspace namespaces set team-a capi team-a",
    "provider export prod -w team-a",
    "provider export prod -w team-a --sealed",
    "aws check --profile Kommander --admin-profile sandbox-admin",
    "key rotate",
    "key show",
    "audit export",
    "audit export --format csv",
    "audit verify",
    "backup BACKUP --data-dir DATA",
];

const READ: &[&str] = &[
    "/",
    "/account",
    "/audit-log",
    "/people",
    PROVIDERS,
    "/workspaces/team-a/infrastructure-providers/new",
    "/workspaces/team-a/infrastructure-providers/prod",
    "/workspaces/team-a/infrastructure-providers/prod/edit",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/whoami",
    "/api/v1/audit-events",
    "/api/v1/root-key",
    "/api/v1/users",
    "/api/v1/tokens",
    "/api/v1/sessions",
    "/api/v1/workspaces/team-a/infrastructure-providers/prod",
    "/api/v1/workspaces/team-a/infrastructure-providers/prod/check",
    "/api/v1/workspaces/team-a/infrastructure-providers/prod/checks",
    "/nowhere",
];

#[test]
fn no_secret_is_found_in_anything_that_was_said_logged_or_written() {
    let server = Server::with_sandbox();
    let mut told = Told(Vec::new());
    by_commands(&server, &mut told);
    let token = fs::read_to_string(server.data().join("admin.token")).unwrap();
    let token = token.trim();
    let setup = server.setup_token();
    by_api(&server, token, &mut told);
    let session = by_console(&server, setup, &mut told);
    reading(&server, token, &session, &mut told);

    let profiles = profiles(&server);
    let mut canaries = vec![
        canary("the provider's key", &keys_of(&profiles, "Kommander").1),
        canary("the lent key", &keys_of(&profiles, "sandbox-admin").1),
        canary("a secret key that AWS refused", WRONG_SECRET),
        canary("the password", PASSWORD),
        canary("a wrong password", WRONG_PASSWORD),
        canary("the API token", token),
        canary("the session's token", &session),
        canary("the setup link's token", setup),
    ];
    canaries.extend(root_keys(&server.data()));

    let log = server.log();
    assert!(log.contains("DEBUG"), "the log is not the finest");
    told.note("the log", log);
    // As it lies on the disk: database, what is not yet in it, backup.
    let home = server.killed();
    for file in files(home.path()) {
        if !holds_secrets(&file) && file != profiles {
            let bytes = fs::read(&file).unwrap();
            let place = file.display().to_string();
            told.0.push(Seen { place, bytes });
        }
    }
    let Told(seen) = told;
    let place = |part: &str| seen.iter().any(|seen| seen.place.contains(part));
    assert!(place("-wal") && place("today.backup"), "what is searched");
    let known = |seen: &Seen| contains(&seen.bytes, WRONG_KEY);
    assert!(seen.iter().any(known), "the search finds what is there");

    let counted = |part: &str| {
        let mut metrics = seen.iter().filter(|seen| seen.place == "GET /metrics");
        metrics.any(|seen| contains(&seen.bytes, part))
    };
    for part in [
        "service=\"STS\",outcome=\"done\"",
        "service=\"IAM\"",
        "reason=\"unproven\"} 2",
    ] {
        assert!(counted(part), "the metrics count what was done: {part}");
    }

    let (found, searches) = search(&canaries, &seen);
    assert_eq!(found, Vec::<String>::new());
    let bytes: usize = seen.iter().map(|seen| seen.bytes.len()).sum();
    println!(
        "{} secrets looked for {searches} times in {} places of {bytes} bytes; none found",
        canaries.len(),
        seen.len(),
    );
}

/// What was told so far.
struct Told(Vec<Seen>);

impl Told {
    fn note(&mut self, place: &str, said: String) {
        self.0.push(Seen {
            place: place.to_owned(),
            bytes: said.into_bytes(),
        });
    }

    fn note_done(&mut self, command: &str, done: Done) {
        self.note(command, format!("{}\n{}", done.out, done.err));
    }
}

fn by_commands(server: &Server, told: &mut Told) {
    let backup = server.home.path().join("today.backup");
    for line in COMMANDS {
        let data = server.data();
        let args: Vec<&str> = line
            .split(' ')
            .map(|word| match word {
                "BACKUP" => backup.to_str().unwrap(),
                "DATA" => data.to_str().unwrap(),
                "CERTIFICATE" => SEALING_CERTIFICATE,
                word => word,
            })
            .collect();
        let done = server.run(&args);
        assert!(
            [0, 3].contains(&done.code),
            "{line}: {} {}",
            done.out,
            done.err
        );
        told.note_done(line, done);
    }
    let add =
        "provider add aws wrong -w team-a --access-key-id AKIAIOSFODNN7EXAMPLE --secret-key-file -";
    let args: Vec<&str> = add.split(' ').collect();
    let refused = run_with_input(&mut server.command(&args), WRONG_SECRET);
    assert_ne!(refused.code, 0);
    told.note_done(add, refused);
    // A token that is none, and a server that is not there.
    for base in [server.base.as_str(), "http://127.0.0.1:1"] {
        let mut command = server.elsewhere();
        command.args(["provider", "list", "-w", "team-a", "--server", base]);
        command.env("COMMISSARY_TOKEN", WRONG_SECRET);
        let done = Done::of(command.output().unwrap());
        assert_ne!(done.code, 0);
        told.note_done("provider list with a wrong token", done);
    }
}

fn by_api(server: &Server, token: &str, told: &mut Told) {
    let headers = format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n");
    let key = format!(r#"{{"accessKeyId": "{WRONG_KEY}", "secretAccessKey": "{WRONG_SECRET}""#);
    let good = format!(
        r#"{{"name": "x", "type": "aws", "authentication": {key}, "method": "static"}}, "region": "us-east-1", "release": "kommander-2.2"}}"#
    );
    let misplaced = format!(r#"{{"name": "x", "type": "{WRONG_SECRET}", "{WRONG_SECRET}": 1}}"#);
    let lent = format!(r#"{{"administrator": {key}}}}}"#);
    let broken = format!(r#"{{"{WRONG_SECRET}"#);
    let check = format!("{PROVIDERS}/prod/check");
    let bootstrap = "/workspaces/team-a/bootstrap/plan";
    for (path, body) in [
        (PROVIDERS, good.as_str()),
        (PROVIDERS, &misplaced),
        (PROVIDERS, &broken),
        (PROVIDERS, WRONG_SECRET),
        (&check, &lent),
        (bootstrap, &lent),
    ] {
        // Noted with its body, so that it could be sent again.
        let headers = format!("{headers}idempotency-key: {}\r\n", body.len());
        let answer = asked(server, "POST", &format!("/api/v1{path}"), &headers, body);
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
        told.note(&format!("POST {path}"), answer);
    }
}

/// Sets the administrator up and signs in; returns the session's token.
fn by_console(server: &Server, setup: &str, told: &mut Told) -> String {
    let ada = ("name", "ada");
    let fields = [("token", setup), ada, ("password", PASSWORD)];
    sent(server, "/setup", "", &fields);
    let signed_in = sent(server, "/sign-in", "", &[ada, ("password", PASSWORD)]);
    // The session's own cookie is where its token belongs.
    let session = signed_in.split("commissary-session=").nth(1);
    let session = session.unwrap_or_else(|| panic!("{signed_in}"));
    let session = session.split(';').next().unwrap().to_owned();
    for (name, password) in [("ada", WRONG_PASSWORD), ("nobody", PASSWORD)] {
        let fields = [("name", name), ("password", password)];
        let (led, page) = led_on(server, "/sign-in", "", &fields);
        assert!(page.starts_with("HTTP/1.1 4"), "{page}");
        told.note("POST /sign-in", led + &page);
    }
    let cookie = format!("cookie: commissary-session={session}\r\n");
    let fields = [
        ("name", "y"),
        ("access_key_id", WRONG_KEY),
        ("secret_access_key", WRONG_SECRET),
        ("accessKeyId", WRONG_KEY),
        ("secretAccessKey", WRONG_SECRET),
    ];
    for page in ["/new", "/prod/edit", "/prod/check"] {
        let (led, then) = led_on(server, &format!("{PROVIDERS}{page}"), &cookie, &fields);
        told.note(&format!("POST {PROVIDERS}{page}"), led + &then);
    }
    session
}

/// Sends a form; what it was answered, and the page that the answer leads on to.
fn led_on(server: &Server, path: &str, cookie: &str, fields: &[(&str, &str)]) -> (String, String) {
    let led = sent(server, path, cookie, fields);
    let to = led.lines().find_map(|line| line.strip_prefix("location: "));
    let to = to.unwrap_or_else(|| panic!("{path}: {led}"));
    let page = asked(server, "GET", to, cookie, "");
    (led, page)
}

fn reading(server: &Server, token: &str, session: &str, told: &mut Told) {
    let program = format!("authorization: Bearer {token}\r\n");
    let browser = format!("cookie: commissary-session={session}\r\n");
    for path in READ {
        for headers in [program.as_str(), &browser, ""] {
            let answer = asked(server, "GET", path, headers, "");
            told.note(&format!("GET {path}"), answer);
        }
    }
}

fn canary(what: &'static str, secret: &str) -> Canary {
    let secret = secret.to_owned();
    Canary { what, secret }
}

/// The sandbox's own credentials file.
fn profiles(server: &Server) -> PathBuf {
    let all = files(&server.data().join("sandbox"));
    let holds = |file: &&PathBuf| {
        fs::read_to_string(file).is_ok_and(|text| text.contains("[sandbox-admin]"))
    };
    all.iter().find(holds).unwrap().clone()
}

/// The root keys, those that were replaced too.
fn root_keys(data: &Path) -> Vec<Canary> {
    let is_key_file = |file: &PathBuf| file.to_string_lossy().contains("root.key");
    let texts = files(data).into_iter().filter(is_key_file);
    let texts: Vec<String> = texts
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect();
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    let long = words
        .flat_map(|word| word.rsplit([':', '=', '"']))
        .filter(|part| part.len() >= 40);
    let keys: Vec<Canary> = long.map(|part| canary("a root key", part)).collect();
    assert!(keys.len() >= 2, "the key and the one before it");
    keys
}

/// Whether it is a file's business to hold a secret.
fn holds_secrets(file: &Path) -> bool {
    let shown = file.to_string_lossy();
    ["data/root.key", "data/admin.token", "data/sandbox/"]
        .iter()
        .any(|place| shown.contains(place))
}
