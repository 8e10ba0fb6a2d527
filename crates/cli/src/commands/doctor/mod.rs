//! `commissary doctor`: whether a deployment is sound, and what to mend.

mod aws;
mod data;
mod oidc;
mod tls;

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::Value;

use crate::failure::{FAILED, Failure};
use crate::output::{Format, table, text};
use crate::paths;
use crate::progress::Waiting;

/// Check a deployment on the server's own machine, and say what to mend.
///
/// Looks at the data folder, the root key, the database, the audit log, the space on
/// the disk, the certificate, the clock, the way to AWS and the identity provider. Nothing is changed, and the
/// server may run meanwhile. Settings come from where `commissary serve` has them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary doctor
  commissary doctor --data-dir /var/lib/commissary --root-key /etc/commissary/root.key --output json

Exit codes: 0 nothing is broken (there may be warnings), 1 something is.")]
pub(crate) struct DoctorArgs {
    /// The data folder of the server [default: below the home directory].
    #[arg(long, env = "COMMISSARY_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The file of the root key [default: root.key in the data folder].
    #[arg(long, env = "COMMISSARY_ROOT_KEY", value_name = "FILE")]
    root_key: Option<PathBuf>,
    /// The certificate that is served.
    #[arg(long, env = "COMMISSARY_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key.
    #[arg(long, env = "COMMISSARY_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// The issuer of the identity provider that people sign in with.
    #[arg(long, env = "COMMISSARY_OIDC_ISSUER", value_name = "URL")]
    oidc_issuer: Option<commissary_oidc::Issuer>,
    /// A region whose STS must be reached [default: those of the providers].
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,
}

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum State {
    Ok,
    Warning,
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    said: String,
    /// What to do about it; none where all is well.
    mend: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, said: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            said: said.into(),
            mend: None,
        }
    }

    fn warning(check: &'static str, said: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Warning,
            mend: Some(mend.into()),
            ..Self::ok(check, said)
        }
    }

    fn broken(check: &'static str, said: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Broken,
            ..Self::warning(check, said, mend)
        }
    }
}

pub(crate) async fn run(args: DoctorArgs, output: Format) -> Result<ExitCode, Failure> {
    let dir = match args.data_dir {
        Some(dir) => dir,
        None => paths::default_data_dir(false)?,
    };
    let root_key = args.root_key.unwrap_or_else(|| dir.join("root.key"));
    let waiting = Waiting::new("looking at the data");
    let (mut findings, mut regions) = data::look(&dir, &root_key).await;
    findings.extend(tls::look(args.tls_cert, args.tls_key));
    if !args.regions.is_empty() {
        regions = args.regions;
    }
    waiting.say("asking AWS for the time");
    findings.extend(aws::look(&regions).await);
    waiting.say("asking the identity provider");
    findings.extend(oidc::look(args.oidc_issuer).await);
    drop(waiting);
    let broken = findings
        .iter()
        .any(|finding| finding.state == State::Broken);
    let value = serde_json::json!({ "sound": !broken, "findings": findings });
    output.print(&value, for_people)?;
    Ok(match broken {
        true => ExitCode::from(FAILED),
        false => ExitCode::SUCCESS,
    })
}

fn for_people(value: &Value) -> String {
    let findings = value.get("findings").and_then(Value::as_array);
    let row = |finding: &Value| {
        let state = match text(finding, "state") {
            "ok" => "\u{1b}[32mok\u{1b}[0m",
            "warning" => "\u{1b}[33mwarning\u{1b}[0m",
            _ => "\u{1b}[1;31mbroken\u{1b}[0m",
        };
        let said = match text(finding, "mend") {
            "" => text(finding, "said").to_owned(),
            mend => format!("{}; {mend}", text(finding, "said")),
        };
        vec![text(finding, "check").to_owned(), state.to_owned(), said]
    };
    let rows = findings.into_iter().flatten().map(row).collect();
    table(&["check", "state", "what"], rows, "")
}
