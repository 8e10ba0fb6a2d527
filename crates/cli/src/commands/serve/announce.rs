//! What `serve` tells when it is ready: to standard output, for people.

use std::fmt::Write as _;
use std::path::Path;

use commissary_core::people::NewToken;

use super::sandbox::{Running, quoted};
use crate::failure::Failure;
use crate::output::print_text;

/// What the console shows on every page of a sandbox.
pub(super) const SANDBOX_NOTICE: &str =
    "Sandbox: the AWS account behind this console is played on this machine.";

/// Prints the console's address, the setup link of a first run, and the way
/// into the sandbox.
pub(super) fn ready(
    base: &str,
    dir: &Path,
    setup: Option<NewToken>,
    sandbox: Option<&Running>,
) -> Result<(), Failure> {
    let mut text = format!("commissary {} is ready\n\n", env!("CARGO_PKG_VERSION"));
    // Writing to a string does not fail.
    let _ = writeln!(text, "  console   {base}/");
    let _ = writeln!(text, "  data      {}", dir.display());
    if let Some(token) = setup {
        let link = format!("{base}/setup?token={}", *token.hand_over());
        let _ = writeln!(
            text,
            "\nFirst run. Make the administrator here (works once, for 24 hours):\n\n  {link}"
        );
    }
    if let Some(sandbox) = sandbox {
        let command = quoted_if_needed(
            &std::env::args()
                .next()
                .unwrap_or_else(|| "commissary".to_owned()),
        );
        let _ = write!(
            text,
            "\nThe sandbox plays AWS account {} at {}. Its administrator is the\n\
             profile `sandbox-admin`. In another terminal:\n\n  \
             . {}\n  \
             {command} workspace create team-a\n  \
             {command} aws bootstrap --user-name Kommander --policy-name kommander-policy \\\n      \
             --release kommander-2.2 --self-check --register team-a/Kommander\n",
            sandbox.account_id,
            sandbox.endpoint,
            quoted_if_needed(&sandbox.env_file.display().to_string()),
        );
    }
    text.push_str("\nCtrl-C stops it.\n");
    print_text(&text)
}

fn quoted_if_needed(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if text.chars().all(plain) {
        text.to_owned()
    } else {
        quoted(text)
    }
}
