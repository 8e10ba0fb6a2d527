//! The configuration of `serve`: flags, environment, file.

use std::fs;

use serde_json::Value;

use crate::support::{Done, commissary};

struct Printed(Value);

impl Printed {
    fn of(&self, name: &str) -> [&str; 2] {
        let settings = self.0["settings"].as_array().unwrap();
        let row = settings.iter().find(|row| row["name"] == name).unwrap();
        ["value", "from"].map(|field| row[field].as_str().unwrap())
    }
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/commissary");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    let text = "listen = \"127.0.0.1:1\"\nlog = \"warn\"\nlog_json = true\n\
        trusted-proxy = [\"10.0.0.0/8\", \"fd00::/8\"]\n";
    fs::write(&file, text).unwrap();
    let printed = |more: &[&str], env: &[(&str, &str)]| {
        let mut command = commissary(home.path());
        command.args(["serve", "--print-config", "--output", "json"]);
        command.args(more).envs(env.iter().copied());
        Printed(Done::of(command.output().unwrap()).json())
    };
    let from_file = format!("file {}", file.display());
    let plain = printed(&[], &[]);
    assert_eq!(plain.of("listen"), ["127.0.0.1:1", &from_file]);
    assert_eq!(plain.of("log-json"), ["true", &from_file]);
    assert_eq!(
        plain.of("trusted-proxy"),
        ["10.0.0.0/8, fd00::/8", &from_file]
    );
    assert_eq!(plain.of("allow-clear-text"), ["false", "default"]);
    assert_eq!(plain.of("tls-cert"), ["", "not set"]);
    let env = [
        ("COMMISSARY_LISTEN", "127.0.0.1:2"),
        ("COMMISSARY_LOG", "error"),
    ];
    let mixed = printed(&["--listen", "127.0.0.1:3"], &env);
    assert_eq!(mixed.of("listen"), ["127.0.0.1:3", "flag --listen"]);
    assert_eq!(mixed.of("log"), ["error", "environment COMMISSARY_LOG"]);
    // Another file in place of the one that lies there.
    let other = home.path().join("other.toml");
    fs::write(&other, "log = \"debug\"").unwrap();
    let other = other.to_str().unwrap();
    let from_other = format!("file {other}");
    for named in [
        printed(&["--config", other], &[]),
        printed(&[], &[("COMMISSARY_CONFIG", other)]),
    ] {
        assert_eq!(named.of("log"), ["debug", &from_other]);
        assert_eq!(named.of("listen"), ["127.0.0.1:8080", "default"]);
    }
}

#[test]
fn what_cannot_be_meant_in_the_file_is_told() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    let refused = |text: &str| {
        fs::write(&file, text).unwrap();
        let mut command = commissary(home.path());
        command
            .args(["serve", "--print-config", "--config"])
            .arg(&file);
        let done = Done::of(command.output().unwrap());
        assert_eq!(done.code, 2, "{}", done.err);
        done.err
    };
    let said = refused("lisen = \"127.0.0.1:1\"");
    assert!(
        said.contains("`lisen`") && said.contains("did you mean `listen`?"),
        "{said}"
    );
    let said = refused("zzz = 1");
    assert!(said.contains("known: "), "{said}");
    let said = refused("\n\nlisten = ");
    assert!(said.contains("line 3"), "{said}");
    let said = refused("listen = { port = 1 }");
    assert!(said.contains("`listen`"), "{said}");
    let said = refused("listen = \"everywhere\"");
    assert!(
        said.contains("everywhere") && said.contains("--listen"),
        "{said}"
    );
    let mut command = commissary(home.path());
    command.args(["serve", "--print-config", "--config", "/nowhere.toml"]);
    let gone = Done::of(command.output().unwrap());
    assert!(gone.err.contains("/nowhere.toml"), "{}", gone.err);
    gone.with_code(2);
}

#[test]
fn nobody_listens_beyond_this_machine_in_clear_text_unless_told() {
    let home = tempfile::tempdir().unwrap();
    let mut command = commissary(home.path());
    command.args(["serve", "--listen", "0.0.0.0:0", "--data-dir"]);
    command.arg(home.path().join("data"));
    let refused = Done::of(command.output().unwrap());
    assert!(
        refused.err.contains("--allow-clear-text"),
        "{}",
        refused.err
    );
    refused.with_code(2);
    assert!(!home.path().join("data").exists());
    let mut half = commissary(home.path());
    half.args(["serve", "--tls-cert", "server.pem"]);
    let half = Done::of(half.output().unwrap());
    assert!(half.err.contains("--tls-key"), "{}", half.err);
    half.with_code(2);
}
