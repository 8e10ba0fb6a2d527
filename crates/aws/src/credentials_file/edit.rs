//! The text of a credentials file. Pure.

use commissary_core::domain::AccessKey;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// The settings of an access key.
const KEY_SETTINGS: [&str; 3] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
];
/// Settings that win over an access key (AWS SDKs and Tools Reference Guide, "Settings reference").
const OTHER_CREDENTIALS: [&str; 8] = [
    "role_arn",
    "source_profile",
    "credential_source",
    "credential_process",
    "web_identity_token_file",
    "sso_session",
    "sso_start_url",
    "login_session",
];

/// What a line is.
enum Line<'a> {
    /// `[name]`.
    Section(&'a str),
    /// `name = value`, at the beginning of the line.
    Setting { name: &'a str, value: &'a str },
    /// White space before something: it goes on with the setting above.
    Continued,
    /// A comment, nothing, or what cannot be read.
    Other,
}

fn parsed(line: &str) -> Line<'_> {
    let trimmed = line.trim();
    if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
        return Line::Other;
    }
    if let Some(rest) = trimmed.strip_prefix('[') {
        return match rest.split_once(']') {
            Some((name, _)) => Line::Section(name.trim()),
            None => Line::Other,
        };
    }
    if line.starts_with(char::is_whitespace) {
        return Line::Continued;
    }
    match trimmed.split_once('=') {
        Some((name, value)) => Line::Setting {
            name: name.trim(),
            value: value.trim(),
        },
        None => Line::Other,
    }
}

/// The settings of a profile, wherever in the file they stand.
fn settings<'a>(text: &'a str, profile: &str) -> Vec<(&'a str, &'a str)> {
    let mut inside = false;
    let mut settings = Vec::new();
    for line in text.lines() {
        match parsed(line) {
            Line::Section(name) => inside = name == profile,
            Line::Setting { name, value } if inside => settings.push((name, value)),
            _ => {}
        }
    }
    settings
}

/// The first setting of the profile that would win over an access key.
pub(super) fn other_credential<'a>(text: &'a str, profile: &str) -> Option<&'a str> {
    let settings = settings(text, profile).into_iter();
    settings
        .map(|(name, _)| name)
        .find(|name| among(&OTHER_CREDENTIALS, name))
}

/// The access key id that the profile has.
pub(super) fn access_key_id(text: &str, profile: &str) -> Option<String> {
    let settings = settings(text, profile).into_iter();
    let mut ids = settings.filter(|(name, _)| name.eq_ignore_ascii_case("aws_access_key_id"));
    ids.next_back().map(|(_, value)| value.to_owned())
}

/// The text with the key in the profile: in place of the key that was there, else in a new section
/// at the end. Nothing else changes.
pub(super) fn with_key(text: &str, profile: &str, key: &AccessKey) -> Zeroizing<String> {
    let mut edited = Zeroizing::new(String::with_capacity(text.len() + size(profile, key)));
    let (mut inside, mut dropping, mut written) = (false, false, false);
    for line in text.split_inclusive('\n') {
        match parsed(line) {
            Line::Section(name) => (inside, dropping) = (name == profile, false),
            Line::Setting { name, .. } => dropping = inside && among(&KEY_SETTINGS, name),
            Line::Continued => {}
            Line::Other => dropping = false,
        }
        if dropping {
            continue;
        }
        edited.push_str(line);
        if inside && !written {
            let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            if !line.ends_with('\n') {
                edited.push_str(end);
            }
            push_key(&mut edited, key, end);
            written = true;
        }
    }
    if !written {
        if !edited.is_empty() && !edited.ends_with('\n') {
            edited.push('\n');
        }
        if !edited.is_empty() {
            edited.push('\n');
        }
        edited.extend(["[", profile, "]\n"]);
        push_key(&mut edited, key, "\n");
    }
    edited
}

fn push_key(text: &mut String, key: &AccessKey, end: &str) {
    text.extend(["aws_access_key_id = ", key.id.as_str(), end]);
    text.extend(["aws_secret_access_key = ", key.secret.expose_secret(), end]);
    if let Some(token) = &key.session_token {
        text.extend(["aws_session_token = ", token.expose_secret(), end]);
    }
}

/// More than a key and a section take, so that the text never grows out of its buffer.
fn size(profile: &str, key: &AccessKey) -> usize {
    let token = key
        .session_token
        .as_ref()
        .map_or(0, |token| token.expose_secret().len());
    profile.len() + key.id.as_str().len() + key.secret.expose_secret().len() + token + 128
}

fn among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::AccessKeyId;
    use secrecy::SecretString;

    use super::*;

    fn key(id: &str, token: Option<&str>) -> AccessKey {
        AccessKey {
            id: AccessKeyId::parse(id).unwrap(),
            secret: SecretString::from("new-secret"),
            session_token: token.map(SecretString::from),
        }
    }

    fn written(text: &str, profile: &str) -> String {
        with_key(text, profile, &key("AKIANEWNEWNEWNEWNEW1", None)).to_string()
    }

    const NEW: &str =
        "aws_access_key_id = AKIANEWNEWNEWNEWNEW1\naws_secret_access_key = new-secret\n";

    #[test]
    fn a_new_profile_goes_to_the_end() {
        assert_eq!(written("", "Kommander"), format!("[Kommander]\n{NEW}"));
        let old = "[default]\naws_access_key_id=AKIAOLD";
        assert_eq!(
            written(old, "Kommander"),
            format!("{old}\n\n[Kommander]\n{NEW}")
        );
    }

    #[test]
    fn only_the_key_of_the_profile_is_replaced() {
        let old = "# mine\n[default]\naws_access_key_id = A\naws_secret_access_key = B\n\n[Kommander] # team\naws_access_key_id = C\nregion = eu-west-1\n; kept\nAWS_SECRET_ACCESS_KEY=D\naws_session_token = E\n\n[last]\naws_access_key_id = F\n";
        let expected = format!(
            "# mine\n[default]\naws_access_key_id = A\naws_secret_access_key = B\n\n[Kommander] # team\n{NEW}region = eu-west-1\n; kept\n\n[last]\naws_access_key_id = F\n"
        );
        assert_eq!(written(old, "Kommander"), expected);
        assert_eq!(written(&expected, "Kommander"), expected);
    }

    #[test]
    fn line_ends_and_continued_lines_stay_what_they_are() {
        let old = "[a]\r\naws_session_token = x\r\n  y\r\nregion = r\r\n";
        let new = NEW.replace('\n', "\r\n");
        assert_eq!(written(old, "a"), format!("[a]\r\n{new}region = r\r\n"));
        assert_eq!(written("[a]", "a"), format!("[a]\n{NEW}"));
    }

    #[test]
    fn a_section_that_stands_twice_keeps_one_key() {
        let old = "[a]\naws_access_key_id = A\n[b]\nx = 1\n[a]\naws_access_key_id = B\n";
        assert_eq!(written(old, "a"), format!("[a]\n{NEW}[b]\nx = 1\n[a]\n"));
        assert_eq!(access_key_id(old, "a").as_deref(), Some("B"));
    }

    #[test]
    fn other_credentials_of_the_profile_are_found() {
        let text = "[a]\nrole_arn = x\n[b]\nregion = y\n";
        assert_eq!(other_credential(text, "a"), Some("role_arn"));
        assert_eq!(other_credential(text, "b"), None);
    }

    #[test]
    fn the_buffer_never_grows() {
        let token = "t".repeat(900);
        let key = key("ASIANEWNEWNEWNEWNEW1", Some(&token));
        for text in ["", "[Kommander]", "x", "[Kommander]\r\n"] {
            let edited = with_key(text, "Kommander", &key);
            assert_eq!(edited.capacity(), text.len() + size("Kommander", &key));
        }
    }
}
