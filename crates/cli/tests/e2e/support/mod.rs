//! The real binary, run as a person would run it: a server with a sandbox in a
//! home of its own, and commands beside it.

mod aws_cli;
mod browser;
mod identity_provider;
mod killer;
mod moto_server;
mod poor;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

pub(crate) use aws_cli::AwsCli;
pub(crate) use browser::Browser;
pub(crate) use identity_provider::IdentityProvider;
pub(crate) use killer::{Killer, Moment};
pub(crate) use moto_server::Moto;
pub(crate) use poor::{CHECK_POOR, with_poor_user};

/// The file of a certificate that secrets can be sealed with; nobody has its private key.
pub(crate) const SEALING_CERTIFICATE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/kubernetes/sealing-certificate.pem"
);

/// A command of the binary under test, with nothing of this machine's settings.
pub(crate) fn commissary(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commissary"));
    command
        .env_clear()
        .env("HOME", home)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .stdin(Stdio::null());
    command
}

/// What a command did.
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Done {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Its output, having ended with `code`.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> String {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self.out
    }

    /// Its output as JSON, having succeeded.
    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.with_code(0)).unwrap()
    }
}

/// Runs a command with something on its standard input.
pub(crate) fn run_with_input(command: &mut Command, input: &str) -> Done {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    Done::of(child.wait_with_output().unwrap())
}

/// A running server; stopped when dropped.
pub(crate) struct Server {
    pub(crate) home: tempfile::TempDir,
    pub(crate) base: String,
    /// What it said when it was ready, the setup link in it.
    pub(crate) announced: String,
    child: Child,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Server {
    /// A server with a sandbox.
    pub(crate) fn with_sandbox() -> Self {
        let home = tempfile::tempdir().unwrap();
        Self::start(home, &["--sandbox", "--sandbox-listen", "127.0.0.1:0"], &[])
    }

    /// A server that asks `endpoint` instead of AWS.
    pub(crate) fn with_endpoint(endpoint: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        Self::start(home, &[], &[("AWS_ENDPOINT_URL", endpoint)])
    }

    /// A server in `home`, with further arguments and settings.
    pub(crate) fn start(home: tempfile::TempDir, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut child = commissary(home.path())
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(home.path().join("data"))
            .args(["--log", "debug"])
            .args(args)
            .envs(env.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let reader = follow(child.stderr.take().unwrap(), Arc::clone(&log));
        let announced = announcement(&mut child, &log);
        let base = announced
            .split_whitespace()
            .find(|word| word.starts_with("http://") || word.starts_with("https://"))
            .unwrap()
            .trim_end_matches('/')
            .to_owned();
        Self {
            home,
            base,
            announced,
            child,
            log,
            reader: Some(reader),
        }
    }

    /// The token of the setup link that the server announced.
    pub(crate) fn setup_token(&self) -> &str {
        let after = self.announced.split("/setup?token=").nth(1);
        after.unwrap().split_whitespace().next().unwrap()
    }

    /// Stops the server as Ctrl-C does and starts it again in the same home.
    pub(crate) fn restarted(mut self, args: &[&str]) -> Self {
        self.stop();
        let home = std::mem::replace(&mut self.home, tempfile::tempdir().unwrap());
        Self::start(home, args, &[])
    }

    /// Kills the server as a power cut would; the home stays.
    pub(crate) fn killed(mut self) -> tempfile::TempDir {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::mem::replace(&mut self.home, tempfile::tempdir().unwrap())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Everything that was logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// A command beside the server, as the sandbox's administrator.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.elsewhere();
        command.args(["--server", &self.base]).args(args);
        command
    }

    /// A command as the sandbox's administrator that names its server itself.
    pub(crate) fn elsewhere(&self) -> Command {
        let mut command = commissary(self.home.path());
        if let Ok(env) = std::fs::read_to_string(self.data().join("sandbox/env")) {
            for line in env.lines() {
                let (name, value) = line
                    .strip_prefix("export ")
                    .unwrap()
                    .split_once('=')
                    .unwrap();
                // What a shell would add of its own environment is empty here.
                let value = value.trim_matches(['\'', '"']).split("${").next();
                command.env(name, value.unwrap());
            }
        }
        command
    }

    /// Runs a command beside the server.
    pub(crate) fn run(&self, args: &[&str]) -> Done {
        Done::of(self.command(args).output().unwrap())
    }

    fn stop(&mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        self.child.wait().unwrap();
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follow(
    mut stderr: impl std::io::Read + Send + 'static,
    log: Arc<Mutex<String>>,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = stderr.read(&mut chunk) {
            log.lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(&chunk[..count]));
        }
    })
}

fn announcement(child: &mut Child, log: &Mutex<String>) -> String {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut announced = String::new();
    loop {
        match lines.next() {
            Some(line) => announced.push_str(&(line.unwrap() + "\n")),
            None => panic!("serve ended: {}", log.lock().unwrap()),
        }
        if announced.contains("Ctrl-C stops it.") {
            return announced;
        }
    }
}

/// The access key and the secret that a command wrote for a profile.
pub(crate) fn keys_of(credentials: &Path, profile: &str) -> (String, String) {
    let mut text = String::new();
    std::fs::File::open(credentials)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let section = text.split(&format!("[{profile}]")).nth(1).unwrap();
    let section = section.split("\n[").next().unwrap();
    let value = |name: &str| {
        let line = section.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_once('=').unwrap().1.trim().to_owned()
    };
    (value("aws_access_key_id"), value("aws_secret_access_key"))
}
