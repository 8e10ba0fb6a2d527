//! Looking for a secret in every form that it could have taken.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// A secret, and what it is.
pub(super) struct Canary {
    pub(super) what: &'static str,
    pub(super) secret: String,
}

/// What was said, logged or written, and where.
pub(super) struct Seen {
    pub(super) place: String,
    pub(super) bytes: Vec<u8>,
}

/// The forms in which a secret could be found again.
fn forms(secret: &str) -> Vec<(&'static str, String)> {
    let bytes = secret.as_bytes();
    let mut forms = vec![("plain", secret.to_owned())];
    for ahead in 0..3 {
        // In the middle of a longer text the letters depend on the place; those at the ends
        // depend on what stands beside it.
        let encoded = STANDARD_NO_PAD.encode([&vec![b'x'; ahead], bytes].concat());
        let inner = encoded.get(4..encoded.len() - 4).unwrap().to_owned();
        forms.push(("base64url", inner.replace('+', "-").replace('/', "_")));
        forms.push(("base64", inner));
    }
    let upper = percent_encoded(secret);
    forms.push(("percent-encoded", upper.to_lowercase()));
    forms.push(("form-encoded", upper.replace("%20", "+")));
    forms.push(("percent-encoded", upper));
    let hex = bytes.iter().map(|byte| format!("{byte:02x}"));
    forms.push(("hex", hex.collect()));
    forms.push(("JSON-escaped", secret.replace('/', "\\/")));
    let wide = secret.chars().flat_map(|letter| [letter, '\0']);
    forms.push(("UTF-16", wide.collect()));
    forms
}

/// Everything but the unreserved characters of RFC 3986.
pub(super) fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
        out
    })
}

pub(crate) fn contains(bytes: &[u8], needle: &str) -> bool {
    let needle = needle.as_bytes();
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Where secrets were found, and how often they were looked for.
pub(super) fn search(canaries: &[Canary], seen: &[Seen]) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut searches = 0;
    for Canary { what, secret } in canaries {
        for (form, needle) in forms(secret) {
            for Seen { place, bytes } in seen {
                searches += 1;
                if contains(bytes, &needle) {
                    found.push(format!("{what} ({form}) is in {place}"));
                }
            }
        }
    }
    (found, searches)
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

#[test]
fn a_secret_is_found_in_every_form() {
    let secret = "canaryWRONGcanary/WRONG+canaryWRONG/can4";
    let canary = Canary {
        what: "it",
        secret: secret.to_owned(),
    };
    let in_the_middle = STANDARD_NO_PAD.encode(format!("{{\"a\":\"{secret}\"}}"));
    for text in [secret.to_owned(), percent_encoded(secret), in_the_middle] {
        let seen = Seen {
            place: "here".to_owned(),
            bytes: format!("before {text} after").into_bytes(),
        };
        let (found, _) = search(std::slice::from_ref(&canary), &[seen]);
        assert!(!found.is_empty(), "{text}");
    }
}
