//! A certified OpenID Connect provider, with people that a test decides about.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A running provider; stopped when dropped.
pub(crate) struct IdentityProvider {
    pub(crate) issuer: String,
    child: Child,
    people: tempfile::TempDir,
    settings: Value,
}

impl IdentityProvider {
    /// A provider that knows `people`, by their logins.
    pub(crate) fn start(people: &Value) -> Self {
        Self::with(people, json!({}))
    }

    /// A provider with further settings (`tests/oidc/provider.mjs` says which).
    pub(crate) fn with(people: &Value, settings: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("people.json"), people.to_string()).unwrap();
        Self::started(folder, settings, 0)
    }

    /// Decides anew who there is.
    pub(crate) fn knows(&self, people: &Value) {
        std::fs::write(self.people.path().join("people.json"), people.to_string()).unwrap();
    }

    /// Ends it, and tells how to start it again.
    pub(crate) fn stopped(mut self) -> Stopped {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let port = self.issuer.rsplit(':').next().unwrap();
        Stopped {
            port: port.parse().unwrap(),
            people: std::mem::replace(&mut self.people, tempfile::tempdir().unwrap()),
            settings: self.settings.clone(),
        }
    }

    /// What a server needs to know about it.
    pub(crate) fn args(&self) -> Vec<&str> {
        vec![
            "--oidc-issuer",
            &self.issuer,
            "--oidc-client-id",
            "commissary",
            "--oidc-scopes",
            "profile,groups",
        ]
    }

    fn started(people: tempfile::TempDir, mut settings: Value, port: u16) -> Self {
        let folder = std::env::var_os("COMMISSARY_OIDC").expect(
            "COMMISSARY_OIDC names no folder with an OpenID Connect provider: run the tests with `cargo xtask test`, which installs it",
        );
        settings["port"] = port.into();
        settings["people"] = people.path().join("people.json").to_str().unwrap().into();
        let mut child = Command::new("node")
            .arg(PathBuf::from(folder).join("provider.mjs"))
            .arg(settings.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("ready ").map(str::to_owned));
        Self {
            issuer: ready.expect("the provider starts"),
            child,
            people,
            settings,
        }
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A provider that is down.
pub(crate) struct Stopped {
    port: u16,
    people: tempfile::TempDir,
    settings: Value,
}

impl Stopped {
    pub(crate) fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it where it was; it signs with another key from now on.
    pub(crate) fn again(self) -> IdentityProvider {
        IdentityProvider::started(self.people, self.settings, self.port)
    }
}
