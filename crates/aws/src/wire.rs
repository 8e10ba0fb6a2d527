//! Access keys on their way out of the program, where a person asked for it: to a server of
//! Commissary, and to the screen. Every buffer is sized beforehand, so that no copy of a secret
//! stays behind in memory that was given back.

use std::io::{self, Write};

use commissary_core::domain::AccessKey;
use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// The body that adds an infrastructure provider over the REST API: `fields` (name, region,
/// release and so on) with the member `authentication` filled in from `key`.
pub fn provider_body(mut fields: Map<String, Value>, key: &AccessKey) -> Zeroizing<String> {
    fields.insert("type".to_owned(), Value::from("aws"));
    fields.remove("authentication");
    let head = Value::Object(fields).to_string();
    let mut body = Zeroizing::new(String::with_capacity(head.len() + size(key) + 128));
    body.push_str(head.strip_suffix('}').unwrap_or_default());
    body.push_str(r#","authentication":{"method":"static","#);
    push_key(&mut body, key);
    body.push_str("}}");
    body
}

/// The body that asks a server for a check, with the keys of an administrator if any are lent.
pub fn check_body(
    fields: Map<String, Value>,
    administrator: Option<&AccessKey>,
) -> Zeroizing<String> {
    let Some(key) = administrator else {
        return Zeroizing::new(Value::Object(fields).to_string());
    };
    let head = Value::Object(fields).to_string();
    let mut body = Zeroizing::new(String::with_capacity(head.len() + size(key) + 128));
    body.push_str(head.strip_suffix('}').unwrap_or_default());
    if head.len() > 2 {
        body.push(',');
    }
    body.push_str(r#""administrator":{"#);
    push_key(&mut body, key);
    body.push_str("}}");
    body
}

/// `fields` with the parts of the key beside them, as JSON that is for a person to keep.
pub fn reveal_json(mut fields: Map<String, Value>, key: &AccessKey) -> Zeroizing<String> {
    for part in ["accessKeyId", "secretAccessKey", "sessionToken"] {
        fields.remove(part);
    }
    let empty = fields.is_empty();
    let head = Value::Object(fields).to_string();
    let mut body = Zeroizing::new(String::with_capacity(head.len() + size(key) + 128));
    body.push_str(head.strip_suffix('}').unwrap_or_default());
    if !empty {
        body.push(',');
    }
    push_key(&mut body, key);
    body.push('}');
    body
}

/// Writes the key for a person to read, a part on each line.
///
/// # Errors
/// `out` cannot be written.
pub fn reveal(key: &AccessKey, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Access Key: {}", key.id)?;
    writeln!(out, "Secret Key: {}", key.secret.expose_secret())?;
    if let Some(token) = &key.session_token {
        writeln!(out, "Session Token: {}", token.expose_secret())?;
    }
    out.flush()
}

fn push_key(text: &mut String, key: &AccessKey) {
    text.push_str(r#""accessKeyId":"#);
    push_quoted(text, key.id.as_str());
    text.push_str(r#","secretAccessKey":"#);
    push_quoted(text, key.secret.expose_secret());
    text.push_str(r#","sessionToken":"#);
    match &key.session_token {
        Some(token) => push_quoted(text, token.expose_secret()),
        None => text.push_str("null"),
    }
}

/// A JSON string (RFC 8259, section 7), written in place.
fn push_quoted(text: &mut String, value: &str) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let hex = |digit: u32| HEX.get(digit as usize).copied().unwrap_or('0');
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\0'..='\x1f' => {
                let code = u32::from(c);
                text.push_str("\\u00");
                text.extend([hex(code >> 4), hex(code & 15)]);
            }
            _ => text.push(c),
        }
    }
    text.push('"');
}

/// More than the parts of the key take as JSON, each character escaped.
fn size(key: &AccessKey) -> usize {
    let token = key
        .session_token
        .as_ref()
        .map_or(0, |token| token.expose_secret().len());
    6 * (key.id.as_str().len() + key.secret.expose_secret().len() + token)
}

#[cfg(test)]
mod tests {
    use commissary_core::domain::AccessKeyId;
    use secrecy::SecretString;

    use super::*;

    const SECRET: &str = "a+/\"\\b\n0123456789abcdefghij0123456789ab";

    fn key(token: Option<&str>) -> AccessKey {
        AccessKey {
            id: AccessKeyId::parse("ASIAIOSFODNN7EXAMPLE").unwrap(),
            secret: SecretString::from(SECRET),
            session_token: token.map(SecretString::from),
        }
    }

    fn fields(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_provider_is_written_with_its_key() {
        let given = serde_json::json!({"name": "prod", "region": "us-east-1", "authentication": 1});
        let body = provider_body(fields(given), &key(Some("tok\ten")));
        let capacity = body.capacity();
        let read: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            read,
            serde_json::json!({"name": "prod", "type": "aws", "region": "us-east-1", "authentication": {
                "method": "static", "accessKeyId": "ASIAIOSFODNN7EXAMPLE", "secretAccessKey": SECRET, "sessionToken": "tok\ten"}})
        );
        assert!(capacity > body.len());
    }

    #[test]
    fn a_check_is_asked_for_with_and_without_an_administrator() {
        let alone = check_body(Map::new(), None);
        assert_eq!(*alone, "{}");
        let lent = check_body(Map::new(), Some(&key(None)));
        let lent: Value = serde_json::from_str(&lent).unwrap();
        assert_eq!(lent["administrator"]["secretAccessKey"], SECRET);
        let both = check_body(fields(serde_json::json!({"rungs": []})), Some(&key(None)));
        let both: Value = serde_json::from_str(&both).unwrap();
        assert_eq!(both["rungs"], serde_json::json!([]));
        assert_eq!(both["administrator"]["sessionToken"], Value::Null);
    }

    #[test]
    fn a_key_alone_is_whole_json() {
        let expected = serde_json::json!({"accessKeyId": "ASIAIOSFODNN7EXAMPLE", "secretAccessKey": SECRET, "sessionToken": null});
        let alone = reveal_json(Map::new(), &key(None));
        assert_eq!(serde_json::from_str::<Value>(&alone).unwrap(), expected);
        let beside = reveal_json(fields(serde_json::json!({"userArn": "arn"})), &key(None));
        assert_eq!(
            serde_json::from_str::<Value>(&beside).unwrap()["userArn"],
            "arn"
        );
    }

    #[test]
    fn a_person_reads_each_part_on_a_line() {
        let mut out = Vec::new();
        reveal(&key(Some("token")), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("Access Key: ASIAIOSFODNN7EXAMPLE\nSecret Key: a+/"));
        assert!(text.ends_with("Session Token: token\n"));
    }
}
