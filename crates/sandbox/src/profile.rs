//! AWS configuration files that make every AWS tool talk to the sandbox (AWS CLI User Guide,
//! "Configuration and credential file settings").

use std::path::{Path, PathBuf};

use axum::http::Uri;

use crate::account::keys::AccessKey;
use crate::error::SandboxError;
use crate::private_file;

/// Where AWS tools find the sandbox's profiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfilePaths {
    /// For `AWS_CONFIG_FILE`.
    pub config: PathBuf,
    /// For `AWS_SHARED_CREDENTIALS_FILE`.
    pub credentials: PathBuf,
}

/// Writes `profiles` into the files below `folder`; other profiles in them stay.
pub(crate) fn write(
    folder: &Path,
    endpoint_url: &str,
    region: &str,
    profiles: &[(&str, &AccessKey)],
) -> Result<ProfilePaths, SandboxError> {
    check_url(endpoint_url)?;
    private_file::create_dir(folder)?;
    let paths = ProfilePaths {
        config: folder.join("config"),
        credentials: folder.join("credentials"),
    };
    let settings = format!("region = {region}\nendpoint_url = {endpoint_url}\n");
    let mut config = private_file::read(&paths.config)?.unwrap_or_default();
    let mut credentials = private_file::read(&paths.credentials)?.unwrap_or_default();
    for (name, key) in profiles {
        config = with_section(&config, &format!("profile {name}"), &settings);
        credentials = with_section(&credentials, name, &key.credentials_lines());
    }
    private_file::write(&paths.config, config.as_bytes())?;
    private_file::write(&paths.credentials, credentials.as_bytes())?;
    Ok(paths)
}

fn check_url(url: &str) -> Result<(), SandboxError> {
    let parsed: Option<Uri> = url.parse().ok();
    let web = parsed.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some()
    });
    if web {
        Ok(())
    } else {
        Err(SandboxError::EndpointUrl {
            url: url.to_owned(),
        })
    }
}

/// The text with the section `name` taken out, wherever it stood, and put at the end anew.
fn with_section(text: &str, name: &str, lines: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        if let Some(header) = section_name(line) {
            inside = header == name;
        }
        if !inside {
            kept.push_str(line);
        }
    }
    let kept = kept.trim_end();
    let gap = if kept.is_empty() { "" } else { "\n\n" };
    format!("{kept}{gap}[{name}]\n{lines}")
}

/// `[profile x]` → `profile x`.
fn section_name(line: &str) -> Option<&str> {
    let (name, _) = line.trim().strip_prefix('[')?.split_once(']')?;
    Some(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_replaces_itself_and_leaves_the_others() {
        let text = "# mine\n[a]\nx = 1\n[b]\ny = 2\n\n[a]\nz = 3\n";
        let once = with_section(text, "a", "n = 4\n");
        assert_eq!(once, "# mine\n[b]\ny = 2\n\n[a]\nn = 4\n");
        assert_eq!(with_section(&once, "a", "n = 4\n"), once);
        assert_eq!(with_section("", "a", "n = 4\n"), "[a]\nn = 4\n");
    }

    #[test]
    fn an_endpoint_is_a_web_address() {
        assert!(check_url("http://127.0.0.1:8181").is_ok());
        for bad in [
            "",
            "127.0.0.1:8181",
            "ftp://x",
            "http://a b",
            "http://x\n[y]",
        ] {
            assert!(check_url(bad).is_err(), "{bad}");
        }
    }
}
