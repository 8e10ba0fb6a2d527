//! `tests/oidc/liar.mjs`, and the port that believes it or not.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use commissary_core::people::Challenge;
use commissary_core::ports::{Clock, IdentityElsewhere, IdentityError, IdentityProvider as _};
use commissary_oidc::{Issuer, OidcOptions, OidcProvider};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// The nonce of every challenge here.
const NONCE: &str = "the nonce";

/// A running liar; stopped when dropped.
pub(crate) struct Liar {
    pub(crate) issuer: String,
    pub(crate) clock: Arc<ShiftedClock>,
    child: Child,
}

impl Liar {
    pub(crate) fn start() -> Self {
        let folder = std::env::var_os("COMMISSARY_OIDC").expect(
            "COMMISSARY_OIDC names no folder with an OpenID Connect provider: run the tests with `cargo xtask test`, which installs it",
        );
        let mut child = Command::new("node")
            .arg(PathBuf::from(folder).join("liar.mjs"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        Self {
            issuer: line.trim().strip_prefix("ready ").unwrap().to_owned(),
            clock: Arc::default(),
            child,
        }
    }

    /// The port, as a process has it that was just started.
    pub(crate) fn provider(&self) -> OidcProvider {
        let options = OidcOptions {
            issuer: self.issuer.parse::<Issuer>().unwrap(),
            name: "liar".to_owned(),
            client_id: "commissary".to_owned(),
            client_secret_file: None,
            redirect_url: "http://127.0.0.1:1/sign-in/oidc/callback".to_owned(),
            scopes: Vec::new(),
            groups_claim: "groups".to_owned(),
        };
        OidcProvider::new(options, self.clock.clone()).unwrap()
    }

    /// Asks the liar itself for something.
    pub(crate) async fn ask(&self, path: &str) -> String {
        let answer = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = answer.get(format!("{}{path}", self.issuer)).send().await;
        answer.unwrap().text().await.unwrap()
    }
}

impl Drop for Liar {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the port makes of what the liar is told to say.
pub(crate) async fn identify(
    provider: &OidcProvider,
    told: &Value,
) -> Result<IdentityElsewhere, IdentityError> {
    let mut told = told.clone();
    if told["claims"].get("nonce").is_none() {
        told["claims"]["nonce"] = json!(NONCE);
    }
    let code = URL_SAFE_NO_PAD.encode(told.to_string());
    provider.identify(Zeroizing::new(code), &challenge()).await
}

pub(crate) fn challenge() -> Challenge {
    let text = |text: &str| Zeroizing::new(text.to_owned());
    Challenge {
        state: text("the state"),
        nonce: text(NONCE),
        verifier: text("a verifier of forty-three characters at least"),
    }
}

/// The system's clock, and a shift that a test chooses.
#[derive(Default)]
pub(crate) struct ShiftedClock(Mutex<SignedDuration>);

impl ShiftedClock {
    pub(crate) fn go_on(&self, seconds: i64) {
        *self.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }
}

impl Clock for ShiftedClock {
    #[expect(clippy::disallowed_methods, reason = "the liar has the system's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now() + *self.0.lock().unwrap()
    }
}
